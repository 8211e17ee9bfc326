"""A worst district that is chance, beside one that is really worst: ranking noise."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ineqlib.demo.indicators import DemoIndicator, Effect
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field
from ineqlib.measures import outside_funnel
from ineqlib.measures.funnel_verdicts import HIGHER_ALARM, LOWER_ALARM

INDICATORS = ("dental_decay_5", "reception_obesity")
WORSE_BY = 0.6
CHANCE = "chance"


def plant(county: County) -> Plant:
    """Have all districts share one rate of one indicator; in the other one district is worse."""
    rng = county.rng("noise")
    noisy, clear = (county.indicators[INDICATORS[at]] for at in rng.permutation(2))
    outlier = county.order[1].code
    noisy, rows = county.draw(_alike(noisy), lambda rows: not _beyond(county, rows))
    top = _newest(county, rows).sort_values("value")["area_code"].iloc[-1]
    worse = replace(_alike(clear), effects=(Effect(WORSE_BY, (outlier,)),))
    clear, _ = county.draw(worse, lambda rows: _beyond(county, rows) == {outlier})
    first, second = (county.indicators[INDICATORS[at]].id for at in rng.permutation(2))
    truth = {noisy.id: CHANCE, clear.id: outlier}
    a_is_noisy = first == noisy.id
    return Plant(
        indicators=(noisy, clear),
        asked={"a": first, "b": second},
        right={"a": truth[first], "b": truth[second]},
        wrong={
            "ranked noise": ("a" if a_is_noisy else "b", [top]),
            "saw chance": ("b" if a_is_noisy else "a", [CHANCE]),
        },
    )


def _alike(indicator: DemoIndicator) -> DemoIndicator:
    return replace(indicator, gradient=0.0, place_spread=0.0, change=0.0, shocks={})


def _newest(county: County, rows: pd.DataFrame) -> pd.DataFrame:
    own = county.of_districts(rows)
    return own[own["period_end"] == own["period_end"].max()]


def _beyond(county: County, rows: pd.DataFrame) -> set[str]:
    """Return the districts beyond the outer limits of the funnel, in the newest period."""
    newest = _newest(county, rows)
    where = outside_funnel(newest["count"], newest["denominator"], kind="proportion")
    return set(newest["area_code"][np.isin(where, (LOWER_ALARM, HIGHER_ALARM))])


EXERCISE = Exercise(
    name="noise",
    title="Worst, or unlucky?",
    minutes=25,
    question=(
        "Two lists by district, newest year: (a) {a_name}, (b) {b_name}. Each has a district at "
        "the top. Which district is really worst in each? Name it, or answer “chance” where the "
        "order may be chance alone."
    ),
    fields=(Field("a", "area", (CHANCE,)), Field("b", "area", (CHANCE,))),
    hints={
        "ranked noise": (
            "Somebody is always at the top of a list. With so few children the districts differ by "
            "chance as much as these do: see whether it lies beyond the funnel's outer limits "
            "(iq.measures.outside_funnel), and whether it was at the top in the years before."
        ),
        "saw chance": (
            "Not all is chance: one district lies beyond the funnel's outer limits, and did in the "
            "years before."
        ),
    },
    otherwise=(
        "Not so. Hold each district's count against the funnel for its number of children, and "
        "look at the year before: chance does not choose the same district twice."
    ),
    learned="A rank says nothing of chance: a funnel, or another year, does.",
    plant=plant,
)
