"""Counts of deprivation groups against those of everybody in the same area."""

from collections.abc import Iterator

import pandas as pd

from ineqlib.errors import listed
from ineqlib.observations import Dimension
from ineqlib.sources.plausible.finding import FEWEST, SLACK, Context, Doubt, counts_of

_ALL = "indicator_id area_code period_start period_end sex age".split()
_COUNTED = ("count", "denominator")


def groups_above_total(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find totals that are fewer than the people of their deprivation groups together."""
    for what in _COUNTED:
        sums = _beside_groups(rows, what)
        above = sums["shown"] - sums["total"]
        told = f"the {what} of all to be no less than those of its deprivation groups together"
        yield from _doubted(rows, sums[above > _slack(sums)], told)


def people_in_no_group(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find totals that are more than all their deprivation groups together."""
    for what in _COUNTED:
        sums = _beside_groups(rows, what)
        more = sums["whole"] & (sums["total"] - sums["shown"] > _slack(sums))
        told = f"the {what} of all to be those of its deprivation groups together"
        yield from _doubted(rows, sums[more], told)


def _slack(sums: pd.DataFrame) -> pd.Series:
    return (SLACK * sums["total"]).clip(lower=FEWEST)


def _doubted(rows: pd.DataFrame, sums: pd.DataFrame, expected: str) -> Iterator[Doubt]:
    if len(sums):
        both = zip(sums["total"], sums["shown"], strict=True)
        told = listed(f"{total:,g}, and its groups {shown:,g}" for total, shown in both)
        wrong = pd.Series(rows.index.isin(sums.index), rows.index)
        yield Doubt(wrong, f"{expected} ({told})")


def _has_any(rows: pd.DataFrame, what: str) -> bool:
    return bool(rows[what].notna().any() or (what == "count" and counts_of(rows).notna().any()))


def _beside_groups(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return of each total what it counts (`total`), its groups do (`shown`), and if all are there.

    Of several ways to make groups, the one that gives most.
    """
    none = pd.DataFrame({"total": [], "shown": [], "whole": []}, dtype="float64")
    if not (rows["subgroup_order"].notna().any() and _has_any(rows, what)):
        return none
    number = {text: Dimension.parse(text).groups for text in rows["dimension"].unique()}
    by_groups = [text for text, groups in number.items() if groups]
    if not by_groups or "" not in number:
        return none
    counts = counts_of(rows) if what == "count" else rows[what]
    table = rows[[*_ALL, "dimension"]].assign(counted=counts).dropna(subset="counted")
    parts = table[table["dimension"].isin(by_groups)].groupby([*_ALL, "dimension"], observed=True)
    sums = parts["counted"].agg(shown="sum", number="count").reset_index()
    sums["whole"] = sums["number"] == sums["dimension"].map(number).astype("int64")
    most = sums.sort_values("shown").drop_duplicates(_ALL, keep="last").set_index(_ALL)
    totals = table[table["dimension"] == ""].rename(columns={"counted": "total"})
    joined = totals.join(most[["shown", "whole"]], on=_ALL).dropna(subset="shown")
    return joined.assign(whole=joined["whole"].astype("bool"))
