"""Which days people work: public holidays, weekends and the plan's own closed periods.

Norway's holidays are a table of ours: the law on 1 and 17 May (lov 26. april 1947 nr. 1) and the law on the peace of
holidays (lov 24. februar 1995 nr. 12, § 2), Easter by the Gregorian rule. Those of other countries come from the
package ``holidays``, which is optional: importing it takes longer than all the rest of a run.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kfl_cli import dates
from kfl_cli.diagnostics import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.dates import Window
    from kfl_cli.model import Closure, Plan

Holidays = dict[date, Message | str]
"""The holidays of a year, with their names."""

HOME = "NO"
FIXED = (
    (1, 1, Message("New Year's Day")),
    (5, 1, Message("Labour Day")),
    (5, 17, Message("Constitution Day")),
    (12, 25, Message("Christmas Day")),
    (12, 26, Message("the second day of Christmas")),
)
"""Month, day and name."""
FROM_EASTER = (
    (-3, Message("Maundy Thursday")),
    (-2, Message("Good Friday")),
    (0, Message("Easter Sunday")),
    (1, Message("Easter Monday")),
    (39, Message("Ascension Day")),
    (49, Message("Whit Sunday")),
    (50, Message("Whit Monday")),
)
"""Days after Easter Sunday, and name."""
_WEEKEND = frozenset({5, 6})
_FARTHEST = 60
"""Days in which a working day is looked for."""


def norwegian_holidays(year: int) -> Holidays:
    """Return the public holidays of Norway. Where two fall on one day, the fixed one names it."""
    from dateutil.easter import easter  # noqa: PLC0415  only where dates are judged

    sunday = easter(year)
    moving: Holidays = {sunday + timedelta(days=days): name for days, name in FROM_EASTER}
    return moving | {date(year, month, day): name for month, day, name in FIXED}


class UnknownCountryError(Exception):
    """The holidays of a country are not known here."""

    def __init__(self, hint: Message) -> None:
        """Keep the remedy."""
        super().__init__(hint)
        self.hint = hint


def _foreign(country: str) -> tuple[Callable[[int], Holidays], frozenset[int]]:
    """Return the holidays and the weekend of another country. Raises UnknownCountryError."""
    try:
        import holidays  # noqa: PLC0415  optional, and slow to load
    except ImportError as error:
        raise UnknownCountryError(Message("install the package: pip install 'kfl[holidays]'")) from error
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError as error:
        hint = Message("write a country code of ISO 3166, such as NO or SE")
        raise UnknownCountryError(hint) from error

    def of_year(year: int) -> Holidays:
        return dict(holidays.country_holidays(country, years=year).items())

    return of_year, frozenset(known.weekend)


@dataclass(slots=True)
class Workdays:
    """Tells working days from others; ``leaves`` are the smallest parts of the plan that somebody stands for."""

    holidays_of: Callable[[int], Holidays]
    weekend: frozenset[int]
    closures: list[tuple[Window, Closure, frozenset[str]]]
    """Sorted by first day, with the smallest parts of the plan that each closes."""
    latest: list[date] = field(default_factory=list)
    """The last day of all closures up to each of them."""
    years: dict[int, Holidays] = field(default_factory=dict)

    def holiday(self, day: date) -> Message | str | None:
        """Return the name of a public holiday."""
        if day.year not in self.years:
            self.years[day.year] = self.holidays_of(day.year)
        return self.years[day.year].get(day)

    def is_weekend(self, day: date) -> bool:
        """Return whether a day is a Saturday or Sunday, or what the plan's country has instead."""
        return day.weekday() in self.weekend

    def is_bridge(self, day: date) -> bool:
        """Return whether a working day lies between two free ones of which one is a holiday."""
        sides = (day - timedelta(days=1), day + timedelta(days=1))
        return all(self.is_weekend(side) or self.holiday(side) for side in sides) and any(map(self.holiday, sides))

    def closed(self, day: date, leaves: frozenset[str]) -> Iterator[tuple[Closure, frozenset[str]]]:
        """Return the closed periods that a day lies in, with those of ``leaves`` that they hold for."""
        index = bisect_right(self.closures, day, key=lambda each: each[0].start or date.min) - 1
        while index >= 0 and self.latest[index] >= day:
            window, closure, parts = self.closures[index]
            if (window.end or date.max) >= day and (not parts or not parts.isdisjoint(leaves)):
                yield closure, parts & leaves if parts else leaves
            index -= 1

    def is_working(self, day: date, leaves: frozenset[str], *, for_some: bool = False) -> bool:
        """Return whether all of ``leaves`` work on a day, or under ``for_some`` at least one of them."""
        if self.is_weekend(day) or self.holiday(day):
            return False
        closed = [parts for _, parts in self.closed(day, leaves)]
        return not closed or (for_some and bool(leaves) and not leaves <= frozenset[str]().union(*closed))

    def last_before(self, day: date, leaves: frozenset[str]) -> date | None:
        """Return the last working day before ``day``; None where there is none in two months."""
        days = (day - timedelta(days=step) for step in range(1, _FARTHEST))
        return next((each for each in days if self.is_working(each, leaves)), None)


def workdays(plan: Plan) -> Workdays:
    """Return the working days of a plan. Raises UnknownCountryError where its country's holidays are not known."""
    holidays_of, weekend = (norwegian_holidays, _WEEKEND) if plan.country == HOME else _foreign(plan.country)
    return _with_closures(plan, holidays_of, weekend)


def workdays_without_holidays(plan: Plan) -> Workdays:
    """Return the working days of a plan as far as they are known without its country's holidays."""
    return _with_closures(plan, lambda _: {}, _WEEKEND)


def _with_closures(plan: Plan, holidays_of: Callable[[int], Holidays], weekend: frozenset[int]) -> Workdays:
    closures = []
    for closure in plan.closed:
        window = dates.resolve(closure.when.when, plan.seasons, lambda _: dates.UNSET)
        if not isinstance(window, dates.DateProblem) and not window.unset:
            parts = frozenset(plan.leaves_of(closure.regions)) if closure.regions else frozenset[str]()
            closures.append((window, closure, parts))
    closures.sort(key=lambda each: each[0].start or date.min)
    latest: list[date] = []
    for window, _, _ in closures:
        latest.append(max(window.end or date.max, latest[-1] if latest else date.min))
    return Workdays(holidays_of, weekend, closures, latest)
