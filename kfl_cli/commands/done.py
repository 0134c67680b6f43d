"""``kfl done``: write in the plan file that an activity, a session or a task is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kfl_cli.commands.failure import Failure
from kfl_cli.commands.loaded_plan import load_valid_plan
from kfl_cli.commands.options import global_options
from kfl_cli.commands.plan_file import read_file
from kfl_cli.commands.selection import Named
from kfl_cli.language.message import Message, did_you_mean
from kfl_cli.machine.file import write
from kfl_cli.plan.edits import RefusedEditError, with_value
from kfl_cli.plan.model import Activity, Session, Status, Task
from kfl_cli.plan.yaml.nodes import span_of
from kfl_cli.text.names import nearest, slug, title_for
from kfl_cli.text.terminal import printable

if TYPE_CHECKING:
    from kfl_cli.commands.loaded_plan import LoadedPlan
    from kfl_cli.language.translator import Translator
    from kfl_cli.plan.model import Plan

    Part = Activity | Session | Task


@click.command("done")
@click.argument("id", metavar="ID", type=Named("activity"))
@click.argument("part", metavar="[SESSION]", required=False)
@global_options()
def command(id: str, part: str | None) -> None:  # noqa: A002  the argument's name in the help
    """Write in the plan file that an activity, a session or a task is done; the rest of the file stays as it is.

    ID is the id of an activity, or of one of its sessions or tasks such as workshop-1/hamar-stange. SESSION is
    one of its sessions, by id or by the region it is for, or one of its tasks, by id or title.

    Exit code: 0 when it is done, also if it was before; 1 when the plan has errors; 2 for an unknown id, and where kfl
    cannot write it.

    \b
    kfl done workshop-1 hamar-stange
    kfl done avklare-deltakere gruppeoppsett
    kfl done oppstartsamling
    """  # noqa: D301  \b is click's mark for lines that stay as they are
    loaded, schedule = load_valid_plan()
    plan, say = schedule.plan, loaded.say
    activity_id, slash, rest = id.partition("/")
    if slash and part is not None:
        raise Failure(
            say.message(Message("«{id}» names a session or task already; leave out «{part}»", id=id, part=part))
        )
    activity, found = _found(plan, activity_id, rest if slash else part, say)
    label = _label(plan, activity, found)
    match found.status or activity.status:
        case Status.DONE:
            click.echo(printable(say.message(Message("{title} is done already", title=label))))
        case Status.CANCELLED:
            message = Message("{title} is cancelled; if it took place after all, mend its `status:`", title=label)
            raise Failure(say.message(message))
        case _:
            if found is activity:
                _refuse_others(activity, say)
            place = _write(loaded, plan, found)
            click.echo(printable(f"{say.text('Done')}: {label} ({place})"))


def _found(plan: Plan, id_: str, part: str | None, say: Translator) -> tuple[Activity, Part]:
    """Return an activity, and the session or task of it that is named, else the activity itself. Fails with code 2."""
    activity = next((each for each in plan.activities if each.id == id_), None)
    if activity is None:
        message = Message("the plan has no activity «{id}»", id=id_)
        raise Failure(say.message(message) + _meant(say, id_, [each.id for each in plan.activities]))
    if part is None:
        return activity, activity
    parts: tuple[Session | Task, ...] = (*activity.sessions, *activity.tasks)
    named = [each for each in parts if each.id == part]
    named = named or [each for each in parts if slug(part) in map(slug, _names(plan, each))]
    if len(named) == 1:
        return activity, named[0]
    if named:
        ids = ", ".join(each.id for each in named)
        message = Message("«{name}» may be any of {names}", name=part, names=ids)
        raise Failure(say.message(message))
    dates_of = Message("the dates of «{id}» follow from another activity; only the whole can be done", id=id_)
    hangs = activity.when and activity.when.references and part in plan.scopes.names
    message = Message("«{id}» has no session or task «{part}»", id=id_, part=part)
    raise Failure(say.message(dates_of if hangs else message) + _meant(say, part, [each.id for each in parts]))


def _refuse_others(activity: Activity, say: Translator) -> None:
    """Fail with code 2 where sessions or tasks have a status of their own: they would not be done with the activity."""
    parts: tuple[Session | Task, ...] = (*activity.sessions, *activity.tasks)
    others = [each.id for each in parts if each.status and not each.status.is_over]
    if others:
        message = Message(
            "{ids} have a status of their own; say it of each, such as «kfl done {id} {first}»",
            ids=", ".join(others),
            id=activity.id,
            first=others[0],
        )
        raise Failure(say.message(message))


def _names(plan: Plan, part: Session | Task) -> tuple[str, ...]:
    """Return what a session or a task may be called besides its id."""
    if isinstance(part, Task):
        return (part.title,)
    return (*part.scopes, *(plan.scopes.names[scope] for scope in part.scopes), *filter(None, [part.title]))


def _meant(say: Translator, text: str, known: list[str]) -> str:
    """Return the nearest known ids as a question, empty where none is near."""
    hint = did_you_mean(nearest(text, known))
    return f"; {say.message(hint)}" if hint else ""


def _label(plan: Plan, activity: Activity, part: Part) -> str:
    """Return the title of an activity, a session or a task, with whom or what it is for."""
    if isinstance(part, Task):
        return f"{part.title} ({activity.title})"
    scopes = part.scopes if isinstance(part, Session) else ()
    return title_for(part.title or activity.title, [plan.scopes.names[scope] for scope in scopes])


def _write(loaded: LoadedPlan, plan: Plan, part: Part) -> str:
    """Write the status of a part into the plan file, whole or not at all; return its place."""
    if plan.node is None or part.node is None or not Path(loaded.path).is_file():
        raise Failure(f"{loaded.file} is no file")
    try:
        data = with_value(read_file(loaded.path), plan.node, part.node, "status", Status.DONE.value)
        write(Path(loaded.path), data)
    except RefusedEditError as error:
        raise Failure(
            f"{loaded.file}:{error.span.line}:{error.span.column}: {loaded.say.message(error.message)}"
        ) from error
    except OSError as error:
        raise Failure(f"{loaded.file}: {error.strerror}") from error
    return f"{loaded.file}:{span_of(part.node).line}"
