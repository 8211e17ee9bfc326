"""One series of every area of a tier, as arrays: how all of them moved, and where it breaks."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ineqlib.catalogue import Indicator
from ineqlib.errors import ParameterError, listed
from ineqlib.estimate import LIMITS_APART, FloatArray
from ineqlib.facts.profile import Profile, read_profile
from ineqlib.facts.rows import Row, read_rows
from ineqlib.facts.series import Series, series_shown
from ineqlib.facts.shared import tiers
from ineqlib.measures.panel import Panel
from ineqlib.measures.segments import segments
from ineqlib.pack import Pack
from ineqlib.text import plural

FEWEST_AREAS, MOST_PERIODS = 12, 20
"""Areas with a figure that a period needs to tell how areas move, and periods looked back on."""
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class TierSeries:
    """A series of an area, with the figures of all areas of its tier."""

    profile: Profile
    """The area, its country, and the areas most like it."""
    series: Series
    """The area's rows and the country's."""
    codes: tuple[str, ...]
    """The areas, one a row of the panel."""
    rows: dict[str, dict[str, Row]]
    """By code and label of the period."""
    labels: tuple[str, ...]
    """The periods, one a column of the panel."""
    panel: Panel
    """Figures of all areas, with standard errors by their intervals where nearly all have one, and
    when each period ends."""
    left_out: tuple[str, ...]
    """Labels of periods off the line of those beside them."""

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.series.indicator

    @property
    def name(self) -> str:
        """What is measured, and whose figures they are."""
        return self.series.name

    @property
    def breaks(self) -> list[str]:
        """The periods with which all areas move at once, by label; not those publishers tell."""
        begins = np.flatnonzero(np.diff(self.panel.segments)) + 1
        told = self.told_breaks
        return [self.labels[at] for at in begins if self.labels[at] not in told]

    @property
    def told_breaks(self) -> list[str]:
        """The periods with which the series breaks as its publisher says, by label."""
        rows = {row.period: row.period_start for row in self.series.rows}
        return [label for label in self.labels if rows.get(label) in self.series.breaks]

    def are(self, codes: tuple[str, ...]) -> NDArray[np.bool_]:
        """Tell which areas are among some codes."""
        return np.array([code in codes for code in self.codes], dtype=bool)

    def newest(self, role: str) -> Row | None:
        """Newest row of the area or of the country that has a figure."""
        with_value = [row for row in self.series.of(role) if row.has_value]
        return with_value[-1] if with_value else None


def read_tier_series(pack: Pack, area: str, indicator: Indicator, sex: str) -> TierSeries | None:
    """Read a series of an area and of all areas of its tier; None where the area has none.

    An empty sex stands for those a briefing names first; one it is not published for is refused.
    """
    profile = read_profile(pack, area, comparators=["country", "neighbours"], indicator_set=[])
    profile = replace(profile, indicators=(indicator,))
    shown = [series for series in series_shown(profile) if series.of("area")]
    if not shown:
        return None
    wanted = [series for series in shown if sex in ("", series.sex)]
    if not wanted:
        there = listed(f"'{series.sex}'" for series in shown)
        raise ParameterError(
            f"{indicator.public_name} ({indicator.id}) of {profile.area.name} has no figures for "
            f"'{sex}'. It has {there}."
        )
    return _whole(profile, wanted[0])


def _whole(profile: Profile, series: Series) -> TierSeries:
    code, by_tier = profile.area.code, profile.pack.shared(tiers)
    # Of a unitary authority, whichever tier the indicator is published for.
    ways = [profile.tier | {code}, *([by_tier.upper] if code in by_tier.upper else [])]
    everywhere = frozenset().union(*ways)
    rows: dict[str, dict[str, Row]] = {area: {} for area in everywhere}
    ends, starting = {}, {}
    roles = ((area, "area") for area in sorted(everywhere))
    for row in read_rows(profile.pack, (series.indicator.id,), *roles):
        same = (row.sex, row.age, row.months) == (series.sex, series.age, series.months)
        if same and not row.dimension and row.has_value:
            rows[row.area_code][row.period] = row
            ends[row.period], starting[row.period] = row.period_end, row.period_start
    codes = tuple(sorted(max(ways, key=lambda way: sum(bool(rows[area]) for area in way))))
    labels = sorted(ends, key=lambda label: ends[label])
    value = _array(rows, codes, labels, "value")
    many = np.isfinite(value).sum(axis=0) >= FEWEST_AREAS
    starts = np.array([starting[label] for label in labels])[many]
    numbers = _parted(segments(value[:, many]), starts, series)
    kept = np.flatnonzero(many)[numbers >= 0][-MOST_PERIODS:]
    odd = np.flatnonzero(many)[numbers < 0]
    lower, upper = (_array(rows, codes, labels, limit) for limit in ("lower_ci", "upper_ci"))
    se = (upper - lower) / LIMITS_APART
    used = [labels[at] for at in kept]
    value, se = value[:, kept], se[:, kept]
    has_se = np.isfinite(value).sum() and np.isfinite(se).sum() > 0.9 * np.isfinite(value).sum()
    return TierSeries(
        profile,
        series,
        codes,
        rows,
        tuple(used),
        Panel(
            np.where(np.isfinite(se), value, np.nan) if has_se else value,
            np.array([ends[label].toordinal() / DAYS_A_YEAR for label in used]),
            series.months // 3 / 4,
            se if has_se else None,
            numbers[numbers >= 0][-MOST_PERIODS:],
        ),
        tuple(labels[at] for at in odd),
    )


def _parted(
    numbers: NDArray[np.intp], starts: NDArray[np.object_], series: Series
) -> NDArray[np.intp]:
    """Number segments anew that also end where publishers say that the series breaks."""
    later = np.array([sum(broken <= start for broken in series.breaks) for start in starts])
    return np.where(numbers < 0, numbers, numbers + later.astype(np.intp))


def _array(
    rows: dict[str, dict[str, Row]], codes: tuple[str, ...], labels: list[str], what: str
) -> FloatArray:
    empty = float("nan")
    return np.array(
        [
            [getattr(rows[code][label], what) if label in rows[code] else empty for label in labels]
            for code in codes
        ]
    ).reshape(len(codes), len(labels))


def breaks_in_words(series: TierSeries) -> str:
    """Say where the series breaks and what is left out of it; empty where nothing is."""
    parts = []
    if series.told_breaks:
        told = listed(series.told_breaks, 5)
        parts.append(
            f"The series breaks with {told}, says its publisher: no run leads across that."
        )
    if series.breaks:
        parts.append(
            f"All areas moved at once, far more than usual, with {listed(series.breaks, 5)}: no "
            "run leads across that."
        )
    if series.left_out:
        verb = "lies" if len(series.left_out) == 1 else "lie"
        parts.append(
            f"{listed(series.left_out, 5)} {verb} far off the periods beside it in all areas, and "
            f"no run begins or ends there ({plural(len(series.left_out), 'period')})."
        )
    return " ".join(parts)
