"""The grammar of the date language."""

from __future__ import annotations

from datetime import date, time
from typing import NoReturn

from msgspec.structs import replace

from kfl_cli.dates.expressions import (
    FARTHEST,
    FIRST_YEAR,
    LAST_YEAR,
    SEASONS,
    AcademicYear,
    After,
    Anchor,
    Before,
    Between,
    By,
    DateError,
    DateProblem,
    Day,
    HalfYear,
    Month,
    MonthPart,
    Offset,
    Point,
    Range,
    Reference,
    Since,
    Timed,
    Unset,
    Week,
    When,
    Window,
    Year,
)
from kfl_cli.dates.lexer import DASHES, Is, Token, known_words, lex, phrases
from kfl_cli.dates.meaning import bounds
from kfl_cli.dates.partial import (
    Partial,
    in_period,
    meant_range,
    nearest_point,
    right_weekday,
    whole_point,
    write_partial,
)
from kfl_cli.dates.saying import say, write
from kfl_cli.dates.suggestions import other_wording
from kfl_cli.findings.rules.dates import (
    END_BEFORE_START,
    IMPOSSIBLE_DATE,
    SHORT_YEAR,
    UNREADABLE_DATE,
    WRONG_WEEKDAY,
    YEARLESS_DATE,
)
from kfl_cli.language.message import Message
from kfl_cli.language.vocabularies import VOCABULARIES, MonthThird, SchoolYear, Unit, Vocabulary
from kfl_cli.text.names import ID

_RELATIONS = {Is.BEFORE, Is.BY, Is.AFTER, Is.SINCE}


class Parser:
    """A parser by recursive descent over the tokens of one expression.

    ::

        when      = unset | relation [ "," relation ] | offset | span
        relation  = ( before | by | after | since ) anchor
        anchor    = offset | span | activity-id
        offset    = number unit ( before | after ) anchor
        span      = timed | point [ ( "-" | "/" ) point ]
        timed     = day [ "," ] [ clock ] time [ "-" [ day [ "," ] [ clock ] ] time ]
        time      = number ( "." | ":" ) number | number         (a bare hour only after "kl.")
        point     = [ weekday ] day | week | part month year | month year | season year
                  | schoolyear year "/" year | year
        day       = iso-date | number "." number "." year | number [ "." ] month year
                  | month number [ "," ] year
        week      = iso-week | week-word number year

    In a range the first point may leave out what the last one says: ``18.–19. januar 2018``, ``mars–juni 2018``,
    ``uke 10–12 2018``. Words are those of all languages in ``words``; case, the kind of dash and spaces do not matter.
    """

    def __init__(self, text: str, period: Window | None, language: str = "nb") -> None:
        """Read ``text``; the plan's ``period`` and ``language`` serve to offer dates."""
        self.text = text
        self.period = period
        self.language = language
        self.tokens = lex(text)
        self.position = 0

    def words(self) -> Vocabulary:
        """Return the vocabulary that knows most of the words; the plan's wins a draw."""
        texts = {token.text for token in self.tokens}
        own = VOCABULARIES[self.language]
        return max(
            (own, *VOCABULARIES.values()),
            key=lambda words: len(texts & {phrase.lower() for phrase, *_ in phrases(words)}),
        )

    # tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def ahead(self, steps: int = 1) -> Token:
        return self.tokens[min(self.position + steps, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.token
        if token.kind is not Is.END:
            self.position += 1
        return token

    def accept(self, kind: Is, text: str | None = None) -> Token | None:
        if self.token.kind is kind and (text is None or self.token.text == text):
            return self.take()
        return None

    def accept_mark(self, *marks: str) -> bool:
        return any(self.accept(Is.MARK, mark) for mark in marks)

    def fail(self, advice: Message | None = None, near: tuple[str, ...] = ()) -> NoReturn:
        message = Message("«{text}» is not a date kfl can read", text=self.text)
        raise DateError(DateProblem(UNREADABLE_DATE, message, advice, near))

    def impossible(self, message: Message, advice: Message | None = None, near: tuple[str, ...] = ()) -> NoReturn:
        raise DateError(DateProblem(IMPOSSIBLE_DATE, message, advice, near))

    # expressions

    def when(self) -> When:
        if self.accept(Is.UNSET):
            found: When = Unset()
        elif self.token.kind in _RELATIONS:
            found = self.relations()
        else:
            found = self.offset() or self.span()
        self.accept_mark(".")
        if self.token.kind is not Is.END:
            self.fail()
        return found

    def relations(self) -> When:
        first = self.relation()
        if not self.accept_mark(","):
            return first
        match first, self.relation():
            case (After() | Since() as lower, Before() | By() as upper):
                return Between(lower, upper)
            case (Before() | By() as upper, After() | Since() as lower):
                return Between(lower, upper)
        self.fail()

    def relation(self) -> Before | By | After | Since:
        match self.take().kind:
            case Is.BEFORE:
                return Before(self.anchor())
            case Is.BY:
                return By(self.anchor())
            case Is.AFTER:
                return After(self.anchor())
            case Is.SINCE:
                return Since(self.start())
        self.fail()

    def start(self) -> Anchor:
        """Read what «fra» counts from; «fra mars–juni» would be read as without an end, and meant with one."""
        first = self.token
        found = self.anchor()
        if isinstance(found, Range):
            relation = self.tokens[self.tokens.index(first) - 1]
            self.fail(near=(self.around(relation.start, "", first.start),))
        return found

    def anchor(self) -> Anchor:
        if self.token.kind is Is.WORD:
            return self.reference()
        start = self.position
        try:
            found = self.offset() or self.span()
            if not self.at_end():
                self.fail()
        except DateError as failure:
            if failure.problem.rule is not UNREADABLE_DATE:
                raise
            self.position = start
            return self.reference()
        return found

    def reference(self) -> Reference:
        """Read an id up to the next comma; a wording that is no date either is kept for a did-you-mean."""
        first = self.token
        kinds: list[Is] = []
        while self.token.kind is not Is.END and self.token.text != ",":
            kinds.append(self.take().kind)
        written = self.text[first.start : self.token.start].strip().rstrip(".")
        plain = written.translate(DASHES).lower()
        if ID.fullmatch(plain):
            return Reference(plain)
        if Is.WORD not in kinds or _RELATIONS.intersection(kinds):
            self.fail()
        if respelled(written) is not None or other_wording(written) is not None:
            self.fail()
        return Reference(written)

    def offset(self) -> Offset | None:
        if self.token.kind is not Is.NUMBER or self.ahead().kind is not Is.UNIT:
            return None
        if self.ahead(2).kind not in {Is.BEFORE, Is.AFTER}:
            self.fail()
        amount, unit, direction = self.take().value, self.take().value, self.take().kind
        if not isinstance(amount, int) or not isinstance(unit, Unit):  # pragma: no cover  the lexer's own promise
            self.fail()
        if amount > FARTHEST:
            self.impossible(Message("«{text}» counts further than {most}", text=self.text, most=FARTHEST))
        return Offset(amount, unit, direction is Is.BEFORE, self.anchor())

    def span(self) -> Point | Range | Timed:
        first = self.point(None)
        if first.kind is Day and first.year is not None and self.at_time():
            return self.timed(first)
        if not self.at_range(first):
            return self.complete(first)
        self.take()
        last = self.point(first)
        first = replace(first, year=first.year or last.year, month=first.month or last.month)
        return self.range(first, last)

    def week_note(self, day: Partial) -> None:
        """Pass over the week that kfl says after a day, «(uke 36)», where it is the right one."""
        number = self.noted_week()
        if number is None:
            return
        found = whole_point(day)
        if not isinstance(found, Day) or not right_weekday(found, day):
            return
        week = str(found.date.isocalendar().week)
        if number.text != week:
            message = Message("«{text}» has the wrong week", text=self.text)
            near = self.around(number.start, week, number.end)
            raise DateError(DateProblem(WRONG_WEEKDAY, message, near=(near,) if readable(near) else ()))
        self.position += 4

    def noted_week(self) -> Token | None:
        """Return the number of a week that stands in brackets here: «(uke 36)»."""
        opening, unit, number, closing = (self.ahead(step) for step in range(4))
        is_note = opening.text == "(" and unit.value is Unit.WEEK and number.kind is Is.NUMBER and closing.text == ")"
        return number if is_note else None

    def at_range(self, first: Partial) -> bool:
        """Whether a range goes on here; «/» joins months, weeks, half-years and ISO dates, and never bare numbers."""
        if self.token.kind is not Is.MARK:
            return False
        return self.token.text == "-" or (
            self.token.text == "/"
            and (first.kind in {Month, Week, HalfYear} or (first.kind is Day and first.year is not None))
        )

    def range(self, first: Partial, last: Partial) -> Range:
        if (first.kind is Year) != (last.kind is Year):
            self.fail()
        if first.kind is Day and last.kind is Day and last.year is not None:
            self.week_note(last)
        ends = Range(self.complete(first, last), self.complete(last, first))
        start, end = bounds(ends.first, SEASONS)[0], bounds(ends.last, SEASONS)[1]
        if end < start:
            self.reversed(first, last, ends)
        return ends

    def reversed(self, first: Partial, last: Partial, ends: Range) -> NoReturn:
        """Say that a range ends before it starts, and what may have been meant: a New Year between, or a swap."""
        meant = meant_range(first, ends)
        near = (self.around(first.start, write(meant, self.words()), last.end),) if meant else ()
        message = Message("«{text}» ends before it starts", text=self.text)
        raise DateError(DateProblem(END_BEFORE_START, message, near=near))

    # clock times

    def at_time(self) -> bool:
        kind, after = self.token.kind, self.ahead()
        if kind is Is.MARK and self.token.text == ",":
            kind, after = self.ahead().kind, self.ahead(2)
        return kind is Is.CLOCK or (kind is Is.NUMBER and after.text in {".", ":"})

    def timed(self, first: Partial) -> Timed:
        day = self.day_of(first)
        start = self.clock_time()
        last, end = day, None
        if self.accept_mark("-"):
            last = self.last_day() or day
            end = self.clock_time()
            if (last, end) <= (day, start):
                message = Message("«{text}» does not end after it starts", text=self.text)
                advice = Message("write the later clock time last")
                raise DateError(DateProblem(END_BEFORE_START, message, advice))
        return Timed(day, start, last, end)

    def last_day(self) -> date | None:
        """Read the day of an end time, where one is written."""
        start = self.position
        try:
            return self.day_of(self.point(None))
        except DateError:
            self.position = start
            return None

    def day_of(self, partial: Partial) -> date:
        day = self.complete(partial)
        if not isinstance(day, Day):
            self.fail()
        return day.date

    def clock_time(self) -> time:
        self.accept_mark(",")
        spoken = self.accept(Is.CLOCK) is not None
        if spoken:
            self.accept_mark(".")
        if len(self.token.text) > 2:  # noqa: PLR2004  hours have two digits
            self.fail(Message("write clock times as 09.30"))
        hour = self.number()
        minute = 0
        if self.token.text in {".", ":"} and self.ahead().kind is Is.NUMBER:
            self.take()
            if len(self.token.text) != 2:  # noqa: PLR2004  minutes have two digits
                self.fail(Message("write clock times as 09.30"))
            minute = self.number()
        elif not spoken and self.tokens[self.position - 2].text != "-":
            self.fail()
        try:
            return time(hour, minute)
        except ValueError:
            self.impossible(
                Message("«{text}» has no clock time {hour}.{minute}", text=self.text, hour=hour, minute=f"{minute:02}"),
                Message("hours go from 00 to 23, minutes from 00 to 59"),
            )

    def number(self) -> int:
        token = self.accept(Is.NUMBER)
        if token is None or len(token.text) > 4:  # noqa: PLR2004  no number in a date is longer than a year
            self.fail()
        return int(token.text)

    # points

    def point(self, first: Partial | None) -> Partial:
        """Read one point; ``first`` is the beginning of the range it closes."""
        partial = replace(self.any_point(first), end=self.tokens[self.position - 1].end)
        if partial.kind is Day and partial.year is not None:
            self.week_note(partial)
        return partial

    def any_point(self, first: Partial | None) -> Partial:
        token = self.token
        match token.kind:
            case Is.ISO_DATE:
                self.take()
                year, month, day = map(int, token.text.split("-"))
                return Partial(Day, token.start, year, month, day)
            case Is.ISO_WEEK:
                self.take()
                return Partial(Week, token.start, int(token.text[:4]), number=int(token.text[6:]))
            case Is.WEEKDAY:
                self.take()
                self.accept_mark(",")
                partial = self.any_point(first)
                if partial.kind is not Day or not isinstance(token.value, int):
                    self.fail()
                return replace(partial, weekday=token.value, start=token.start)
            case Is.UNIT if token.value is Unit.WEEK:
                self.take()
                return self.week(token.start)
            case Is.PART:
                return self.month_part()
            case Is.MONTH:
                return self.month()
            case Is.SEASON:
                self.take()
                if not isinstance(token.value, tuple):  # pragma: no cover  the lexer's own promise
                    self.fail()
                return Partial(HalfYear, token.start, self.year(), season=token.value)
            case Is.SCHOOL_YEAR:
                return self.school_year()
            case Is.NUMBER:
                return self.numeric(first)
        self.fail()

    def year(self) -> int | None:
        """Read a year, if one stands here; «/» or «,» may come before it."""
        skip = 1 if self.token.text in {",", "/"} and len(self.ahead().text) == 4 else 0  # noqa: PLR2004
        token = self.ahead(skip)
        if token.kind is not Is.NUMBER:
            return None
        if len(token.text) == 2 and self.ahead(skip + 1).text not in {".", ":", "-"}:  # noqa: PLR2004
            self.short_year(token)
        if len(token.text) != 4:  # noqa: PLR2004
            return None
        self.position += skip + 1
        return int(token.text)

    def short_year(self, token: Token) -> NoReturn:
        self.two_digits(f"{self.text[: token.start]}20{self.text[token.start :]}")

    def two_digits(self, full: str) -> NoReturn:
        """Refuse a year of two digits; ``full`` is the date as it may have been meant."""
        message = Message("«{text}» has a year of two digits", text=self.text)
        near = (full,) if readable(full) else ()
        raise DateError(DateProblem(SHORT_YEAR, message, Message("write all four digits of the year"), near))

    def week(self, start: int) -> Partial:
        number = self.number()
        self.accept_mark(".")
        return Partial(Week, start, self.year(), number=number)

    def month_part(self) -> Partial:
        token = self.take()
        self.accept_mark("-")
        if self.token.kind is not Is.MONTH or not isinstance(token.value, MonthThird):
            self.fail()
        month = self.month()
        if month.kind is not Month:
            self.fail()
        return replace(month, kind=MonthPart, part=token.value, start=token.start)

    def month(self) -> Partial:
        """Read «mars 2018», or the English «March 8, 2018»."""
        token = self.take()
        if not isinstance(token.value, int):  # pragma: no cover  the lexer's own promise
            self.fail()
        self.accept_mark(".")
        day = self.token
        if day.kind is Is.NUMBER and len(day.text) <= 2:  # noqa: PLR2004
            following = self.ahead(2 if self.ahead().text == "," else 1)
            if following.kind is Is.NUMBER and len(following.text) == 4:  # noqa: PLR2004
                self.take()
                return Partial(Day, token.start, self.year(), token.value, int(day.text))
        return Partial(Month, token.start, self.year(), token.value)

    def school_year(self) -> Partial:
        token = self.take()
        if not isinstance(token.value, SchoolYear):  # pragma: no cover  the lexer's own promise
            self.fail()
        first = self.year()
        if first is None:
            self.yearless(Partial(AcademicYear, token.start, school_year=token.value, end=token.end))
        words = self.words()
        if self.token.text in {"/", "-"} and len(self.ahead().text) == 2:  # noqa: PLR2004
            self.take()
            self.two_digits(f"{self.text[: token.start]}{say(AcademicYear(first, token.value), words)}")
        example = Message("write «{text}»", text=say(AcademicYear(first, token.value), words))
        second = self.year() if self.token.text == "/" or self.accept_mark("-") else None
        if second is None:
            message = Message("«{text}» names one year, but a school year lies in two", text=self.text)
            raise DateError(DateProblem(UNREADABLE_DATE, message, example))
        if second != first + 1:
            self.impossible(Message("«{text}» does not name two years in a row", text=self.text), example)
        return Partial(AcademicYear, token.start, first, school_year=token.value)

    def numeric(self, first: Partial | None) -> Partial:
        """Read a point that begins with a number: a day, a year, or the end of «uke 10–12 2018»."""
        token = self.token
        value = self.number()
        if len(token.text) == 4:  # noqa: PLR2004
            return Partial(Year, token.start, value)
        if (
            first is not None
            and first.kind is Week
            and (self.token.kind in {Is.NUMBER, Is.END} or self.token.text == ",")
        ):
            return Partial(Week, token.start, self.year(), number=value)
        if self.token.text == "/":
            self.slash_date(token)
        pointed = self.accept_mark(".")
        if self.token.kind is Is.MONTH:
            month = self.month()
            if month.kind is not Month:
                self.fail()
            return replace(month, kind=Day, number=value, start=token.start)
        if pointed and self.token.kind is Is.NUMBER and len(self.token.text) <= 2:  # noqa: PLR2004
            month_number = self.number()
            self.accept_mark(".")
            return Partial(Day, token.start, self.year(), month_number, value)
        if self.token.text == "-" and first is None:
            return Partial(Day, token.start, number=value)
        self.fail()

    def slash_date(self, day: Token) -> NoReturn:
        """Refuse «8/9», which Norwegians read as 8 September and others as 9 August, and offer the date in full."""
        first = self.day_and_month(day)
        if self.token.text == "-" and self.ahead().kind is Is.NUMBER and self.ahead(2).text == "/":
            self.take()
            last = self.day_and_month(self.take())
            first = replace(first, year=last.year)
        else:
            last = None
        if first.year is None:
            self.yearless(first, last)
        end = first.end if last is None else last.end
        ends = self.complete(first) if last is None else self.range(first, last)
        if isinstance(ends, Day | Range):
            self.fail(near=(self.around(first.start, write(ends, self.words()), end),))
        self.fail()

    def day_and_month(self, day: Token) -> Partial:
        """Read the rest of «8/9», «8/9-2017» or «8/9 2017», whose day has been read."""
        self.accept(Is.NUMBER)
        self.accept_mark("/")
        month = self.number()
        if month >= FIRST_YEAR and int(day.text) <= 12:  # noqa: PLR2004  «3/2018»
            found = Partial(Month, day.start, month, int(day.text))
            self.fail(near=(self.around(day.start, write_partial(found, self.words()), day.end + 5),))
        after = self.ahead() if self.token.text in {"/", "-"} else self.token
        if after.kind is Is.NUMBER and len(after.text) == 2 and self.ahead(2).text != "/":  # noqa: PLR2004
            full = Partial(Day, day.start, 2000 + int(after.text), month, int(day.text))
            self.two_digits(self.around(day.start, write_partial(full, self.words()), after.end))
        year = None
        if after.kind is Is.NUMBER and len(after.text) == 4:  # noqa: PLR2004
            self.accept_mark("/", "-")
            year = self.number()
        return Partial(Day, day.start, year, month, int(day.text), end=self.tokens[self.position - 1].end)

    def around(self, start: int, replacement: str, end: int) -> str:
        """Return the text with the part from ``start`` to ``end`` replaced."""
        return f"{self.text[:start]}{replacement}{self.text[end:]}"

    # from partial to whole

    def yearless(self, partial: Partial, last: Partial | None = None) -> NoReturn:
        """Say that the year is missing, and offer those that the plan's period allows.

        Only where all the rest can be read: else the year may stand in what cannot.
        """
        if not self.at_end() and not self.at_time():
            self.fail()
        words = self.words()
        end = (last or partial).end
        written = [
            self.around(partial.start, write(found, words, weekday=partial.weekday is not None), end)
            for found in in_period(partial, last, self.period)
        ]
        candidates = [text for text in written if readable(text)]
        if written and not candidates:
            self.fail()
        advice = Message("write the year") if self.period is None else Message("write a year in the plan's period")
        message = Message("«{text}» has no year", text=self.text)
        raise DateError(DateProblem(YEARLESS_DATE, message, advice, tuple(candidates[:2])))

    def at_end(self) -> bool:
        """Whether the expression, or its part before a comma, ends here."""
        return (
            self.token.kind is Is.END
            or self.token.text == ","
            or (self.token.text == "." and self.ahead().kind is Is.END)
        )

    def complete(self, partial: Partial, other: Partial | None = None) -> Point:
        """Turn a point with a year into its value; ``other`` is the other end of its range."""
        if partial.year is None:
            if other is None or other.start < partial.start:
                self.yearless(partial)
            self.yearless(partial, other)
        if not FIRST_YEAR <= partial.year <= LAST_YEAR:
            self.impossible(
                Message(
                    "the year {year} in «{text}» is outside {first}–{last}",
                    year=partial.year,
                    text=self.text,
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                )
            )
        found = whole_point(partial)
        if isinstance(found, Message):
            near = self.around(partial.start, write_partial(nearest_point(partial), self.words()), partial.end)
            self.impossible(Message("«{text}»: {reason}", text=self.text, reason=found), near=(near,))
        if not right_weekday(found, partial):
            self.wrong_weekday(found, partial)
        return found

    def wrong_weekday(self, day: Point, partial: Partial) -> NoReturn:
        if not isinstance(day, Day):  # pragma: no cover  only days have weekdays
            self.fail()
        said, end, number = write(day, self.words(), weekday=True), partial.end, self.noted_week()
        if number:  # its week too
            said, end = f"{said}{self.text[end : number.start]}{day.date.isocalendar().week}", number.end
        near = self.around(partial.start, said, end)
        message = Message("«{text}» has the wrong weekday", text=self.text)
        raise DateError(DateProblem(WRONG_WEEKDAY, message, near=(near,)))


def respelled(text: str) -> str | None:
    """Return ``text`` with its unknown words replaced by the nearest known ones, if that can be read."""
    import difflib  # noqa: PLC0415  only for a plan that has a fault

    pieces: list[str] = []
    position = 0
    for token in lex(text):
        if token.kind is Is.WORD:
            near = difflib.get_close_matches(token.text, sorted(known_words()), 1, 0.75)
            if not near:
                return None
            pieces += text[position : token.start], near[0]
            position = token.end
    respelled = "".join(pieces) + text[position:]
    return respelled if pieces and readable(respelled) else None


def readable(text: str) -> bool:
    """Return whether ``text`` is a date expression, with the year written."""
    try:
        Parser(text, None).when()
    except DateError:
        return False
    return True
