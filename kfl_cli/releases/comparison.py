"""Two snapshots of a plan, such as a release and the plan as it is now, and what changed between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kfl_cli.releases.change_texts import ChangeWording
from kfl_cli.releases.diff import Change, compare
from kfl_cli.releases.published_occurrence import Published, publish
from kfl_cli.releases.version import Version, read_version

if TYPE_CHECKING:
    from kfl_cli.plan.model import Plan
    from kfl_cli.releases.ledger import Ledger
    from kfl_cli.schedule.occurrence import Schedule

RELEASE = "release:"
"""How the name of a snapshot begins that is a release: ``release:2017-12-04``, ``release:2017-12-04.2``."""


class UnknownReleaseError(Exception):
    """The ledger has no such release; the message lists those that it has."""


class Snapshot(Struct, frozen=True):
    """A plan as its readers saw it at some time, and the name of that time."""

    name: str
    """As the user named it."""
    published: dict[str, Published]
    """By UID."""
    version: Version | None
    language: str
    """Of the plan."""


def snapshot_of(name: str, schedule: Schedule, ledger: Ledger | None = None) -> Snapshot:
    """Return a plan as readers would see it if it were released; its version is the last of its day in the ledger."""
    day = schedule.plan.version
    versions = [release.version for release in ledger.releases if release.version.day == day] if ledger else []
    version = max(versions, default=Version(day)) if day else None
    return Snapshot(name, publish(schedule), version, schedule.plan.language)


def released_snapshot(name: str, ledger: Ledger | None, language: str) -> Snapshot:
    """Return what a release published, by its name ``release:DAY``. Raises UnknownReleaseError."""
    version = read_version(name.removeprefix(RELEASE))
    releases = ledger.releases if ledger else ()
    versions = [release.version for release in releases]
    if ledger is None or version not in versions:
        known = ", ".join(f"{RELEASE}{version}" for version in versions) or "none"
        raise UnknownReleaseError(f"there is no {name}; the releases are: {known}")
    return Snapshot(name, ledger.at(version), version, language)


def last_release(ledger: Ledger, released: dict[str, Published] | None = None) -> str:
    """Return the name of the last release; of the one before if the last published just what is ``released``."""
    as_released = released == ledger.current and len(ledger.releases) > 1
    return f"{RELEASE}{ledger.releases[-2 if as_released else -1].version}"


class Comparison(Struct, frozen=True):
    """Two snapshots of a plan, and what changed between them."""

    plan: Plan
    """As it is now."""
    ledger: Ledger | None
    old: Snapshot
    new: Snapshot
    changes: list[Change]
    change_wording: ChangeWording

    def title(self, whom: str = "") -> str:
        """Return the heading of the changes, with the names of those whom they are for."""
        heading = f"{self.change_wording.say.text('Changes in')} {self.plan.title}"
        return f"{heading} – {whom}" if whom else heading

    def since(self) -> str:
        """Return the versions between which the changes are, as a phrase."""
        old, new = self._version(self.old), self._version(self.new)
        if old == new:  # an author who writes raises the version last
            return self.change_wording.say.text("Since version {old}").format(old=old)
        return self.change_wording.say.text("From version {old} to version {new}").format(old=old, new=new)

    def comments(self) -> list[str]:
        """Return the comments of the releases after the old snapshot, the new one included."""
        first, last = self.old.version, self.new.version
        releases = self.ledger.releases if self.ledger else ()
        between = [release for release in releases if first and last and first < release.version <= last]
        return [release.comment for release in between if release.comment]

    def _version(self, snapshot: Snapshot) -> str:
        return self.change_wording.version(snapshot.version) if snapshot.version else snapshot.name


def compare_snapshots(plan: Plan, ledger: Ledger | None, old: Snapshot, new: Snapshot, language: str) -> Comparison:
    """Return what changed between two snapshots of ``plan``, as texts in ``language``."""
    titles = {activity.id: activity.title for activity in plan.activities}
    change_wording = ChangeWording(language, new.language, titles, plan.labels)
    return Comparison(plan, ledger, old, new, compare(old.published, new.published), change_wording)
