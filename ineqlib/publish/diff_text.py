"""Changes between two batches as a short list: counts first, then which."""

from typing import Any

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.errors import listed
from ineqlib.publish.diff import (
    EARLIER,
    GONE_DOCUMENT,
    GONE_INDICATOR,
    KINDS,
    NEW_DOCUMENT,
    NEW_INDICATOR,
    NEW_PERIOD,
    REVISED,
    Changes,
    Side,
)
from ineqlib.text import number, plural, series_name

MOST_LINES = 12
"""Of one kind of change; a file has the rest."""

MOST_AREAS = 4


def as_text(changes: Changes) -> str:
    """Write what changed, for a screen."""
    rows = changes.rows
    lines = [f"From  {_side(changes.old)}", f"to    {_side(changes.new)}", ""]
    lines.append(f"{plural(changes.in_both, 'document')} in both; {_counts(rows)}")
    for kind in KINDS:
        changed = rows[rows["kind"] == kind]
        if len(changed):
            lines += ["", f"{_capital(kind)} ({_how_many(changed)})", *_lines(kind, changed)]
    return "\n".join(lines)


def _side(side: Side) -> str:
    made_with = f"made with {listed(side.made_with)}" if side.made_with else "nothing published"
    failed = f"; last attempt failed for {listed(side.failed)}" if side.failed else ""
    return f"“{side.pack}”, {made_with}{failed}"


def _counts(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "nothing changed."
    areas = plural(rows["subject_code"].nunique(), "area")
    return f"{plural(len(rows), 'change')} in {areas}."


def _how_many(changed: pd.DataFrame) -> str:
    if changed["kind"].iloc[0] in (NEW_DOCUMENT, GONE_DOCUMENT):
        return plural(len(changed), "document")
    figures = plural(len(changed), "figure")
    return f"{figures} in {plural(changed['subject_code'].nunique(), 'area')}"


def _lines(kind: str, changed: pd.DataFrame) -> list[str]:
    if kind in (NEW_DOCUMENT, GONE_DOCUMENT):
        names = changed["subject_name"] + " (" + changed["document"] + ")"
        return [f"  {listed(names, MOST_LINES)}"]
    lines = []
    changed = changed.sort_values("subject_name", kind="stable")  # whichever was published first
    for what, same in changed.groupby(["indicator", "sex", _what(kind, changed)], sort=False):
        indicator, sex, change = what
        shown = (
            [_with_values(row) for row in same.itertuples()] if kind == REVISED else _named(same)
        )
        lines.append(f"  {_series(indicator, sex)}{change}: {listed(shown, MOST_AREAS)}")
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], f"  and {more} more; --out has them all"]


def _what(kind: str, changed: pd.DataFrame) -> pd.Series:
    """Say what changed, in words that are the same for all areas it happened to."""
    if kind in (REVISED, NEW_INDICATOR):
        words = changed["period"]
    elif kind == GONE_INDICATOR:
        words = changed["old_period"]
    elif kind in (NEW_PERIOD, EARLIER):
        words = changed["old_period"] + " → " + changed["period"]
    else:
        words = changed["old_comparison"] + " → " + changed["comparison"]
    return ", " + words.rename("what")


def _with_values(row: Any) -> str:
    decimals = _decimals(row.indicator)
    then, now = (
        "no figure" if pd.isna(value) else number(value, decimals)
        for value in (row.old_value, row.value)
    )
    return f"{row.subject_name} {then} → {now}"


def _named(changed: pd.DataFrame) -> list[str]:
    return list(changed["subject_name"])


def _series(indicator: str, sex: str) -> str:
    known = load_catalogue().indicators.get(indicator)
    return series_name(known.name if known else indicator, sex)


def _decimals(indicator: str) -> int:
    known = load_catalogue().indicators.get(indicator)
    return known.decimals if known else 2


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
