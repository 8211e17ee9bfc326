"""The figures that colour the map of an index page: those the catalogue calls headlines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.text import number, series_name

CLASSES = 5
"""Most classes of one map: as many as can be told apart."""
GAP = "slope_index"
"""Kind of figure that says how unequal an area is: the map begins with it."""
Figure = Mapping[str, Any]
"""A newest figure, as a document keeps it for a comparison."""


class Headline(NamedTuple):
    """One figure of all areas that have it.

    Parameters
    ----------
    name, short_name, unit, period
        What it is, in full and in a few words, in what it is counted, and when.
    values, texts
        Subject code -> the figure, and as it is written.
    classes
        Subject code -> 0 for the worst (or the highest, where the catalogue does not judge) to at
        most 4; areas of one value are of one class.
    legend
        What each class holds.
    is_judged
        Whether the first class is the worst, not only the highest.
    """

    name: str
    short_name: str
    unit: str
    period: str
    values: dict[str, float]
    texts: dict[str, str]
    classes: dict[str, int]
    legend: tuple[str, ...]
    is_judged: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Codes of the lowest and the highest area; of equal ones the first."""
        codes = sorted(self.values)
        return min(codes, key=self.values.__getitem__), max(codes, key=self.values.__getitem__)


def headlines(figures: Mapping[str, Sequence[Figure]]) -> tuple[Headline, ...]:
    """Return the headlines that at least half of the areas have, gaps first.

    Parameters
    ----------
    figures
        Subject code -> its newest figures.
    """
    catalogue = load_catalogue().indicators
    known = [indicator for indicator in catalogue.values() if indicator.headline]
    known.sort(key=lambda indicator: indicator.value_type != GAP)
    made = []
    for indicator in known:
        series: dict[tuple[str, str], dict[str, Figure]] = {}
        for code, own in figures.items():
            for figure in own:
                if figure["indicator"] == indicator.id and figure["value"] is not None:
                    series.setdefault((figure["sex"], figure["age"]), {})[code] = figure
        for (sex, age), of_areas in sorted(series.items(), reverse=True):
            headline = _headline(indicator, sex, age, of_areas)
            if 2 * len(headline.values) >= len(figures) and len(headline.values) > 1:
                made.append(headline)
    return tuple(made)


def _headline(indicator: Indicator, sex: str, age: str, of_areas: Mapping[str, Figure]) -> Headline:
    """Make a headline of the period that most areas have."""
    (period, _), *_ = Counter(own["period"] for own in of_areas.values()).most_common(1)
    values = {
        code: float(own["value"]) for code, own in of_areas.items() if own["period"] == period
    }
    texts = {code: number(value, indicator.decimals) for code, value in values.items()}
    # As they are written: of two areas with one number none is darker.
    written = {code: round(value, indicator.decimals) for code, value in values.items()}
    worst_first = sorted(set(written.values()), reverse=indicator.polarity != "favourable")
    classes = _classes(written, worst_first)
    in_short = indicator.short_name or indicator.public_name
    return Headline(
        series_name(indicator.public_name, sex, age, indicator.age),
        series_name(in_short, sex, age, indicator.age),
        indicator.unit,
        period,
        values,
        texts,
        classes,
        _legend(written, classes, indicator.decimals),
        indicator.polarity != "neutral",
    )


def _classes(written: Mapping[str, float], worst_first: Sequence[float]) -> dict[str, int]:
    """Cut areas into classes of about one size, equal values into one."""
    place = {value: n for n, value in enumerate(worst_first)}
    order = sorted(written, key=lambda code: (place[written[code]], code))
    first: dict[float, int] = {}
    for n, code in enumerate(order):
        first.setdefault(written[code], n * min(CLASSES, len(worst_first)) // len(order))
    numbered = {kind: n for n, kind in enumerate(sorted(set(first.values())))}
    return {code: numbered[first[value]] for code, value in written.items()}


def _legend(
    written: Mapping[str, float], classes: Mapping[str, int], decimals: int
) -> tuple[str, ...]:
    words = []
    for kind in sorted(set(classes.values())):
        members = [written[code] for code in classes if classes[code] == kind]
        low, high = (number(end, decimals) for end in (min(members), max(members)))
        words.append(low if low == high else f"{low} to {high}")
    return tuple(words)
