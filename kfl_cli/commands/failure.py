"""Exit codes, and how a command fails.

==== ===================================================================================================
code meaning
==== ===================================================================================================
0    done; for ``kfl validate`` also: the plan has no errors
1    the plan has errors, warnings under ``--strict``, or open questions that keep it from being released
2    a bad option or argument, a file that cannot be read or written, a package that is not installed
130  ended by Ctrl-C (128 + the number of the signal; so 143 after SIGTERM, 129 after SIGHUP)
141  the reader of the output went away
==== ===================================================================================================
"""

from __future__ import annotations

import click

EXIT_PLAN = 1
"""The plan is at fault."""


EXIT_USAGE = 2
"""The call or its environment is at fault."""


class Failure(click.ClickException):
    """An error of the call or its environment, with a message for the user."""

    exit_code = EXIT_USAGE
