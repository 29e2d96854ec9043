"""Copies of an installation: everything it holds, in one file that can be proved and put back."""
