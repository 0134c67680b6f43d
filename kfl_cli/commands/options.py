"""The global options: which plan, which language, which day to look from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from kfl_cli.language.vocabularies import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class Settings(Struct, frozen=True):
    """The values of the global options; None if they are not given."""

    plan: str | None = None
    lang: str | None = None
    today: date | None = None


class DayParameter(click.ParamType[date]):
    """A day, written in any form of the date language."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail as click's usage errors do."""
        if isinstance(value, date):
            return value
        from kfl_cli import dates  # noqa: PLC0415  only if a day is given

        found = dates.parse(" ".join(str(value).split()))
        if isinstance(found, dates.Day):
            return found.date
        self.fail(f"'{value}' is not a day; write it as 2018-01-04 or 4.1.2018", param, ctx)


def global_options(*, hidden: bool = True) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that adds the global options; commands take them too, hidden from their help."""

    def option(name: str, **attributes: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:  # noqa: ANN401  click's own
        return click.option(
            f"--{name}", f"global_{name}", callback=_remember, expose_value=False, hidden=hidden, **attributes
        )

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        options = (
            option(
                "plan",
                metavar="FILE",
                envvar=None if hidden else "KFL_PLAN",
                help="The plan file; else $KFL_PLAN, else the nearest plan.yaml upwards.",
            ),
            option(
                "lang",
                type=click.Choice(list(LANGUAGES)),
                help="The language to speak; the plan's own unless said.",
            ),
            option("today", type=DayParameter(), help="The day to look from; today unless said."),
        )
        for add in reversed(options):
            command = add(command)
        return command

    return decorate


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:  # noqa: ANN401  click's own
    if value is not None and param.name is not None:
        ctx.obj = replace(ctx.ensure_object(Settings), **{param.name.removeprefix("global_"): value})


def settings() -> Settings:
    """Return the global options of this call."""
    return click.get_current_context().ensure_object(Settings)
