"""Which series of each indicator a briefing shows, and each series by place and period."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ineqlib.catalogue import Indicator
from ineqlib.facts.profile import Profile
from ineqlib.observations import HAS_VALUE
from ineqlib.text import series_name

FEW_PERIODS = 4
"""With fewer periods than this, nothing says how often a series is published."""
TREND_COLUMNS = [
    *("role", "area_name", "period", "period_start", "period_end"),
    *("value", "lower_ci", "upper_ci", "status"),
]


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
        return self.rows[self.rows["role"].to_numpy() == role]

    def latest(self, role: str) -> pd.Series | None:
        """Newest row of one place, whether or not it has a value."""
        places = np.flatnonzero(self.rows["role"].to_numpy() == role)
        return self.rows.iloc[places[-1]] if len(places) else None


def same_period(rows: pd.DataFrame, newest: Any) -> list[int]:
    """Return the `row` of those of the same sex, age and period as `newest`, a row or a record."""
    same = np.ones(len(rows), dtype=bool)
    for name in ("sex", "age"):
        same &= rows[name].to_numpy() == getattr(newest, name)
    for name in ("period_start", "period_end"):
        same &= rows[name].to_numpy() == getattr(newest, name).to_datetime64()
    found: list[int] = rows["row"].to_numpy()[same].tolist()
    return found


def series_shown(profile: Profile) -> list[Series]:
    """Return the series of a briefing in catalogue order.

    An indicator is shown for everybody where it is published so, else for men and women apart. Of
    several ages or lengths of period it is shown as the catalogue defines it, else the newest.
    """
    return profile.once(_series_shown)


def _series_shown(profile: Profile) -> list[Series]:
    rows = profile.totals
    series = []
    sexes, definitions = rows["sex"].to_numpy(), _definitions(rows)
    held = rows.groupby("indicator_id", sort=False).indices
    for indicator in profile.indicators:
        if indicator.id not in held:
            continue
        where = held[indicator.id]
        age, length, chosen = _defined({n: c[where] for n, c in definitions.items()}, indicator)
        where = where[chosen]
        by_sex = {sex: where[sexes[where] == sex] for sex in dict.fromkeys(sexes[where])}
        shown = ["Persons"] if "Persons" in by_sex else list(by_sex)
        for sex in shown:
            found = rows.take(by_sex[sex])
            series.append(Series(indicator, sex, age, length, found, len(shown) > 1))
    return series


def one_definition(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Keep one age and one length of period, never a mixture."""
    return rows[_defined(_definitions(rows), indicator)[2]]


def _definitions(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    return {name: rows[name].to_numpy() for name in ("age", "period_end", "months")}


def _defined(columns: dict[str, np.ndarray], indicator: Indicator) -> tuple[str, int, np.ndarray]:
    """Return the age and length of period to show, and which rows are of both."""
    ages, ends, months = columns["age"], columns["period_end"], columns["months"]
    # Newest first; of one end the longest; then as the rows come.
    order = np.lexsort((np.arange(len(ages)), -months, -ends.astype("int64")))
    as_defined = ages[order] == indicator.age
    age = indicator.age if as_defined.any() else str(ages[order[0]])
    of_age = ages == age
    lengths = months[order[of_age[order]]]
    wanted = 12 * (indicator.pooling_years or 0)
    length = int(wanted if (lengths == wanted).any() else lengths[0])
    return age, length, of_age & (months == length)


def _step(series: Series) -> float:
    """Time between periods (ns): as usual in the series, or its period's own if it has few."""
    starts = np.unique(series.rows["period_start"].to_numpy())
    if len(starts) < FEW_PERIODS:
        return float(pd.Timedelta(days=366 * max(1, series.months // 12)).value)
    return float(np.median(np.diff(starts).astype("int64")))


def trend_frame(series: Series, roles: list[str]) -> pd.DataFrame:
    """Return the points of a trend chart: place, period, its midpoint, value and limits.

    Rows without a value stay, as gaps. `segment` counts up where periods are missing in between,
    so that a line is never drawn across years nobody published.
    """
    columns = {name: series.rows[name].to_numpy() for name in TREND_COLUMNS}
    wanted = [role in roles for role in columns["role"]]
    columns = {name: values[wanted] for name, values in columns.items()}
    start, end = columns["period_start"], columns["period_end"]
    missing = [status not in HAS_VALUE for status in columns["status"]]
    segment = np.zeros(len(missing), dtype=np.int64)
    longest = _step(series) * 1.5
    for role in roles:
        places = np.flatnonzero(columns["role"] == role)
        segment[places[1:]] = np.cumsum(np.diff(start[places]).astype("int64") > longest)
    return pd.DataFrame(
        {
            "role": columns["role"],
            "place": columns["area_name"],
            "period": columns["period"],
            "mid": start + (end - start) / 2,
            "value": np.where(missing, np.nan, columns["value"]),
            "lower_ci": np.where(missing, np.nan, columns["lower_ci"]),
            "upper_ci": np.where(missing, np.nan, columns["upper_ci"]),
            "segment": segment,
            "status": columns["status"],
        }
    )
