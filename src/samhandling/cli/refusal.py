"""How a command says no."""

import sys
from typing import IO, Any

import click


class Refusal(click.ClickException):
    """The command cannot do what was asked; exit code 1, and the reason alone on standard error.

    click's own exception would put an English "Error:" before a Swedish sentence.
    """

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


class Obstacle(Refusal):
    """Something outside the command stands in the way: exit code 3, as `cli.main` has it."""

    exit_code = 3
