"""The grammar of the date language."""

from __future__ import annotations

from datetime import date, time

from kfl_cli.dates.expressions import (
    FARTHEST,
    After,
    Anchor,
    Before,
    Between,
    By,
    HoursEachDay,
    Offset,
    Range,
    Reference,
    Relation,
    Since,
    Timed,
    Unset,
    When,
)
from kfl_cli.dates.faults import DateFaultError, NoSuchTime, ReversedClock, SinceRange, TooFar, UnreadableClock
from kfl_cli.dates.lexer import CLOCK, END, NUMBER, RELATION, UNIT, UNSET, WORD, plain_dashes
from kfl_cli.dates.point_parser import PointParser
from kfl_cli.dates.points import Day, Partial, Point
from kfl_cli.dates.unknown_words import advice_on_words, respelled
from kfl_cli.findings.rules.dates import UNREADABLE_DATE
from kfl_cli.text.names import ID


class Parser(PointParser):
    """A parser by recursive descent over the tokens of one expression.

    ::

        when      = unset | relation [ "," relation ] | offset | span
        relation  = ( before | by | after | since ) anchor
        anchor    = offset | span | activity-id
        offset    = number unit ( before | after ) anchor
        span      = timed | hours | point [ ( "-" | "/" ) point ]
        hours     = day ( "-" | "/" ) day [ "," ] [ clock ] time "-" [ clock ] time
        timed     = day [ "," ] [ clock ] time [ "-" [ day [ "," ] [ clock ] ] time ]
        time      = number ( "." | ":" ) number | number         (a bare hour only after "kl.")
        point     = [ weekday ] day | week | part month year | month year | season year
                  | schoolyear year "/" year | year
        day       = iso-date | number "." number "." year | number [ "." ] month year
                  | month number [ "," ] year
        week      = iso-week | week-word number year

    In a range the first point may leave out what the last one says: ``18.–19. januar 2018``, ``mars–juni 2018``,
    ``uke 10–12 2018``. Words are those of all languages in ``lexer``; case, the kind of dash and spaces do not matter.

    ``PointParser`` reads points and ranges of them, ``Parser`` the expressions that are made of these. Methods are
    named after the rules they read, and raise ``DateFaultError`` where the text does not follow them.
    """

    # expressions

    def when(self) -> When:
        if self.accept(UNSET):
            when: When = Unset()
        elif self.token.kind is RELATION:
            when = self.relations()
        else:
            when = self.offset() or self.span()
        self.accept_sign(".")
        if self.token.kind is not END:
            self.fail()
        return when

    def relations(self) -> When:
        first = self.relation()
        if not self.accept_sign(","):
            return first
        match first, self.relation():
            case (After() | Since() as lower, Before() | By() as upper):
                return Between(lower, upper)
            case (Before() | By() as upper, After() | Since() as lower):
                return Between(lower, upper)
        self.fail()

    def relation(self) -> Relation:
        word = self.accept(RELATION)
        if word is None:
            self.fail()
        first = self.token
        anchor = self.anchor()
        if word.value is Since and isinstance(anchor, Range | HoursEachDay):
            self.fail(SinceRange(word.start, first.start))
        return word.value(anchor)

    def anchor(self) -> Anchor:
        if self.token.kind is WORD:
            return self.reference()
        start = self.position
        try:
            anchor = self.offset() or self.span()
            if not self.at_end():
                self.fail()
        except DateFaultError as failure:
            if failure.fault.rule is not UNREADABLE_DATE:
                raise
            self.position = start
            return self.reference()
        return anchor

    def reference(self) -> Reference:
        """Read an id up to the next comma; other words are taken for one too, unless they are a date misspelled."""
        rest = self.tokens[self.position :]
        length = next(index for index, token in enumerate(rest) if token.kind is END or token.text == ",")
        self.position += length
        written = self.text[rest[0].start : rest[length].start].strip().rstrip(".")
        plain = plain_dashes(written).lower()
        if ID.fullmatch(plain):
            return Reference(plain)
        kinds = {token.kind for token in rest[:length]}
        if WORD not in kinds or RELATION in kinds:
            self.fail()
        if advice_on_words(written) is not None or is_readable(respelled(written)):
            self.fail()
        return Reference(written)

    def offset(self) -> Offset | None:
        amount, unit, direction = self.token, self.ahead(), self.ahead(2)
        if not NUMBER.fits(amount) or not UNIT.fits(unit):
            return None
        if not RELATION.fits(direction) or direction.value not in {Before, After}:
            self.fail()
        self.position += 3
        if amount.value > FARTHEST:
            self.fail(TooFar())
        return Offset(amount.value, unit.value, direction.value is Before, self.anchor())

    def span(self) -> Point | Range | Timed | HoursEachDay:
        first = self.point(None)
        if first.kind is Day and first.year is not None and self.at_time():
            return self.timed(first)
        if not self.at_range(first):
            return self.complete(first)
        self.take()
        ends = self.ends(first, self.point(first))
        return self.hours(ends) if self.at_time() else ends

    # clock times

    def hours(self, days: Range) -> HoursEachDay | Timed:
        """Read the hours that each of several days has; both ends, since a start alone may be that of the first day."""
        if not (isinstance(days.first, Day) and isinstance(days.last, Day)):
            self.fail()
        start = self.clock_time()
        if not self.accept_sign("-"):
            self.fail()
        end = self.clock_time()
        if end <= start:
            self.fail(ReversedClock())
        clocked = Timed if days.first == days.last else HoursEachDay
        return clocked(days.first.date, start, days.last.date, end)

    def timed(self, first: Partial) -> Timed:
        day = self.day_of(first)
        start = self.clock_time()
        last, end = day, None
        if self.accept_sign("-"):
            last = self.last_day() or day
            end = self.clock_time()
            if (last, end) <= (day, start):
                self.fail(ReversedClock())
        return Timed(day, start, last, end)

    def last_day(self) -> date | None:
        """Read the day of an end time, where one is written."""
        start = self.position
        try:
            return self.day_of(self.point(None))
        except DateFaultError:
            self.position = start
            return None

    def day_of(self, partial: Partial) -> date:
        day = self.complete(partial)
        if not isinstance(day, Day):
            self.fail()
        return day.date

    def clock_time(self) -> time:
        self.accept_sign(",")
        has_word = self.accept(CLOCK) is not None
        if has_word:
            self.accept_sign(".")
        if len(self.token.text) > 2:  # noqa: PLR2004  hours have two digits
            self.fail(UnreadableClock())
        start = self.token.start
        hour = self.number()
        minute = 0
        if self.token.text in {".", ":"} and self.ahead().kind is NUMBER:
            self.take()
            if len(self.token.text) != 2:  # noqa: PLR2004  minutes have two digits
                self.fail(UnreadableClock())
            minute = self.number()
        elif not has_word and self.tokens[self.position - 2].text != "-":
            self.fail()
        try:
            return time(hour, minute)
        except ValueError:
            self.fail(NoSuchTime(hour, minute, start, self.tokens[self.position - 1].end))


def is_readable(text: str | None) -> bool:
    """Return whether ``text`` is a date expression, with the year written."""
    if text is None:
        return False
    try:
        Parser(text).when()
    except DateFaultError:
        return False
    return True
