"""Working days: all but public holidays, weekends and the plan's own closed periods.

Norway's holidays are the table below: the law on 1 and 17 May (lov 26. april 1947 nr. 1) and the law on the peace of
holidays (lov 24. februar 1995 nr. 12, § 2), Easter by the Gregorian rule. Those of other countries come from the
package ``holidays``, which is optional: importing it takes longer than all the rest of a run.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field

from kfl_cli.language.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kfl_cli.dates import Window
    from kfl_cli.plan.model import Closure, Plan
    from kfl_cli.plan.scopes import Scopes

Holidays = dict[date, Message | str]
"""Names of the holidays of a year, by day."""


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


HALF_DAYS = ((12, 24, Message("Christmas Eve")), (12, 31, Message("New Year's Eve")))
"""Month, day and name of half working days by custom and most agreements; the third hangs on Easter."""


_BEFORE_MAUNDY_THURSDAY = -4
"""Days after Easter Sunday."""


_WEEKEND = frozenset({5, 6})


_LONGEST = 366
"""Days of the longest closed period that is filed under each of its months."""


_FARTHEST = 60
"""Days before another in which a working day is looked for."""


def norwegian_half_days(year: int) -> Holidays:
    """Return the days of a year on which Norway works until noon."""
    from dateutil.easter import easter  # noqa: PLC0415  only where dates are judged

    before_easter = easter(year) + timedelta(days=_BEFORE_MAUNDY_THURSDAY)
    fixed: Holidays = {date(year, month, day): name for month, day, name in HALF_DAYS}
    return fixed | {before_easter: Message("the Wednesday before Maundy Thursday")}


def norwegian_holidays(year: int) -> Holidays:
    """Return the public holidays of Norway. Where two fall on one day, the fixed one names it."""
    from dateutil.easter import easter  # noqa: PLC0415  only where dates are judged

    sunday = easter(year)
    moving: Holidays = {sunday + timedelta(days=days): name for days, name in FROM_EASTER}
    return moving | {date(year, month, day): name for month, day, name in FIXED}


Country = tuple["Callable[[int], Holidays]", frozenset[int]]
"""The holidays of each year, and the days of a weekend."""


def _foreign(country: str) -> Country | Message:
    """Return the holidays and the weekend of another country than Norway, or the remedy if they are not known."""
    try:
        import holidays  # noqa: PLC0415  optional, and slow to load
    except ImportError:
        return Message("install the package: pip install 'kfl[holidays]'")
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return Message("write a country code of ISO 3166, such as NO or SE")

    def of_year(year: int) -> Holidays:
        return dict(holidays.country_holidays(country, years=year).items())

    return of_year, frozenset(known.weekend)


Closed = tuple["Window", "Closure", frozenset[str]]
"""The days of a closed period, the period, and the leaves that it closes; none means all."""


class Workdays(Struct):
    """The working days of a plan, for sets of leaves of it."""

    holidays_of: Callable[[int], Holidays]
    weekend: frozenset[int]
    scopes: Scopes
    """The regions and groups of the plan."""
    closures: list[Closed] = field(default_factory=list)
    """All closed periods, in the order of the plan."""
    long: dict[str, list[int]] = field(default_factory=dict)
    """Indices of those that are open or longer than a year, by the scope that they are for; "" for all."""
    by_month: dict[tuple[int, int], dict[str, list[int]]] = field(default_factory=dict)
    """Indices of the others by (year, month), then by scope."""
    years: dict[int, Holidays] = field(default_factory=dict)
    """Memo of ``holiday``."""
    plain: dict[date, bool] = field(default_factory=dict)
    """Memo of ``is_plain``."""
    shut: dict[tuple[date, frozenset[str]], tuple[list[Closure], frozenset[str]]] = field(default_factory=dict)
    """Memo of ``closed``."""

    def holiday(self, day: date) -> Message | str | None:
        """Return the name of a public holiday; None for other days."""
        if day.year not in self.years:
            self.years[day.year] = self.holidays_of(day.year)
        return self.years[day.year].get(day)

    def is_weekend(self, day: date) -> bool:
        """Return whether a day is of the weekend of the plan's country."""
        return day.weekday() in self.weekend

    def is_bridge(self, day: date) -> bool:
        """Return whether a working day lies between two free ones of which one is a holiday."""
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        first, last = self.holiday(before), self.holiday(after)
        return bool((first and (last or self.is_weekend(after))) or (last and self.is_weekend(before)))

    def is_plain(self, day: date) -> bool:
        """Return whether everybody works on a day that is no bridge between holidays."""
        if day not in self.plain:
            somewhere = self.long or (day.year, day.month) in self.by_month
            self.plain[day] = not (somewhere or self.is_weekend(day) or self.holiday(day) or self.is_bridge(day))
        return self.plain[day]

    def closed(self, day: date, leaves: frozenset[str]) -> tuple[list[Closure], frozenset[str]]:
        """Return the closed periods that hold a day, and which of ``leaves`` they close."""
        if (day, leaves) not in self.shut:
            closures: list[Closure] = []
            shut: set[str] = set()
            for _, closure, parts in self.closures_on(day, leaves):
                closures.append(closure)
                shut |= parts & leaves if parts else leaves
            self.shut[day, leaves] = (closures, frozenset(shut))
        return self.shut[day, leaves]

    def closures_on(self, day: date, leaves: frozenset[str]) -> Iterator[Closed]:
        """Return the closed periods for any of ``leaves`` that hold a day, the long ones last."""
        scopes = {"", *self.scopes.around(leaves)}
        for by_scope in (self.by_month.get((day.year, day.month), {}), self.long):
            indices = {index for scope in scopes & by_scope.keys() for index in by_scope[scope]}
            nearby = (self.closures[index] for index in sorted(indices))
            yield from (each for each in nearby if (each[0].start or date.min) <= day <= (each[0].end or date.max))

    def is_working(self, day: date, leaves: frozenset[str]) -> bool:
        """Return whether all of ``leaves`` work on a day."""
        return not (self.is_weekend(day) or self.holiday(day) or self.closed(day, leaves)[0])

    def first_for_some(self, first: date, last: date, leaves: frozenset[str]) -> date | None:
        """Return the first day from ``first`` to ``last`` on which any of ``leaves`` work; None where there is none.

        Closed periods are stepped over as a whole, for a plan may have many periods of many closed years.
        """
        day = first
        while day <= last:
            end = day
            if leaves <= self.closed(day, leaves)[1]:
                end = min(window.end or date.max for window, _, _ in self.closures_on(day, leaves))
            elif not (self.is_weekend(day) or self.holiday(day)):
                return day
            if end >= last:
                return None
            day = end + timedelta(days=1)
        return None

    def last_before(self, day: date, leaves: frozenset[str]) -> date | None:
        """Return the last day before ``day`` on which all of ``leaves`` work; None if there is none in two months."""
        days = (day - timedelta(days=step) for step in range(1, _FARTHEST))
        return next((each for each in days if self.is_working(each, leaves)), None)


def workdays(plan: Plan) -> tuple[Workdays, Message | None]:
    """Return the working days of a plan, and the remedy if the holidays of its country are not known."""
    country = (norwegian_holidays, _WEEKEND) if plan.country == HOME else _foreign(plan.country)
    if isinstance(country, Message):
        return _with_closures(plan, lambda _: {}, _WEEKEND), country
    return _with_closures(plan, *country), None


def _with_closures(plan: Plan, holidays_of: Callable[[int], Holidays], weekend: frozenset[int]) -> Workdays:
    known = Workdays(holidays_of, weekend, plan.scopes)
    for closure, window in plan.closed_windows:
        parts = plan.scopes.leaf_set(closure.regions) if closure.regions else frozenset[str]()
        months = [known.by_month.setdefault(month, {}) for month in _months(window)]
        for scope in closure.regions or ("",):
            for by_scope in months or [known.long]:
                by_scope.setdefault(scope, []).append(len(known.closures))
        known.closures.append((window, closure, parts))
    return known


def _months(window: Window) -> list[tuple[int, int]]:
    """Return the (year, month) that a window reaches into; none if it is open or longer than a year."""
    if window.start is None or window.end is None or (window.end - window.start).days > _LONGEST:
        return []
    first, last = (day.year * 12 + day.month - 1 for day in (window.start, window.end))
    return [(month // 12, month % 12 + 1) for month in range(first, last + 1)]
