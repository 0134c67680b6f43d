"""The file plan.lock read again: any YAML that says what a ledger does, with a finding where it does not."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct, field

from kfl_cli.dates import Kind
from kfl_cli.findings.finding import START, Advice, Diagnostic, Rule, Span
from kfl_cli.findings.rules.releases import DAMAGED_LOCK, FOREIGN_LOCK, UNREADABLE_LOCK
from kfl_cli.language.message import Message
from kfl_cli.plan.model import Status
from kfl_cli.plan.yaml.nodes import Mapping, Node, Scalar, Sequence, span_of
from kfl_cli.plan.yaml.reader import read
from kfl_cli.releases.ledger import History, Ledger, Release, State, follows
from kfl_cli.releases.lockfile import FORMATS, STAMP, sealed
from kfl_cli.releases.lockfile_lines import read_lines
from kfl_cli.releases.published_occurrence import Named, Published
from kfl_cli.releases.version import Version, read_version
from kfl_cli.text.characters import without_controls

_TAKE_BACK = Advice(
    Message("take the file back from git; if two releases were merged, keep one of them and release again")
)


class _DamageError(Exception):
    """The file holds something that no release wrote; carries the finding."""

    def __init__(
        self,
        node: Node | None,
        message: Message,
        rule: Rule = DAMAGED_LOCK,
        remedy: Advice = _TAKE_BACK,
    ) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(rule, span_of(node), message, remedy, in_lock=True)


def load_ledger(data: bytes, plan: str) -> tuple[Ledger | None, list[Diagnostic]]:
    """Read the ledger of the plan with this id; None, with a finding that says why, if it cannot be trusted."""
    ledger = read_lines(data, plan)
    return (ledger, []) if ledger else load_from_yaml(data, plan)


def load_from_yaml(data: bytes, plan: str) -> tuple[Ledger | None, list[Diagnostic]]:
    """Read a ledger that may be written in any way that YAML allows, as ``load_ledger`` does."""
    source = read(data)
    if source.diagnostics or not isinstance(source.root, Mapping):
        first = next(iter(source.diagnostics), None)
        why: Message | str = first.message if first else "-"
        span = first.span if first else START
        return None, [_unreadable(span, Message("this is no ledger of kfl's: {why}", why=why))]
    try:
        return _LedgerReader(source.root).ledger(plan), []
    except _DamageError as damage:
        return None, [damage.diagnostic]


def _unreadable(span: Span, message: Message) -> Diagnostic:
    return Diagnostic(UNREADABLE_LOCK, span, message, _TAKE_BACK, in_lock=True)


class _LedgerReader(Struct):
    root: Mapping
    releases: dict[str, Release] = field(default_factory=dict)
    """By version as it is written."""
    live: set[str] = field(default_factory=set)

    def ledger(self, plan: str) -> Ledger:
        number = _text(self.root, "kfl-lock")
        if number not in FORMATS:
            known = ", ".join(FORMATS)
            message = Message(
                "the ledger is in format {version}; this kfl reads format {known}", version=number, known=known
            )
            raise _DamageError(_value(self.root, "kfl-lock"), message, UNREADABLE_LOCK, Advice(Message("upgrade kfl")))
        owner = _text(self.root, "plan")
        if owner != plan:
            message = Message("this is the ledger of the plan «{other}», not of «{plan}»", other=owner, plan=plan)
            advice = Message("give the plan its old id back; or remove the file, if this plan was never released")
            raise _DamageError(_value(self.root, "plan"), message, FOREIGN_LOCK, Advice(advice))
        releases = tuple(self.release(node) for node in _items(self.root, "releases"))
        if not releases:
            raise _DamageError(self.root, Message("the ledger has no release"))
        occurrences = _value(self.root, "occurrences")
        if not isinstance(occurrences, Mapping):
            raise _DamageError(occurrences, Message("here belongs a mapping"))
        histories = {uid: self.history(pair.key, pair.value) for uid, pair in occurrences.pairs.items()}
        ledger = Ledger(plan, releases, histories)
        if sealed(ledger) != ledger:
            message = Message("the ledger is not as kfl wrote it: it was edited, cut off or merged")
            raise _DamageError(_value(_items(self.root, "releases")[-1], "digest"), message)
        return ledger

    def release(self, node: Node) -> Release:
        version, stamp = _version(node, "version"), _moment(node, "stamp")
        if self.releases and version <= next(reversed(self.releases.values())).version:
            raise _DamageError(_value(node, "version"), Message("the releases are not in the order of their versions"))
        release = Release(version, stamp, _text(node, "comment", ""), _text(node, "digest"))
        self.releases[str(version)] = release
        return release

    def history(self, key: Scalar, node: Node) -> History:
        try:
            UUID(key.text)
        except ValueError:
            raise _DamageError(key, Message("«{text}» is no UID", text=key.text)) from None
        states: list[State] = []
        for item in node.items if isinstance(node, Sequence) else ():
            states.append(self.state(item, states[-1] if states else None))
        if not states:
            raise _DamageError(key, Message("this occurrence has no state"))
        last = states[-1]
        if not last.dropped and last.published.id in self.live:
            raise _DamageError(key, Message("the id «{id}» is taken", id=last.published.id))
        self.live |= set() if last.dropped else {last.published.id}
        return tuple(states)

    def state(self, node: Node, last: State | None) -> State:
        release, stamp, sequence = (
            self.releases.get(_text(node, "release")),
            _moment(node, "stamp"),
            _text(node, "sequence"),
        )
        dropped = _text(node, "dropped", "") == "yes"
        in_order = sequence == str(last.sequence + 1 if last else 0)
        if release is None or release.stamp != stamp or not in_order or not follows(release, last, dropped=dropped):
            message = Message("this state does not follow from the releases and the state before it")
            raise _DamageError(_value(node, "release"), message)
        published = last.published if dropped and last else _published(node)
        if not dropped and _text(node, "digest") != published.digest:
            message = Message("what stands here of «{id}» was changed after it was released", id=published.id)
            raise _DamageError(_value(node, "digest"), message)
        return State(release.version, int(sequence), stamp, published, dropped=dropped)


def _published(node: Node) -> Published:
    try:
        published = Published(
            id=_text(node, "id"),
            title=_text(node, "title", ""),
            kind=Kind(_text(node, "kind")),
            status=Status(_text(node, "status")).value,
            task=_text(node, "task", ""),
            start=_text(node, "start", ""),
            end=_text(node, "end", ""),
            when=_text(node, "when", ""),
            references=tuple(_scalar(item).text for item in _items(node, "after")),
            scopes=_named(node, "for"),
            location=_text(node, "location", ""),
            question=_text(node, "question", ""),
            responsible=_named(node, "responsible"),
            audience=_named(node, "audience"),
            text=_text(node, "text", ""),
            task_responsible=tuple(_scalar(item).text for item in _items(node, "task_responsible")),
            task_audience=tuple(_scalar(item).text for item in _items(node, "task_audience")),
            within=tuple(_scalar(item).text for item in _items(node, "within")),
            timezone=_text(node, "timezone", ""),
            hours=_text(node, "hours", ""),
            category=_named(node, "category"),
        )
        _ = published.window, published.stretches, published.due
    except ValueError:
        raise _DamageError(node, Message("this is no state that kfl wrote")) from None
    return published


def _named(node: Node, key: str) -> Named:
    pairs = [[_scalar(each).text for each in item.items] for item in _items(node, key) if isinstance(item, Sequence)]
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)  # noqa: PLR2004  id and text


def _value(node: Node | None, key: str) -> Node | None:
    pair = node.pairs.get(key) if isinstance(node, Mapping) else None
    return pair.value if pair else node


def _items(node: Node, key: str) -> list[Node]:
    value = node.pairs[key].value if isinstance(node, Mapping) and key in node.pairs else None
    return value.items if isinstance(value, Sequence) else []


def _scalar(node: Node) -> Scalar:
    if not isinstance(node, Scalar):
        raise _DamageError(node, Message("here belongs a text, not a list or mapping"))
    if not node.text.isprintable() and without_controls(node.text) != node.text:
        raise _DamageError(node, Message("the text holds characters that kfl never writes"))
    return node


def _text(node: Node, key: str, default: str | None = None) -> str:
    pair = node.pairs.get(key) if isinstance(node, Mapping) else None
    if pair is None and default is None:
        raise _DamageError(node, Message("the key «{key}» is missing here", key=key))
    return _scalar(pair.value).text if pair else default or ""


def _version(node: Node, key: str) -> Version:
    text = _text(node, key)
    version = read_version(text)
    if version is None or str(version) != text:
        raise _DamageError(_value(node, key), Message("«{text}» is not a version", text=text))
    return version


def _moment(node: Node, key: str) -> datetime:
    text = _text(node, key)
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise _DamageError(_value(node, key), Message("«{text}» is no time stamp", text=text)) from None
