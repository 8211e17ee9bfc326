"""Which series of each indicator a briefing shows, and each series by place and period."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ineqlib.catalogue import Indicator
from ineqlib.facts.profile import Profile
from ineqlib.observations import HAS_VALUE
from ineqlib.text import series_name

FEW_PERIODS = 4
"""With fewer periods than this, nothing says how often a series is published."""


@dataclass(frozen=True)
class Series:
    """One indicator for one sex, age and length of period, in the area and its comparators.

    Parameters
    ----------
    rows
        Rows of the tidy contract with `role`, oldest first, those without a value included.
    one_of_two
        Whether the indicator is shown for men and women apart.
    """

    indicator: Indicator
    sex: str
    age: str
    months: int
    rows: pd.DataFrame
    one_of_two: bool = False

    @property
    def name(self) -> str:
        """The indicator's public name and, where it has a figure for each sex, whose this is."""
        return series_name(self.indicator.public_name, self.sex if self.one_of_two else "")

    def of(self, role: str) -> pd.DataFrame:
        """Rows of one place, oldest first."""
        return self.rows[self.rows["role"] == role]

    def latest(self, role: str) -> pd.Series | None:
        """Newest row of one place, whether or not it has a value."""
        rows = self.of(role)
        return None if rows.empty else rows.iloc[-1]


def same_period(rows: pd.DataFrame, newest: pd.Series) -> pd.DataFrame:
    """Keep the rows of the same sex, age and period as `newest`."""
    columns = ["sex", "age", "period_start", "period_end"]
    return rows[(rows[columns] == newest[columns]).all(axis=1)]


def series_shown(profile: Profile) -> Iterator[Series]:
    """Yield the series of a briefing in catalogue order.

    An indicator is shown for everybody where it is published so, else for men and women apart. Of
    several ages or lengths of period it is shown as the catalogue defines it, else the newest.
    """
    held = dict(tuple(profile.totals.groupby("indicator_id", sort=False)))
    for indicator in profile.indicators:
        if indicator.id not in held:
            continue
        rows = one_definition(held[indicator.id], indicator)
        by_sex = dict(tuple(rows.groupby("sex", sort=False)))
        shown = ["Persons"] if "Persons" in by_sex else list(by_sex)
        for sex in shown:
            first = by_sex[sex].iloc[0]
            age, length = str(first["age"]), int(first["months"])
            yield Series(indicator, sex, age, length, by_sex[sex], len(shown) > 1)


def one_definition(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Keep one age and one length of period, never a mixture."""
    newest_first = rows.sort_values(["period_end", "months"], ascending=False)
    as_defined = newest_first["age"] == indicator.age
    age = newest_first.loc[as_defined if as_defined.any() else slice(None), "age"].iloc[0]
    rows = rows[rows["age"] == age]
    lengths = newest_first.loc[newest_first["age"] == age, "months"]
    wanted = 12 * (indicator.pooling_years or 0)
    length = wanted if (lengths == wanted).any() else lengths.iloc[0]
    return rows[rows["months"] == length]


def _step(series: Series) -> pd.Timedelta:
    """Time between periods: as usual in the series, or its period's own length if it has few."""
    starts = series.rows["period_start"].drop_duplicates().sort_values()
    if len(starts) < FEW_PERIODS:
        return pd.Timedelta(days=366 * max(1, series.months // 12))
    return starts.diff().median()


def trend_frame(series: Series, roles: list[str]) -> pd.DataFrame:
    """Return the points of a trend chart: place, period, its midpoint, value and limits.

    Rows without a value stay, as gaps. `segment` counts up where periods are missing in between,
    so that a line is never drawn across years nobody published.
    """
    rows = series.rows[series.rows["role"].isin(roles)].copy()
    rows["place"] = rows["area_name"]
    rows["mid"] = rows["period_start"] + (rows["period_end"] - rows["period_start"]) / 2
    missing = ~rows["status"].isin(HAS_VALUE)
    rows.loc[missing, ["value", "lower_ci", "upper_ci"]] = np.nan
    gap = rows.groupby("role")["period_start"].diff() > _step(series) * 1.5
    rows["segment"] = gap.groupby(rows["role"]).cumsum()
    columns = "role place period mid value lower_ci upper_ci segment status".split()
    return rows[columns].reset_index(drop=True)
