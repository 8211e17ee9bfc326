"""Whether something that places get, such as money or use of a service, follows their need."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.need.needs import Need
from ineqlib.briefings.need.units import DISTRICT, FIFTH, FIFTH_NAMES, FIFTHS, UPPER, Units
from ineqlib.charts.concentration_chart import CurveDrawn
from ineqlib.estimate import Estimate
from ineqlib.facts.estimated import limits_of
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.measures import assign_quantiles, concentration_curve, proportionality
from ineqlib.measures.spend import (
    CANNOT_TELL,
    FLAT,
    LEAST_AREAS,
    LEVEL,
    PROGRESSIVE,
    REGRESSIVE,
    RISES,
)
from ineqlib.narrative.leads import how_sure
from ineqlib.narrative.sentence import Sentence, interval, sentence
from ineqlib.pack import Area
from ineqlib.text import lower_first

MARGIN = 0.02
"""Largest index of money that is taken as none."""
SURE = 0.96
"""Level of the limits that a verdict rests on: those of 95% hold 94 to 95 in 100 here."""
MOST_MISSING = 0.05
"""Share of the people, or of a place's neighbourhoods, that may be missing from what is known."""
FEW = 45
"""So many districts at most are shown one by one."""
NEED_NAMES = (
    "Fifth of most need",
    "Second fifth by need",
    "Middle fifth by need",
    "Fourth fifth by need",
    "Fifth of least need",
)
OF_RANKS = {RISES: PROGRESSIVE, LEVEL: FLAT, CANNOT_TELL: CANNOT_TELL}
"""Verdict per head -> verdict; whatever else falls with need."""
DRAWN = 60
"""Points of a curve that are drawn."""
TOO_FEW = "fewer than ten places are known, too few for an interval"
NOT_LISTED = "more than one in twenty people live where it is not known"
NOT_SURE = "the interval is too wide to rule out the opposite, or no difference"
NONE_KNOWN = "none is known in two places or more"
SURENESS = {
    PROGRESSIVE: "the difference is more than chance",
    REGRESSIVE: "the difference is more than chance",
    FLAT: "any slope over the places is too small to matter",
    CANNOT_TELL: "not sure enough to say",
}


@dataclass(frozen=True)
class About:
    """What facts of something that places get are about."""

    area: Area
    name: str
    period: str
    source: str
    prefix: str
    """Begins the ids of its facts."""
    unit: str
    method: str
    """Of most of its facts."""

    def fact(self, what: str, value: float, *details: str, **more: Any) -> Fact:
        """Make a fact, in whole numbers of the usual unit unless said otherwise."""
        unit, decimals = more.pop("unit", self.unit), more.pop("decimals", 0)
        return calculated_of(
            self.area,
            fact_id(self.prefix, what, self.name, *details),
            value,
            decimals=decimals,
            unit=unit,
            source=self.source,
            **{"period": self.period, "method": self.method, **more},
        )


@dataclass(frozen=True)
class Judged:
    """Whether something follows need."""

    index: Fact | None = None
    """Concentration index of it by need; None where there is none."""
    kakwani: Fact | None = None
    """That index less the one of need itself; None for deprivation, which has no true zero."""
    verdict: str = CANNOT_TELL
    why: str = ""
    """A verdict of `ineqlib.measures.spend`; why it is "cannot tell", else empty."""
    a_head: str = CANNOT_TELL
    """The verdict of what each head gets alone, for which need is an order."""


def judged(
    about: About, amount: NDArray[np.float64], units: Units, need: Need, *, margin: float = MARGIN
) -> Judged:
    """Judge whether what places get (NaN where not known) follows need, as far as places are known.

    An index up to `margin` is taken as none.
    """
    known = np.isfinite(amount)
    if (amount[known] > 0).sum() < 2:
        return Judged(why=NONE_KNOWN)
    if known.sum() < LEAST_AREAS:
        return Judged(why=TOO_FEW)
    people, order = units.people[known], need.order[known]
    a_head = order - order.min() + 1 if need.a_head is None else need.a_head[known]
    data = (amount[known] / people, a_head, people)
    result = proportionality(*data, margin=margin)
    surer = proportionality(*data, margin=margin, confidence=SURE)
    index = _index(about, "index", result.spend, need)
    kakwani = None
    a_head_verdict = OF_RANKS.get(str(surer.per_head), REGRESSIVE)
    if need.a_head is None:
        verdict = a_head_verdict
    else:
        kakwani = _index(about, "kakwani", result.kakwani, need)
        verdict = str(surer.verdict)
    if people.sum() < (1 - MOST_MISSING) * units.people.sum():
        return Judged(index, kakwani, CANNOT_TELL, NOT_LISTED)
    why = NOT_SURE if verdict == CANNOT_TELL else ""
    return Judged(index, kakwani, verdict, why, a_head_verdict)


def _index(about: About, what: str, estimate: Estimate, need: Need) -> Fact:
    return about.fact(
        what,
        float(estimate.value),
        need.name,
        unit="",
        decimals=3,
        method=estimate.method,
        note=need.words,
        **limits_of(estimate),
    )


def groups_of(units: Units, need: Need) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Return the names of the groups that places are shown in, and the group of each place.

    Districts stand by themselves where they are few, and so do fifths, and places too few to make
    fifths of; else fifths of the places.
    """
    is_district = units.level in (DISTRICT, UPPER)
    if units.level == FIFTH or (is_district and len(units) <= FEW) or len(units) < FIFTHS:
        return units.names, np.arange(len(units))
    fifth = assign_quantiles(need.order, FIFTHS, most_deprived="highest")
    return (FIFTH_NAMES if need.a_head is None else NEED_NAMES), fifth - 1


def curve_of(
    about: About,
    what: str,
    amount: NDArray[np.float64],
    people: NDArray[np.float64],
    order: NDArray[np.float64],
) -> CurveDrawn | None:
    """Return the curve of what places get, most need first; None where too little is known."""
    known = np.isfinite(amount)
    if known.sum() < 2 or not amount[known].sum() > 0:
        return None
    from_most = np.argsort(-order[known], kind="stable")
    amount, people = amount[known][from_most], people[known][from_most]
    curve = concentration_curve(amount / people, people)
    fifths = np.arange(1, FIFTHS) / FIFTHS
    shares = np.interp(fifths, curve.population, curve.value)
    step = max(1, len(curve.population) // DRAWN)
    shown = [*range(0, len(curve.population) - 1, step), len(curve.population) - 1]
    method = f"concentration curve of {what}, most need first"
    return CurveDrawn(
        what.capitalize(),
        tuple(
            about.fact(f"curve-{what}", 100 * share, str(at), unit="%", decimals=1, method=method)
            for at, share in enumerate(shares, start=1)
        ),
        tuple(curve.population[shown].tolist()),
        tuple(curve.value[shown].tolist()),
    )


def need_curve_of(
    about: About, amount: NDArray[np.float64], people: NDArray[np.float64], need: Need
) -> CurveDrawn | None:
    """Return the curve of need itself where amounts are known; None where need has no true zero."""
    if need.a_head is None:
        return None
    known = np.where(np.isfinite(amount), need.a_head * people, np.nan)
    return curve_of(about, "need", known, people, need.order)


def how_sure_of_index(judged: Judged, *, has_zero: bool, level: str) -> Sentence:
    """Say how sure a verdict is, and what its index means; nothing where there is no index.

    Only where need has a true zero can something be in proportion to it; else `level` says what an
    index of zero means.
    """
    fact = judged.kakwani if has_zero else judged.index
    if fact is None:
        return sentence()
    more = "more where deprivation is greater"
    if has_zero:
        level, more = "in proportion to need", "more than that"
    return how_sure(
        (SURENESS[judged.verdict], ". The index is ", fact, interval(fact)),
        f": zero is {level}, above zero {more}.",
    )


def place_in_words(name: str) -> str:
    """Name a group inside a sentence.

    Examples
    --------
    >>> place_in_words("Most deprived fifth"), place_in_words("Stevenage")
    ('the most deprived fifth', 'Stevenage')
    """
    return f"the {lower_first(name)}" if "fifth" in name.lower() else name
