"""What has changed since the last briefings: two manifests, figure by figure.

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
NEW_AREA = "new area"
GONE_AREA = "area gone"
KINDS = (
    *(NEWLY_DIFFERENT, NO_LONGER, TURNED, COMPARED, NEW_PERIOD, EARLIER, REVISED),
    *(NEW_INDICATOR, GONE_INDICATOR, NEW_AREA, GONE_AREA),
)
"""Kinds of change, those a reader asks for first at the top."""

COLUMNS = (
    *("kind", "area_code", "area_name", "indicator", "sex", "age", "old_period", "period"),
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
        Versions of ineqlib that made its briefings.
    failed
        Names of areas whose last attempt failed; their figures are those published before.
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
        Number of areas that both have.
    names
        Area code -> name, of all areas of either.
    """

    old: Side
    new: Side
    rows: pd.DataFrame
    in_both: int
    names: dict[str, str]

    def of(self, area: str) -> "Changes":
        """Return the changes of one area, by code or name.

        Raises
        ------
        UnknownArea
            Neither batch has it; the message offers the nearest.
        """
        code = {name.casefold(): code for code, name in self.names.items()}.get(area.casefold())
        code = code or area
        if code not in self.names:
            raise UnknownArea(
                f"Neither batch has a briefing of '{area}'.{nearest(area, self.names.values())}"
            )
        rows = self.rows[self.rows["area_code"] == code].reset_index(drop=True)
        return replace(self, rows=rows)


def diff(old: str | Path, new: str | Path) -> Changes:
    """Compare the briefings of two batches, by their folders or manifests.

    Raises
    ------
    InputError
        There is no manifest, or it cannot be read.
    """
    return compare_manifests(read_manifest(Path(old)), read_manifest(Path(new)))


def compare_manifests(old: Manifest, new: Manifest) -> Changes:
    """Compare two manifests."""
    before, now = _published(old), _published(new)
    rows = [_row(NEW_AREA, now[code]) for code in now if code not in before]
    rows += [_row(GONE_AREA, before[code]) for code in before if code not in now]
    both = [code for code in now if code in before]
    for code in both:
        rows += _area(before[code], now[code])
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame = frame.sort_values("kind", key=lambda kind: kind.map(KINDS.index), kind="stable")
    names = {code: entry.area_name for code, entry in (before | now).items()}
    return Changes(_side(old), _side(new), frame.reset_index(drop=True), len(both), names)


def _published(manifest: Manifest) -> dict[str, Entry]:
    return {code: entry for code, entry in manifest.entries.items() if entry.files}


def _side(manifest: Manifest) -> Side:
    entries = manifest.entries.values()
    # The first of the libraries named is this one.
    libraries = {entry.recipe.get("library", "").partition(",")[0] for entry in entries}
    failed = (entry.area_name for entry in entries if entry.status == FAILED)
    title = manifest.pack.get("title", "a pack without a title")
    return Side(title, tuple(sorted(libraries - {""})), tuple(failed))


def _area(old: Entry, new: Entry) -> Iterator[dict[str, Any]]:
    before, now = _by_series(old), _by_series(new)
    yield from (_row(GONE_INDICATOR, new, old=before[key]) for key in before if key not in now)
    for key, figure in now.items():
        if key not in before:
            yield _row(NEW_INDICATOR, new, figure)
            continue
        for kind in _kinds(before[key], figure):
            yield _row(kind, new, figure, before[key])


def _by_series(entry: Entry) -> dict[Key, Figure]:
    return {(each["indicator"], each["sex"], each["age"]): each for each in entry.figures}


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
    held, before = figure or {}, old or {}
    series = held or before
    return {
        "kind": kind,
        "area_code": entry.area_code,
        "area_name": entry.area_name,
        **{name: series.get(name, "") for name in ("indicator", "sex", "age")},
        "old_period": before.get("period", ""),
        "period": held.get("period", ""),
        "old_value": before.get("value"),
        "value": held.get("value"),
        "old_comparison": before.get("comparison", ""),
        "comparison": held.get("comparison", ""),
    }
