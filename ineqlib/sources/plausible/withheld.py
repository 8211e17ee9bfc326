"""Figures that are withheld, and whether the other rows give them away."""

from collections.abc import Iterator

import pandas as pd

from ineqlib.sources.plausible.finding import Context, Doubt
from ineqlib.sources.status import tells_count

SLACK = 0.01
"""Share by which the people of all parts may differ from everybody."""

_ALL_AGES = ("All ages", "all ages", "All", "")
_SAME = "indicator_id area_code period_start period_end sex".split()
_WHERE = "indicator_id area_code period_start period_end age dimension subgroup".split()
_WHOLE = "indicator_id area_code period_start period_end sex age".split()


def withheld_by_difference(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find withheld figures whose count is the total less the counts that are shown."""
    hidden = rows["status"] == "suppressed"
    if not hidden.any():
        return
    given_away = hidden & (
        _by_sex(rows, hidden) | _by_group(rows, hidden) | _by_people(rows, hidden)
    )
    if given_away.any():
        yield Doubt(
            given_away, "a second figure to be withheld: the total less the others gives this one"
        )


def note_tells_count(rows: pd.DataFrame, _: Context) -> Iterator[Doubt]:
    """Find withheld figures whose note says how many people or events there are."""
    hidden = rows["status"] == "suppressed"
    notes = [text for text in rows.loc[hidden, "note"].unique() if text and tells_count(text)]
    if notes:
        yield Doubt(hidden & rows["note"].isin(notes), "no count in the note of a withheld figure")


def _by_sex(rows: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Tell the rows of one of men, women and everybody of which the other two are shown."""
    touched = rows[rows["count"].notna() | hidden]
    same = touched.groupby(_WHERE)
    shown = same["count"].count()
    three = same["sex"].nunique() == 3
    return _rows_of(rows, _WHERE, three & (shown == 2))


def _by_group(rows: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Tell the rows of the one group that is withheld, where total and all others are shown."""
    total = rows[(rows["dimension"] == "") & rows["count"].notna()].groupby(_WHOLE).size()
    groups = rows[rows["subgroup_order"].notna() & (rows["dimension"] != "")]
    if groups.empty or total.empty:
        return pd.Series(False, rows.index)
    keys = [*_WHOLE, "dimension"]
    parts = groups.assign(shown=groups["count"].notna(), hidden=hidden).groupby(keys)
    number = parts["shown"].size()
    is_single = (parts["hidden"].sum() == 1) & (parts["shown"].sum() == number - 1)
    is_single &= number == parts["subgroup_order"].max()
    has_total = is_single.index.droplevel("dimension").isin(total.index)
    return _rows_of(rows, keys, is_single & has_total)


def _by_people(rows: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Tell the one age or group that is withheld of those whose people are everybody's together."""
    given_away = pd.Series(False, rows.index)
    everybody = rows["dimension"] == ""
    all_ages = rows["age"].isin(_ALL_AGES)
    for keys, is_part, is_total in (
        ([*_SAME, "dimension", "subgroup"], ~all_ages, all_ages),
        ([*_SAME, "age"], ~everybody, everybody),
    ):
        named = keys if "age" not in keys else [*keys, "dimension"]
        totals = rows[is_total & rows["count"].notna()].groupby(keys)["denominator"].sum()
        parts = rows[is_part].assign(hidden=hidden, shown=rows["count"].notna()).groupby(named)
        number, people = parts["hidden"].size(), parts["denominator"].sum(min_count=1)
        is_single = (
            (parts["hidden"].sum() == 1) & (parts["shown"].sum() == number - 1) & (number > 1)
        )
        is_single &= parts["denominator"].count() == number
        total = people.index.droplevel("dimension") if "age" in keys else people.index
        everyone = totals.reindex(total).to_numpy()
        is_single &= ((people - everyone).abs() <= SLACK * people).to_numpy()
        given_away |= is_part & _rows_of(rows, named, is_single)
    return given_away


def _rows_of(rows: pd.DataFrame, keys: list[str], is_given_away: pd.Series) -> pd.Series:
    mine = pd.MultiIndex.from_frame(rows[keys])
    return pd.Series(mine.isin(is_given_away.index[is_given_away.astype(bool)]), rows.index)
