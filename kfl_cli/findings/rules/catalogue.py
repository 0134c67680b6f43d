"""All rules, by code: the list behind ``kfl explain`` and ``docs/rules.md``.

Codes go by hundreds: 1xx the file and its shape, 2xx identity and references, 3xx dates, 4xx days and clashes, 5xx
whether the plan is whole and in order, 6xx what is published, 9xx releases. A code is never used again for something
else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kfl_cli.findings.rules import completeness, dates, days_and_clashes, file, identity, publishing, releases

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Rule

_HUNDREDS = (file, identity, dates, days_and_clashes, completeness, publishing, releases)
RULES: dict[str, Rule] = {rule.code: rule for hundred in _HUNDREDS for rule in hundred.RULES}
"""By code, in the order of the codes."""


def matching(pattern: str) -> list[Rule]:
    """Return the rules with a code, a name or a beginning of a code («KFL4»); case does not matter."""
    rule = find(pattern)
    if rule:
        return [rule]
    start = pattern.strip().upper()
    return [rule for rule in RULES.values() if start and rule.code.startswith(start)]


def find(code_or_name: str) -> Rule | None:
    """Return the rule with this code or name; case does not matter."""
    wanted = code_or_name.strip().casefold()
    return next((rule for rule in RULES.values() if wanted in {rule.code.casefold(), rule.name}), None)
