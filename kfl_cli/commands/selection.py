"""The options that select a reader's part of a plan."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.options import Settings
from kfl_cli.commands.plan_file import find_plan, read_file
from kfl_cli.pipeline import run
from kfl_cli.schedule.select import Request, Selection, SelectionError, regions, select, understand
from kfl_cli.text.names import slug

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from kfl_cli.commands.loaded_plan import LoadedPlan
    from kfl_cli.plan.model import Plan
    from kfl_cli.schedule.occurrence import Schedule

R = TypeVar("R")


class Named(click.ParamType[str]):
    """A name or id in the plan, as an argument that the shell can complete."""

    def __init__(self, kind: str) -> None:
        """Take names of this kind: region, party, category or activity."""
        self.name = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the ids that begin like ``incomplete``, with their names as help."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  only while completing

        del param
        plan = _plan_to_complete(ctx)
        found = _names(plan, self.name) if plan else []
        return [CompletionItem(id_, help=name) for id_, name in found if id_.startswith(slug(incomplete))]


def _plan_to_complete(ctx: click.Context) -> Plan | None:
    root = ctx.find_root()
    chosen = root.params.get("global_plan") or os.environ.get("KFL_PLAN")
    known = root.obj if isinstance(root.obj, Settings) else Settings()
    try:
        checked = run(read_file(find_plan(known.plan or chosen)))
    except (OSError, click.ClickException):
        return None
    return checked.schedule.plan if checked.schedule else None


def _names(plan: Plan, kind: str) -> list[tuple[str, str]]:
    match kind:
        case "region":
            return [(id_, names[0]) for id_, names, _ in regions(plan)]
        case "party":
            return [(party.id, party.name) for party in plan.parties]
        case "category":
            return [(category.id, category.name) for category in plan.categories]
        case _:
            return [(activity.id, activity.title) for activity in plan.activities]


def _one_at_most(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
    """Return the value of an option; given twice, it is an error: neither value may be ignored silently."""
    if len(value) > 1:
        raise click.BadParameter("may be given only once", ctx, param)
    return value[0] if value else None


def selection_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add the options that select a reader's part of the plan; the command gets them as its argument ``request``."""

    @functools.wraps(command)
    def with_request(**values: Any) -> R:  # noqa: ANN401  the values of any options
        request = Request(**{name: values.pop(name) for name in Request.__struct_fields__})
        return command(request=request, **values)

    def option(name: str, *more: str, **attributes: Any) -> Callable[[Callable[..., R]], Callable[..., R]]:  # noqa: ANN401
        return click.option(f"--{name}", *more, multiple=True, **attributes)

    options = (
        option(
            "region",
            type=Named("region"),
            help="Keep what concerns a region, group or municipality; may be given several times.",
        ),
        option(
            "for",
            "party",
            type=Named("party"),
            help="Keep what a party answers for or is the audience of; may be given several times.",
        ),
        option("responsible", type=Named("party"), help="Keep what a party answers for."),
        option("audience", type=Named("party"), help="Keep what a party is the audience of."),
        option("category", type=Named("category"), help="Keep the activities of a category."),
        option(
            "from",
            "start",
            metavar="DATE",
            callback=_one_at_most,
            help="Keep what is not over before a date, such as 'uke 3 2018'.",
        ),
        option(
            "until",
            metavar="DATE",
            callback=_one_at_most,
            help="Keep what begins no later than a date, such as 'vår 2018'.",
        ),
    )
    decorated: Callable[..., R] = with_request
    for add in reversed(options):
        decorated = add(decorated)
    return decorated


def selected(loaded: LoadedPlan, schedule: Schedule, request: Request) -> tuple[Schedule, Selection]:
    """Return the part of the schedule that a request selects. Fails with exit code 2 on an unknown name or date."""
    try:
        selection = understand(request, schedule.plan)
    except SelectionError as error:
        say = loaded.say.message
        hint = f" ({say(error.hint)})" if error.hint else ""
        raise Failure(f"{error.option}: {say(error.message)}{hint}") from error
    return select(schedule, selection), selection
