"""Exit codes, and how a command fails."""

from __future__ import annotations

import click

EXIT_PLAN, EXIT_USAGE = 1, 2


class Failure(click.ClickException):
    """An error of usage or environment."""

    exit_code = EXIT_USAGE
