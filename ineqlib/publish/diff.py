"""What has changed since the last documents: two manifests, figure by figure.

Only manifests are read: the packs and pages of last year need not be there any more.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ineqlib.errors import UnknownArea, nearest
from ineqlib.periods import parse_period
from ineqlib.publish.manifest import FAILED, Entry, Manifest, read_manifest

NEWLY_DIFFERENT = "newly different from the country"
NO_LONGER = "no longer different from the country"
TURNED = "on the other side of the country"
COMPARED = "compared for the first time, or no longer"
NEW_PERIOD = "new period"
EARLIER = "earlier period than before"
REVISED = "revised value"
NEW_INDICATOR = "new indicator"
GONE_INDICATOR = "indicator gone"
NEW_DOCUMENT = "new document"
GONE_DOCUMENT = "document gone"
KINDS = (
    *(NEWLY_DIFFERENT, NO_LONGER, TURNED, COMPARED, NEW_PERIOD, EARLIER, REVISED),
    *(NEW_INDICATOR, GONE_INDICATOR, NEW_DOCUMENT, GONE_DOCUMENT),
)
"""Kinds of change, those a reader asks for first at the top."""

COLUMNS = (
    *(
        "kind",
        "document",
        "subject_code",
        "subject_name",
        "indicator",
        "sex",
        "age",
        "old_period",
        "period",
    ),
    *("old_value", "value", "old_comparison", "comparison"),
)
_DIFFERENT = {"better", "worse", "higher", "lower"}
_AS_BEFORE = "similar"

Key = tuple[str, str, str]
Figure = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """One of the two batches.

    Parameters
    ----------
    pack
        Title of its pack.
    made_with
        Versions of ineqlib that made its documents.
    failed
        Subjects and documents whose last attempt failed; their figures are those published before.
    """

    pack: str
    made_with: tuple[str, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What changed between two batches.

    Parameters
    ----------
    old, new
        The batches.
    rows
        One row per change, in the order of `KINDS`; columns as in `COLUMNS`.
    in_both
        Number of documents that both have.
    names
        Code -> name of all subjects of either.
    """

    old: Side
    new: Side
    rows: pd.DataFrame
    in_both: int
    names: dict[str, str]

    def of(self, subject: str) -> "Changes":
        """Return the changes of one subject's documents, by code or name.

        Raises
        ------
        UnknownArea
            Neither batch has it; the message offers the nearest.
        """
        by_name = {name.casefold(): code for code, name in self.names.items()}
        code = by_name.get(subject.casefold(), subject)
        if code not in self.names:
            raise UnknownArea(
                f"Neither batch has a document about '{subject}'."
                f"{nearest(subject, self.names.values())}"
            )
        rows = self.rows[self.rows["subject_code"] == code].reset_index(drop=True)
        return replace(self, rows=rows)


def diff(old: str | Path, new: str | Path) -> Changes:
    """Compare the documents of two batches, by their folders or manifests.

    Raises
    ------
    InputError
        There is no manifest, or it cannot be read.
    """
    return compare_manifests(read_manifest(Path(old)), read_manifest(Path(new)))


def compare_manifests(old: Manifest, new: Manifest) -> Changes:
    """Compare two manifests."""
    before, now = _published(old), _published(new)
    rows = [_row(NEW_DOCUMENT, now[key]) for key in now if key not in before]
    rows += [_row(GONE_DOCUMENT, before[key]) for key in before if key not in now]
    both = [key for key in now if key in before]
    for key in both:
        rows += _changes(before[key], now[key])
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.sort_values("kind", key=lambda kind: kind.map(KINDS.index), kind="stable")
    names = {entry.subject_code: entry.subject_name for entry in (before | now).values()}
    return Changes(_side(old), _side(new), frame.reset_index(drop=True), len(both), names)


def _published(manifest: Manifest) -> dict[str, Entry]:
    return {key: entry for key, entry in manifest.entries.items() if entry.files}


def _side(manifest: Manifest) -> Side:
    entries = manifest.entries.values()
    # The first of the libraries named is this one.
    libraries = {entry.recipe.get("library", "").partition(",")[0] for entry in entries}
    failed = (entry.subject_name for entry in entries if entry.status == FAILED)
    title = manifest.pack.get("title", "a pack without a title")
    return Side(title, tuple(sorted(libraries - {""})), tuple(failed))


def _changes(old: Entry, new: Entry) -> Iterator[dict[str, Any]]:
    before, now = _by_series(old), _by_series(new)
    yield from (_row(GONE_INDICATOR, new, old=before[key]) for key in before if key not in now)
    for key, figure in now.items():
        if key not in before:
            yield _row(NEW_INDICATOR, new, figure)
            continue
        for kind in _kinds(before[key], figure):
            yield _row(kind, new, figure, before[key])


def _by_series(entry: Entry) -> dict[Key, Figure]:
    return {(figure["indicator"], figure["sex"], figure["age"]): figure for figure in entry.figures}


def _kinds(old: Figure, new: Figure) -> Iterator[str]:
    if old["period"] != new["period"]:
        yield NEW_PERIOD if _is_later(new["period"], old["period"]) else EARLIER
    elif not _same(old["value"], new["value"]):
        yield REVISED
    then, now = old["comparison"], new["comparison"]
    if then != now:
        yield _kind_of_comparison(then, now)


def _kind_of_comparison(then: str, now: str) -> str:
    if then in _DIFFERENT and now in _DIFFERENT:
        return TURNED
    if then == _AS_BEFORE and now in _DIFFERENT:
        return NEWLY_DIFFERENT
    if then in _DIFFERENT and now == _AS_BEFORE:
        return NO_LONGER
    return COMPARED


def _is_later(period: str, than: str) -> bool:
    """Tell whether a period ends later; one nobody can read is taken to be new."""
    try:
        return parse_period(period)[1] >= parse_period(than)[1]
    except ValueError:
        return True


def _same(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-12)


def _row(
    kind: str, entry: Entry, figure: Figure | None = None, old: Figure | None = None
) -> dict[str, Any]:
    after, before = figure or {}, old or {}
    series = after or before
    return {
        "kind": kind,
        "document": entry.document,
        "subject_code": entry.subject_code,
        "subject_name": entry.subject_name,
        **{name: series.get(name, "") for name in ("indicator", "sex", "age")},
        "old_period": before.get("period", ""),
        "period": after.get("period", ""),
        "old_value": before.get("value"),
        "value": after.get("value"),
        "old_comparison": before.get("comparison", ""),
        "comparison": after.get("comparison", ""),
    }
