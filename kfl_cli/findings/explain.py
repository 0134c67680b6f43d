"""The explanation of a rule, for ``kfl explain``, and of all rules, for docs/rules.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kfl_cli.findings.finding import Rule
    from kfl_cli.language.translator import Translator


def explanation(rule: Rule, say: Translator) -> str:
    """Return the explanation of a rule in one language, with a line break at the end."""
    blocks = [
        f"{rule.code} {rule.name} ({say.text(rule.severity.value)})",
        say.text(rule.finds),
        say.text(rule.why),
        f"{say.text('Example')}:\n{_indented(say.text(rule.example))}",
        f"{say.text('Instead')}:\n{_indented(say.text(rule.instead))}",
    ]
    if rule.may_ignore:
        blocks.append(say.text("It can be silenced under `ignore:`, with a reason."))
    return "\n\n".join(blocks) + "\n"


_RULES_HEAD = """\
# Rules

What `kfl validate` finds. This page is made from the rules themselves (`make docs`); `kfl explain CODE` prints the same
in the reader's language. Codes and names never change.

There are three tiers:

| tier | what it is | export | `kfl validate` exits with |
| --- | --- | --- | --- |
| **error** | The plan cannot mean what it says. | refused | 1 |
| **warning** | The plan says what it means, and something is probably wrong. | done | 0, under `--strict` 1 |
| **note** | Nothing is wrong, but something is thin: not settled, not said, out of the ordinary. | done | 0 |

Notes, and warnings on the plan as a whole (`KFL5…`), are shown when there are no errors to mend first: what an error
keeps out would seem to be missing. What a rule would say many times it
says once, with all the places. Where it says so, `ignore:` on an activity or under `plan:` silences a rule; the reason
must be given. `--select` and `--ignore` do so for one call."""


def rules_page(rules: list[Rule]) -> str:
    """Return ``docs/rules.md``: every rule with its explanation, in English."""
    titles = {
        "1": "The file and its shape",
        "2": "Identity and references",
        "3": "Dates",
        "4": "The calendar",
        "5": "Coverage, order and completeness",
        "6": "Publishing",
        "9": "Releases",
    }
    pieces = [_RULES_HEAD]
    for rule in rules:
        title = titles.pop(rule.code[3], None)
        pieces += [f"## {title}"] if title else []
        pieces += [
            f"### {rule.code} {rule.name}",
            f"{rule.severity.value.capitalize()}.{' May be ignored.' if rule.may_ignore else ''} {rule.finds}",
            f"Why: {rule.why}",
            f"Example:\n\n```text\n{rule.example}\n```",
            f"Instead:\n\n```text\n{rule.instead}\n```",
        ]
    return "\n\n".join(pieces) + "\n"


def _indented(text_: str) -> str:
    return "\n".join(f"    {line}" for line in text_.split("\n"))
