"""One row per figure: the same figure from several files is kept once."""

import pandas as pd

from ineqlib.observations import KEY
from ineqlib.sources.base import SetAside

FILE = "file"
"""Extra column: number of the file a row came from."""

ROUNDING_SLACK = 1 + 1e-6
"""So that 0.05 computed in binary is not more than 0.05."""


def merge(frames: list[pd.DataFrame]) -> tuple[pd.DataFrame, list[list[SetAside]]]:
    """Join observations of several files, keeping each figure once.

    Of several rows for one figure, the value stands of the file that goes on longest with the
    indicator: publishers revise, and that file is the later edition. Rows that agree with it up to
    the coarser rounding of the two files say the same; of these the one with limits, then the one
    with more decimals, is kept. A row that differs is set aside and counted, with examples.

    Parameters
    ----------
    frames
        Observations in the tidy contract, one frame per file.

    Returns
    -------
    tuple
        The observations, and for each file what was set aside.
    """
    rows = pd.concat(
        [frame.assign(**{FILE: number}) for number, frame in enumerate(frames)], ignore_index=True
    )
    repeated = rows.duplicated(KEY, keep=False)
    if not repeated.any():
        return rows.drop(columns=FILE), [[] for _ in frames]
    decimals, edition = _decimals(rows), _edition(rows)
    again = rows[repeated].assign(decimals=decimals, edition=edition)
    again = _beside_first(again, ["no_value", "edition", "no_limits", "fewer"], "standing")
    again["differs"] = ~_agrees(again, "standing")
    again = _beside_first(again, ["no_value", "differs", "no_limits", "fewer"], "kept")
    left_out = again[again.duplicated(KEY)]
    kept = rows.drop(index=left_out.index).drop(columns=FILE).reset_index(drop=True)
    return kept, [_asides(left_out[left_out[FILE] == number]) for number in range(len(frames))]


def _decimals(rows: pd.DataFrame) -> pd.Series:
    """Return how finely each row's file gives the row's indicator: the most decimals seen."""
    text = rows["value"].map("{:.10f}".format).str.rstrip("0")
    decimals = text.str.partition(".")[2].str.len()
    return decimals.groupby([rows[FILE], rows["indicator_id"]]).transform("max")


def _edition(rows: pd.DataFrame) -> pd.Series:
    """Return minus the last day each row's file has of the row's indicator: later sorts first."""
    last = rows.groupby([FILE, "indicator_id"])["period_end"].transform("max")
    return -last.astype("int64")


def _beside_first(rows: pd.DataFrame, merit: list[str], name: str) -> pd.DataFrame:
    """Sort rows by merit, and put beside each the value and decimals of the first of its figure."""
    rows = rows.assign(
        no_value=rows["value"].isna(), no_limits=rows["lower_ci"].isna(), fewer=-rows["decimals"]
    ).sort_values([*merit, FILE], kind="stable")
    first = rows.groupby(KEY, sort=False)[["value", "decimals"]].transform("first")
    return rows.assign(**{name: first["value"], f"{name}_decimals": first["decimals"]})


def _agrees(rows: pd.DataFrame, name: str) -> pd.Series:
    rounding = 0.5 * 10.0 ** -rows[["decimals", f"{name}_decimals"]].min(axis=1)
    return (rows["value"] - rows[name]).abs() <= rounding * ROUNDING_SLACK


def _asides(left_out: pd.DataFrame) -> list[SetAside]:
    """Say why one file's repeated rows were not kept."""
    absent = left_out["value"].isna()
    differs = left_out["differs"] & ~absent
    reasons = {
        "no value here; the row kept is from another file": absent,
        "the same figure is kept from another file": ~absent & ~differs,
        "differs from the figure kept, of a later edition or with limits or more decimals": differs,
    }
    return [
        SetAside(reason, int(chosen.sum()), _examples(left_out[chosen & differs]))
        for reason, chosen in reasons.items()
        if chosen.any()
    ]


def _examples(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{row.indicator_id} {row.area_code} {row.period} {row.sex}: {row.value:.10g}, "
        f"kept {row.kept:.10g}"
        for row in rows.head(5).itertuples(index=False)
    )
