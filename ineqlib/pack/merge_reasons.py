"""Why rows of several files for one figure are not kept, in words, and how many of each file."""

from collections import Counter

import pandas as pd

from ineqlib.observations import COLUMNS, KEY
from ineqlib.sources.base import SetAside

FILE = "file"
"""Extra column: number of the file a row came from."""

UNDECIDED = "files of this pack give different figures, and nothing says which is the later edition"
"""Note of a figure of which no row stands."""

DIFFERING_BESIDE = "without limits, count and denominator, in which files of this pack differ"
"""Note of a figure of which the value stands alone."""

BESIDE = ["lower_ci", "upper_ci", "count", "denominator"]

STATE_DATES = (
    "State when each file was published or downloaded (`published: 2026-11-03`, `accessed: "
    "2026-11-03`) in a description, or leave one of them out, and build again"
)

SAME = "the same figure is kept from another file"
REPEATED = "the same figure is kept from another row of this file"
SAME_VALUE = "the value is the one kept from another file, but limits, count or denominator differ"
SAME_VALUE_ALONE = (
    "the value is the one kept, but limits, count or denominator differ, and nothing says which "
    f"are of the later edition: it is kept without them. {STATE_DATES}"
)
ABSENT = "no value here; another row gives one"
WITHDRAWN = "withdrawn: a later edition withholds this figure or gives no value for it"
WITHHELD = (
    "another file withholds this figure, and nothing says which is the later edition, so it is "
    f"withheld. {STATE_DATES}"
)
CONFLICT = (
    "differs from another file's figure, and nothing says which is the later edition: neither is "
    f"kept. {STATE_DATES}"
)
CONTRADICTS = (
    "differs from another row of this file for the same figure: neither is kept. Leave out the "
    "wrong row, which may be of the area's older code"
)
EARLIER = "of an earlier edition; the later ones contradict each other, so none is kept"
STANDS = "differs from the figure kept, "
LOST_BY = {
    "published": STANDS + "whose file was published later, as the descriptions state",
    "last_day": STANDS + "whose file goes on longer with this indicator: the later edition",
    "accessed": STANDS + "whose file was downloaded later, as the descriptions state",
    "dated": STANDS + "whose file bears a later date in its title or notes",
    "final": STANDS + "which is final where this one is provisional",
    "complete": STANDS + "which has limits, count or denominator that this row lacks; nothing says "
    "which is the later edition",
}
"""What a row lost by -> the reason. The keys are asked in this order; a question that not every row
can answer is passed over."""


def set_aside_of(left_out: pd.DataFrame, copies: pd.DataFrame, files: int) -> list[list[SetAside]]:
    """Say of each file why its repeated rows were not kept.

    Parameters
    ----------
    left_out
        Rows that differ from the one kept, each with its `reason` and the value `kept`.
    copies
        Number of the file and reason of rows that are the same as the one kept.
    files
        How many files there are.
    """
    number = Counter(zip(copies[FILE], copies["reason"], strict=True))
    examples: dict[tuple[int, str], tuple[str, ...]] = dict.fromkeys(number, ())
    for why, rows in left_out.sort_values(KEY).groupby([FILE, "reason"], sort=True):
        number[why] += len(rows)
        examples[why] = _examples(rows, why[1])
    asides: list[list[SetAside]] = [[] for _ in range(files)]
    for why in sorted(number):
        asides[why[0]].append(SetAside(why[1], number[why], examples[why]))
    return asides


def _examples(rows: pd.DataFrame, reason: str) -> tuple[str, ...]:
    """Name the first rows, with both values; what is withheld is not told."""
    if reason in (SAME, REPEATED, ABSENT):
        return ()
    shows_values = reason not in (WITHDRAWN, WITHHELD, SAME_VALUE, SAME_VALUE_ALONE)
    return tuple(
        f"{row.indicator_id} {row.area_code} {row.period} {row.sex}"
        + (f": {row.value:.10g}, kept {_shown(row.kept)}" if shows_values else "")
        for row in rows.head(5).itertuples(index=False)
    )


def _shown(value: float) -> str:
    return "none" if pd.isna(value) else f"{value:.10g}"


def without_what_differs(kept: pd.DataFrame, left_out: pd.DataFrame) -> pd.DataFrame:
    """Return rows without limits, count and denominator where nothing says which are right."""
    doubted = left_out.loc[left_out["reason"] == SAME_VALUE_ALONE, KEY]
    if doubted.empty:
        return kept
    figures = kept[kept["indicator_id"].isin(doubted["indicator_id"].unique())]
    keys = pd.MultiIndex.from_frame(figures[KEY].astype("str"))
    rows = figures.index[keys.isin(pd.MultiIndex.from_frame(doubted.astype("str")))]
    note = kept.loc[rows, "note"].astype("object")
    between = (note != "").map({True: "; ", False: ""})
    kept = kept.assign(note=kept["note"].astype("object"))
    kept.loc[rows, BESIDE] = float("nan")
    kept.loc[rows, "note"] = note + between + DIFFERING_BESIDE
    return kept


def without_value(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row without a value for each figure of which no row stands."""
    missing = dict.fromkeys(["value", *BESIDE], float("nan"))
    words = {"status": "not_available", "comparison": "", "trend": "", "note": UNDECIDED}
    return rows[list(COLUMNS)].assign(**missing, **words)
