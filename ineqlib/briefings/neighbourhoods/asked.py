"""Which figures the page is about: those asked for, or those that can be read best."""

from collections.abc import Sequence

import numpy as np

from ineqlib.briefings.neighbourhoods.figures import Figures
from ineqlib.catalogue import load_small_area_figures
from ineqlib.errors import ParameterError, UnknownIndicator, choose_from, listed, nearest
from ineqlib.facts.local_figures import UNITS
from ineqlib.facts.own_indicators import indicators_by_id
from ineqlib.measures.empirical_bayes import LEAST_SMOOTHED
from ineqlib.pack import Pack
from ineqlib.text import plain_name

STEADY = 20
"""Events from which a figure is steady."""


def check_asked(pack: Pack, area: str, *, indicator: str, unit: str) -> None:
    """Refuse names that no pack of this kind has; what an area lacks is told on its page."""
    pack.area(area)
    if unit and unit not in UNITS:
        raise ParameterError(
            f"unit is '{unit}'.{choose_from(unit, UNITS)}, or leave it empty "
            "for the smallest whose figures can carry weight."
        )
    known = _known(pack)
    if indicator and plain_name(indicator) not in known:
        raise UnknownIndicator(
            f"The pack '{pack.title}' has no figure '{indicator}' of wards or neighbourhoods."
            f"{nearest(indicator, known)} Choose one of its indicators, or "
            f"{listed(load_small_area_figures(), 30)}."
        )


def name_asked(pack: Pack, indicator: str) -> str:
    """Return the name of what was asked for."""
    return _known(pack).get(plain_name(indicator), "")


def _known(pack: Pack) -> dict[str, str]:
    names: dict[str, str] = {}
    for indicator in indicators_by_id(pack).values():
        called = indicator.public_name
        names |= {plain_name(text): called for text in (indicator.id, indicator.name, called)}
    for figure in load_small_area_figures().values():
        names |= {plain_name(text): figure.name for text in (figure.id, figure.name)}
    return names


def choose(there: Sequence[Figures], name: str, unit: str) -> Figures | None:
    """Choose among the figures there are.

    Of the kinds of place that an indicator is known for, the smallest is taken of which half or
    more of the figures are steady, else the largest. Without a name, the first indicator is taken
    whose counts are known of ten places or more, else the first of all.
    """
    fitting = [figures for figures in there if unit in ("", figures.unit)]
    if name:
        key = plain_name(name)
        fitting = [own for own in fitting if key in map(plain_name, (own.id, own.name))]
    else:
        able = [figures for figures in fitting if _counted(figures).sum() >= LEAST_SMOOTHED]
        fitting = [figures for figures in fitting if figures.id == (able or fitting)[0].id]
        fitting = [figures for figures in fitting if figures in able] or fitting
    smallest_first = sorted(fitting, key=lambda figures: -UNITS.index(figures.unit))
    steady = [
        figures
        for figures in smallest_first
        if (_counted(figures) & (figures.count >= STEADY)).mean() >= 0.5
    ]
    return next(iter(steady or smallest_first[::-1]), None)


def _counted(figures: Figures) -> np.ndarray:
    return np.isfinite(figures.count) & np.isfinite(figures.denominator) & figures.has_counts
