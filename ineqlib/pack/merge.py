"""One row per figure: of several rows for one figure, which stands, and why the others do not.

Neither the names of the files nor their order has a part in it.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.observations import COLUMNS, KEY, conform
from ineqlib.pack.editions import Edition
from ineqlib.pack.merge_evidence import WORDS, scored
from ineqlib.pack.merge_reasons import (
    ABSENT,
    BESIDE,
    CONFLICT,
    CONTRADICTS,
    EARLIER,
    FILE,
    LOST_BY,
    REPEATED,
    SAME,
    SAME_VALUE,
    SAME_VALUE_ALONE,
    WITHDRAWN,
    WITHHELD,
    set_aside_of,
    without_value,
    without_what_differs,
)
from ineqlib.sources.base import SetAside
from ineqlib.sources.texts import is_categories, repeated, stacked

ROUNDING_SLACK = 1 + 1e-6
"""So that 0.05 computed in binary is not more than 0.05."""

ROWS_AT_ONCE = 50_000
"""Of whole indicators that are compared together; no figure is of two."""

_EDITION = ("published", "last_day", "accessed", "dated")
_FULLER = ("names_publisher", "present_code", "filled", "series_rows")
"""Of rows that say the same with as many decimals, which is kept: it settles notes and source."""


class Merged(NamedTuple):
    """What became of the rows of several files.

    Parameters
    ----------
    rows
        One a figure. A figure of which no row stands is there without a value, its note saying so.
    set_aside
        Of each file, in the order given.
    undecided
        The figures of which no row stands, or which are withheld because one of them is.
    """

    rows: pd.DataFrame
    set_aside: list[list[SetAside]]
    undecided: pd.DataFrame


def repeats(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows of a file say what an earlier one says, be it in other words beside it.

    They are left out before anything is counted or added up; rows that agree in rounded values, or
    once codes are those of the present, `merge` finds. The rows may be those of several files, as
    `numbered` puts them together.
    """
    of_file = [FILE] if FILE in rows else []
    columns = [*of_file, *(name for name in COLUMNS if name not in WORDS)]
    several = repeated(rows, [*of_file, *KEY])
    return rows.loc[several, columns].duplicated().reindex(rows.index, fill_value=False)


def numbered(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Put the observations of several files into one table, beside each row its file's number."""
    return stacked([frame.assign(**{FILE: number}) for number, frame in enumerate(frames)])


def merge(
    rows: pd.DataFrame,
    editions: list[Edition],
    once: Collection[int] = (),
) -> Merged:
    """Keep each figure of several files once.

    The later edition stands: the file published later, else the one that goes on longer with the
    indicator, else the one downloaded later, else the one dated later inside. If it withholds the
    figure, or has no value where the same source had one, the figure is withdrawn. Where that
    decides nothing, a final figure stands before a provisional one, and a row with more of limits,
    count and denominator before one with fewer. Rows that agree with what stands, up to the coarser
    rounding of the two files, say the same; of these the one with limits, then the one with more
    decimals, is kept. Rows that differ with nothing to decide between them are all set aside; where
    only limits, count or denominator do, the value is kept without them.

    Parameters
    ----------
    rows
        Observations in the tidy contract, as `numbered` puts them together.
    editions
        Dates of each file.
    once
        Numbers of the files that are known to give each figure once.
    """
    compared = _to_compare(rows, once)
    again = compared[repeated(compared, KEY)]
    if again.empty:
        kept = conform(rows, categories=True)
        return Merged(kept, [[] for _ in editions], conform(again))
    parted = [_copies(block) for block in _blocks(again)]
    copies = pd.concat([same for same, _ in parted])
    judged = [_left_out(differing, rows, editions) for _, differing in parted]
    left_out = pd.concat([block for block in judged if len(block)] or judged)
    undecided = left_out[left_out["reason"].isin([CONFLICT, CONTRADICTS, WITHHELD])]
    undecided = undecided.drop_duplicates(KEY)
    empty = without_value(undecided[undecided["reason"] != WITHHELD])
    stands = rows.drop(index=left_out.index.union(copies.index))
    kept = stacked([without_what_differs(stands, left_out), empty])
    return Merged(
        conform(kept, categories=True),
        set_aside_of(left_out, copies, len(editions)),
        conform(undecided),
    )


def _to_compare(rows: pd.DataFrame, once: Collection[int]) -> pd.DataFrame:
    """Leave out the rows of indicators that one file alone has, and gives each figure of once."""
    if not once:
        return rows
    files = rows[["indicator_id", FILE]].drop_duplicates()["indicator_id"].value_counts()
    shared = files.index[files > 1]
    return rows[~rows[FILE].isin(list(once)) | rows["indicator_id"].isin(shared)]


def _blocks(again: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of a few indicators at a time: comparing takes many times their memory."""
    indicator = again["indicator_id"]
    rows = indicator.value_counts(sort=False)
    for _, names in rows.groupby(rows.cumsum() // ROWS_AT_ONCE):
        yield again[indicator.isin(names.index)]


def _copies(again: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part repeated rows: copies of figures whose rows are all the same, and rows that differ.

    Whichever of equal rows is kept, the figure is the same. Most rows that come in two files are
    such, as those of unitary authorities are in the files of both tiers; the others are compared
    by a dozen columns more, which takes memory.
    """
    different = again[~again.duplicated(list(COLUMNS))]
    figure = again.groupby(KEY, dropna=False, sort=False, observed=True).ngroup()
    differs = different.index[different.duplicated(KEY, keep=False)]
    is_same = ~figure.isin(figure[differs])
    kept_from = again[FILE].groupby(figure).transform("first")
    reason = kept_from.eq(again[FILE]).map({True: REPEATED, False: SAME})
    copies = again[[FILE]].assign(reason=reason)[is_same & figure.duplicated()]
    return copies, again[~is_same]


def _left_out(again: pd.DataFrame, rows: pd.DataFrame, editions: list[Edition]) -> pd.DataFrame:
    """Return the rows of figures given differently that are not kept, each with its reason."""
    if again.empty:
        return again.assign(reason="", kept=float("nan"), figure=0)
    texts = {name: again[name].astype("string") for name in again if is_categories(again[name])}
    every = _judged(scored(again.assign(**texts), rows, editions))
    return every[every["reason"] != ""]


def _judged(again: pd.DataFrame) -> pd.DataFrame:
    """Give each row that is not kept its reason; the row kept has none."""
    again = again.assign(reason="", has=again["value"].notna(), lost_by="")
    again["withholds"] = again["status"] == "suppressed"
    sourced = again.groupby(["figure", "source"])["has"].transform("any")
    stands = again["has"] | again["withholds"] | sourced
    again["stands"] = stands | ~stands.groupby(again["figure"]).transform("any")
    # Asked again: a row that is out no longer keeps the others from answering.
    again = _narrowed(again, (*_EDITION, *_EDITION))
    again = _withdrawn(again)
    again = _narrowed(again, (*_EDITION, "final", *_EDITION, "complete", *_EDITION))
    again = again.sort_values(
        ["stands", "decimals", "content", FILE], ascending=[False, False, True, True], kind="stable"
    )
    again["standing"], again["beside"] = _of_first(again, "value"), _of_first(again, "decimals")
    again["agrees"] = _agrees(again)
    clash = again["stands"] & again["has"] & ~again["agrees"]
    again["conflict"] = clash.groupby(again["figure"]).transform("any")
    return _kept(again)


def _narrowed(again: pd.DataFrame, questions: Iterable[str]) -> pd.DataFrame:
    """Let rows no longer stand that answer a question worse than another row of their figure."""
    figure, stands = again["figure"].to_numpy(), again["stands"].to_numpy(bool)
    lost_by = again["lost_by"].to_numpy(object, copy=True)
    figures = int(figure.max(initial=-1)) + 1
    for question in questions:
        answer = again[question].fillna(np.inf).to_numpy("float64")
        best = np.full(figures, -np.inf)
        np.maximum.at(best, figure[stands], answer[stands])
        # Where a row that stands has no answer, the question is passed over.
        loses = stands & (answer < best[figure]) & (best[figure] < np.inf)
        stands = stands & ~loses
        lost_by[loses] = question
    return again.assign(stands=stands, lost_by=pd.array(lost_by, dtype=again["lost_by"].dtype))


def _withdrawn(again: pd.DataFrame) -> pd.DataFrame:
    """Part figures that a later edition withdraws from those that a row without value leaves be."""
    figure, stands = again["figure"], again["stands"]
    any_value = (stands & again["has"]).groupby(figure).transform("any")
    withheld = (stands & again["withholds"]).groupby(figure).transform("any")
    reason = again["reason"].mask(again["has"] & (withheld | ~any_value), WITHDRAWN)
    reason = reason.mask(again["has"] & stands & withheld, WITHHELD)
    gives_way = again["has"].where(withheld, any_value & ~again["has"])
    return again.assign(reason=reason, stands=stands & ~gives_way)


def _rounding(again: pd.DataFrame) -> pd.Series:
    """Return how far each row's numbers may be from those of its figure's first, as rounded."""
    return 0.5 * 10.0 ** -again[["decimals", "beside"]].min(axis=1) * ROUNDING_SLACK


def _agrees(again: pd.DataFrame) -> pd.Series:
    """Tell which rows say what the first of their figure says; no value agrees with no value."""
    close = (again["value"] - again["standing"]).abs() <= _rounding(again)
    return close | (again["value"].isna() & again["standing"].isna())


def _kept(again: pd.DataFrame) -> pd.DataFrame:
    """Choose the row kept of each figure, and say why the others are not."""
    again["no_limits"] = again["lower_ci"].isna()
    may_stay = again["agrees"] & (again["reason"] == "") & ~again["conflict"]
    # Of the later edition are its limits too, however coarse its values.
    may_stay &= again["stands"] | ~_differs_beside(again)
    again = again.assign(out=~may_stay).sort_values(
        [*("out", "no_limits", "decimals", "stands"), *_FULLER, "content", FILE],
        ascending=[True, True, False, False, *[False] * len(_FULLER), True, True],
        kind="stable",
    )
    is_kept = ~again["out"] & ~again.duplicated("figure")
    again["kept"] = _of_first(again, "value").mask(again["conflict"])
    own = _of_first(again, FILE) == again[FILE]
    in_one_file = again.groupby("figure")[FILE].transform("nunique") == 1
    reason = again["lost_by"].map(LOST_BY).fillna("")
    reason = reason.mask(again["agrees"], SAME).mask(again["agrees"] & own, REPEATED)
    differs = again["agrees"] & _differs_beside(again)
    reason = reason.mask(differs & ~own, SAME_VALUE)
    reason = reason.mask(differs & _is_undecided(again), SAME_VALUE_ALONE)
    reason = reason.mask(again["conflict"], EARLIER)
    reason = reason.mask(~again["has"] & (again["kept"].notna() | again["conflict"]), ABSENT)
    reason = reason.mask(again["conflict"] & again["stands"], CONFLICT)
    reason = reason.mask(again["conflict"] & in_one_file, CONTRADICTS)
    again["reason"] = again["reason"].mask(again["reason"] == "", reason).mask(is_kept, "")
    return again


def _differs_beside(again: pd.DataFrame) -> pd.Series:
    """Tell which rows have other limits, another count or denominator than their figure's first."""
    rounding = _rounding(again)
    differs = pd.Series(False, again.index)
    for name in BESIDE:
        slack = rounding if name.endswith("_ci") else 0.5
        differs |= (again[name] - _of_first(again, name)).abs() > slack
    return differs


def _is_undecided(again: pd.DataFrame) -> pd.Series:
    """Tell which rows are of no other edition than their figure's first, nor of an extract."""
    alike = again["names_publisher"] == _of_first(again, "names_publisher")
    return again["stands"] & _of_first(again, "stands") & alike


def _of_first(again: pd.DataFrame, column: str) -> pd.Series:
    """Return what the first row of each row's figure has in a column, be it nothing."""
    first = np.flatnonzero(~again["figure"].duplicated())
    place = first[pd.factorize(again["figure"])[0]]  # which numbers the figures as they come
    return pd.Series(again[column].array.take(place), again.index)
