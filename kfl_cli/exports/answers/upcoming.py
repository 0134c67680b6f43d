"""Upcoming occurrences, as text: the answer of ``kfl upcoming`` to people."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kfl_cli.dates import Kind, Window, say_moment
from kfl_cli.dates.points import AcademicYear, HalfYear, Month, MonthPart, Week, Year
from kfl_cli.language.days import say_day
from kfl_cli.schedule.upcoming import Phase, Upcoming, UpcomingOccurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from kfl_cli.exports.wording import Wording
    from kfl_cli.schedule.closed_periods import ClosedPeriod
    from kfl_cli.schedule.occurrence import Occurrence


def as_text(ahead: Upcoming, wording: Wording, bold: Callable[[str], str], closed: Sequence[ClosedPeriod] = ()) -> str:
    """Return what is ahead as paragraphs; ``bold`` marks headings and days."""
    say = wording.say
    until = say.count("the next {n} day", "the next {n} days", ahead.days)
    day = _capital(say_day(ahead.today, wording.words))
    paragraphs = [bold(f"{day} – {until}" if ahead.days else day)]
    if ahead.coming:
        paragraphs += [_paragraph(upcoming, ahead.today, wording, bold) for upcoming in ahead.coming]
    else:
        paragraphs.append(_nothing(ahead, wording))
    if ahead.overdue:
        paragraphs.append(bold(say.text("Overdue")))
        paragraphs += [_paragraph(upcoming, ahead.today, wording, bold) for upcoming in ahead.overdue]
        alone = (upcoming.occurrence.id for upcoming in ahead.overdue if _is_alone(upcoming.occurrence))
        paragraphs += [f"{say.text('Is it done?')} kfl done {id_}" for id_ in islice(alone, 1)]
    if ahead.within:
        paragraphs.append(bold(say.text("On a day that is not fixed")))
        paragraphs += [_paragraph(upcoming, ahead.today, wording, bold) for upcoming in ahead.within]
    if closed:
        paragraphs.append(bold(say.text("Closed")))
        paragraphs += [_closed(period, ahead.today, wording, bold) for period in closed]
    if ahead.ongoing:
        paragraphs.append(bold(say.text("Going on")))
        paragraphs += [_paragraph(upcoming, ahead.today, wording, bold) for upcoming in ahead.ongoing]
    return "\n\n".join(paragraphs) + "\n"


def _nothing(ahead: Upcoming, wording: Wording) -> str:
    """Return when the plan goes on or ended, and which options show that: the answer is never empty."""
    say = wording.say
    lines = [say.text("Nothing starts or is due.")]
    if ahead.next and ahead.next.day:
        lines.append(f"{say.text('Next')}: {_when(ahead.next, wording)} – {wording.label(ahead.next.occurrence)}")
        lines.append(f"{say.text('Look further')}: kfl upcoming --days {(ahead.next.day - ahead.today).days}")
    elif ahead.last_day and ahead.first_day:
        if not (ahead.within or ahead.ongoing):
            lines.append(f"{say.text('The last day in the plan was')} {say_day(ahead.last_day, wording.words)}.")
        lines.append(f"{say.text('Look from another day')}: kfl --today {ahead.first_day} upcoming")
    else:
        lines.append(say.text("Nothing in the selection has a date."))
    return "\n".join(lines)


def _closed(period: ClosedPeriod, today: date, wording: Wording, bold: Callable[[str], str]) -> str:
    until = bold(days_text(*closed_phase(period, today), today, wording))
    scopes = wording.scopes(period.closure.regions)
    why = f"{period.closure.why} – {scopes}" if scopes else period.closure.why
    return f"{until}  {wording.written(period.closure.when)}\n    {why}"


def closed_phase(period: ClosedPeriod, today: date) -> tuple[Phase, date | None]:
    """Return whether a closed period begins or goes on, and the day that counts."""
    start = period.window.start
    return (Phase.STARTS, start) if start and start >= today else (Phase.ONGOING, period.window.end)


def _paragraph(upcoming: UpcomingOccurrence, today: date, wording: Wording, bold: Callable[[str], str]) -> str:
    return "\n".join(_lines(upcoming, today, wording, bold))


def _lines(upcoming: UpcomingOccurrence, today: date, wording: Wording, bold: Callable[[str], str]) -> Iterator[str]:
    occurrence, say = upcoming.occurrence, wording.say
    label = wording.full_label(occurrence)
    if _is_due(upcoming):
        label = f"{say.text('Deadline')}: {label}"
    yield f"{bold(until_text(upcoming, today, wording))}  {_when(upcoming, wording)}"
    yield f"    {label}"
    if upcoming.phase is not Phase.ONGOING and occurrence.location:
        yield f"    {say.text('Location')}: {occurrence.location}"
    if occurrence.question:
        yield f"    {wording.question(occurrence.question)}"
    responsible = ", ".join(wording.assignments(occurrence.responsible))
    if responsible:
        yield f"    {say.text('Responsible')}: {responsible}"


def _is_due(upcoming: UpcomingOccurrence) -> bool:
    """Return whether its day is that on which something is or was due."""
    is_deadline = upcoming.occurrence.kind is Kind.DEADLINE
    return upcoming.phase is Phase.DUE or (upcoming.phase is Phase.OVERDUE and is_deadline)


def _when(upcoming: UpcomingOccurrence, wording: Wording) -> str:
    """Return the day when something is due, else its date as the plan has it: a month is not its first day."""
    if _is_due(upcoming) and upcoming.day:
        due = upcoming.occurrence.dated.due
        return say_moment(due, wording.words) if due else say_day(upcoming.day, wording.words)
    return wording.when(upcoming.occurrence)


def until_text(upcoming: UpcomingOccurrence, today: date, wording: Wording) -> str:
    """Return how long it is until something starts, is due or ends: «tomorrow», «in 13 days», «2 days left»."""
    if upcoming.phase is Phase.WITHIN:
        return _some_time(upcoming.occurrence, today, wording)
    return days_text(upcoming.phase, upcoming.day, today, wording)


def days_text(phase: Phase, day: date | None, today: date, wording: Wording) -> str:
    """Return how long it is until a day on which something starts, is due or ends."""
    say = wording.say
    if phase is Phase.ONGOING:
        if day is None:
            return say.text("now")
        days = (day - today).days
        return say.text("ends today") if days == 0 else say.count("{n} day left", "{n} days left", days)
    days = (day - today).days if day else 0
    if days < 0:
        return say.text("yesterday") if days == -1 else say.count("{n} day ago", "{n} days ago", -days)
    if days == 0:
        return say.text("today")
    return say.text("tomorrow") if days == 1 else say.count("in {n} day", "in {n} days", days)


def _some_time(occurrence: Occurrence, today: date, wording: Wording) -> str:
    """Return when something is whose day is not known: «some time in May», «some time in autumn»."""
    say, words, when = wording.say, wording.words, occurrence.when
    match when:
        case Month(_, month):
            period = words.months[month - 1]
        case Week(_, week):
            period = f"{words.week} {week}"
        case HalfYear(_, season) if Window(today, today).within(occurrence.window):
            period = words.seasons[season][0]
        case HalfYear(year, season, _):
            half_year = HalfYear(year, season, definite=True).say(words)
            return say.text("some time in {half_year}").format(half_year=half_year)
        case MonthPart():
            return say.text("some time in {part_of_month}").format(part_of_month=when.say(words))
        case Year() | AcademicYear():
            period = when.say(words)
        case _:
            return say.text("some time in the period")
    return say.text("some time in {period}").format(period=period)


def _is_alone(occurrence: Occurrence) -> bool:
    """Return whether it can be done by itself: of a date for each group all are, those that lie ahead too."""
    activity, task = occurrence.activity, occurrence.task
    return occurrence.session is not None or occurrence.id == (f"{activity.id}/{task.id}" if task else activity.id)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
