"""What came of a drill, in one line."""


def verdict(passed: bool, figures: str) -> str:
    """A drill that failed says so in capitals; `python -m tests.soak` looks for that word."""
    return f"{'passed' if passed else 'FAILED'}: {figures}"
