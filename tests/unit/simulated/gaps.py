"""Draw a country whose areas' gaps are published without an interval; all but some stay level."""

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd

from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.pack import Pack, open_pack, write_pack

from .country import COUNTRY, META, tables

catalogue = load_catalogue()
GAP = catalogue["life_expectancy_inequality"]
OTHERS = (
    *("early_communication", "ks2_expected_standard", "gcse_english_maths", "persistent_absence"),
    *("claimant_count", "children_relative_poverty", "fuel_poverty"),
)
"""Figures without an interval that stand beside it: they tell how restless an area is."""
YEARS = np.arange(2015, 2025)
POOLED = 3
NOISE = 2.4
"""Standard deviation of one year's gap, in years of life: as large as in districts of England."""


def make_gaps(
    folder: Path, *, areas: int, seed: int, moving: Collection[int] = (), by: float = 0.0
) -> tuple[Pack, list[str]]:
    """Write a pack of rolling gaps of three years; return it with the codes of its areas.

    Parameters
    ----------
    moving, by
        Places in the list of the areas whose gap grows steadily, and by how much in all.
    """
    rng = np.random.default_rng(seed)
    codes = [f"X06{number:06d}" for number in range(1, areas + 1)]
    grown = np.zeros((areas, len(YEARS)))
    grown[list(moving)] = by * np.linspace(0, 1, len(YEARS))
    frames = [_rolling(rng, GAP, codes, grown)]
    frames += [_rolling(rng, catalogue[name], codes, 0 * grown) for name in OTHERS]
    observations = pd.concat(frames, ignore_index=True)
    write_pack(folder, tables(codes, observations, [GAP.id, *OTHERS]), META)
    return open_pack(folder), codes


def _rolling(
    rng: np.random.Generator, indicator: Indicator, codes: list[str], grown: np.ndarray
) -> pd.DataFrame:
    """Draw averages of three years of every area, and of the country."""
    level = rng.normal(8, 3, len(codes))[:, None]
    yearly = level + grown + rng.normal(0, NOISE, grown.shape)
    rolling = np.lib.stride_tricks.sliding_window_view(yearly, POOLED, axis=1).mean(axis=-1)
    whole = pd.DataFrame(np.vstack([rolling, rolling.mean(axis=0)]), index=[*codes, COUNTRY])
    rows = whole.rename_axis("area_code").reset_index().melt("area_code", var_name="first")
    start, end = (YEARS[0] + rows["first"].astype(int) + later for later in (0, POOLED - 1))
    return rows.drop(columns="first").assign(
        indicator_id=indicator.id,
        area_name=rows["area_code"],
        area_type=np.where(rows["area_code"] == COUNTRY, "country", "lad"),
        period=start.astype(str) + " to " + end.astype(str),
        period_start=pd.to_datetime(start.astype(str) + "-01-01"),
        period_end=pd.to_datetime(end.astype(str) + "-12-31"),
        value=rows["value"].round(1),
        sex="Male" if indicator is GAP else "Persons",
        age=indicator.age,
        unit=indicator.unit,
        status="ok",
        source="simulated",
    )
