"""In what a publisher and the catalogue can disagree, and who of them is likely right."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ineqlib.catalogue import Indicator, PublisherId
from ineqlib.catalogue.publisher_fact import PublisherFact

_GOOD_WORDS = (
    *("life expectancy", "vaccination", "coverage", "screening", "good level of development"),
    *("expected level", "employment rate", "in employment", "breastfe", "active adults"),
    *("physically active", "health check", "satisfaction", "happiness", "worthwhile", "uptake"),
    *("readiness", "school ready", "qualification", "disposable income", "attainment"),
)
_BAD_WORDS = (
    *("mortality", "death", "obesity", "overweight", "smok", "inactive", "suicide", "admission"),
    *("poverty", "low income", "unemploy", "homeless", "conception", "decay", "absence", "violen"),
    *("alcohol", "deprivation", "stillb", "low birth weight", "anxiety", "lonel", "pollution"),
    *("self-harm", "injur", "incidence", "infection", "neet", "not in education", "claimant"),
    *("hunger", "no qualification", "low happiness", "low satisfaction", "overcrowd", "debt"),
    *("crime", "sickness", "falls"),
)
_GAPS = ("inequality", "slope_index")
EDIT = "edit the catalogue"
DECIDE = "decide"
FAULT = "the publisher's fault"
DIFFERENCE = "no edit needed"
SUCCESSOR = "fingertips_next"
ALIKE = 0.25
"""Share of two names' words that they have in common, below which they may be of two things."""
_VALUE_TYPES = {
    "proportion": "proportion",
    "indirectly standardised proportion": "proportion",
    "crude rate": "rate",
    "directly standardised rate": "rate",
    "indirectly standardised rate": "rate",
    "indirectly standardised ratio": "ratio",
    "life expectancy": "life_expectancy",
    "score": "score",
    "mean": "mean",
    "median": "median",
    "slope index of inequality": "slope_index",
}
_MEANS = {"favourable": "more is better", "adverse": "less is better", "neutral": "no judgement"}
_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with years yrs aged".split())
_AGES = (
    (r"aged (\d+)(?: years)? and under\b", lambda n: f"<{n + 1} yrs"),
    (r"aged (\d+)(?: years)? and over\b", lambda n: f"{n}+ yrs"),
    (r"\bunder (\d+)s?\b", lambda n: f"<{n} yrs"),
)


def polarity_by_name(name: str, value_type: str = "") -> str:
    """Return ``favourable`` or ``adverse`` where words of a name leave no doubt, else nothing.

    Examples
    --------
    >>> names = ("Healthy life expectancy at birth", "Year 6 prevalence of obesity")
    >>> [polarity_by_name(name) for name in (*names, "Gap in the employment rate")]
    ['favourable', 'adverse', '']
    """
    words = name.casefold()
    if value_type in _GAPS or re.search(r"\b(gap|inequality|difference)\b", words):
        return ""
    good, bad = (
        any(re.search(rf"\b{word}", words) for word in beginnings)
        for beginnings in (_GOOD_WORDS, _BAD_WORDS)
    )
    return "" if good == bad else "favourable" if good else "adverse"


class Disagreement(NamedTuple):
    """One of them: who says what, who is likely right and why."""

    kind: str
    key: str
    catalogue: str
    publisher: str
    why: str
    value: str = ""
    """What the catalogue would hold, as YAML; empty where no edit is proposed."""


def disagreements(
    fact: PublisherFact, indicator: Indicator, name: PublisherId
) -> Iterator[Disagreement]:
    """Give everything in which a publisher and the catalogue differ about one indicator."""
    yield from _polarity(fact, indicator)
    yield from _name(fact, indicator)
    yield from _unit(fact, indicator)
    yield from _value_type(fact, indicator)
    yield from _years(fact, indicator)
    yield from _age(fact, indicator, name)
    yield from _sex(fact, name)
    yield from _levels(fact, indicator)


def _polarity(fact: PublisherFact, indicator: Indicator) -> Iterator[Disagreement]:
    if fact.polarity in ("", indicator.polarity):
        return
    ours = f"{indicator.polarity} ({_MEANS[indicator.polarity]})"
    if "neutral" in (fact.polarity, indicator.polarity):
        who = "the publisher" if fact.polarity == "neutral" else "the catalogue"
        why = f"{who} makes no judgement; whether to judge is decided by what the figure means"
        yield Disagreement(DIFFERENCE, "polarity", ours, fact.polarity_words, why)
        return
    meaning = polarity_by_name(f"{indicator.name} {fact.name}", indicator.value_type)
    if meaning == indicator.polarity:
        why = f"by its name {_MEANS[meaning]}: the publisher's flag is wrong"
        yield Disagreement(FAULT, "polarity", ours, fact.polarity_words, why)
    elif meaning:
        why = f"by its name {_MEANS[meaning]}: the catalogue is wrong"
        yield Disagreement(EDIT, "polarity", ours, fact.polarity_words, why, meaning)
    else:
        why = "its name does not say what more of it means: read its definition"
        yield Disagreement(DECIDE, "polarity", ours, fact.polarity_words, why, fact.polarity)


def _name(fact: PublisherFact, indicator: Indicator) -> Iterator[Disagreement]:
    ours, theirs = _words(indicator.name), _words(fact.name)
    if not theirs or ours == theirs:
        return
    if len(ours & theirs) < ALIKE * len(ours | theirs):
        why = "the names share hardly a word: the id may stand for another indicator now"
        yield Disagreement(DECIDE, "name", indicator.name, fact.name, why)
    elif fact.service == SUCCESSOR:
        why = "the successor words every name anew; ids and definitions stay"
        yield Disagreement(DIFFERENCE, "name", indicator.name, fact.name, why)
    else:
        why = "a name is the publisher's own: its words are right"
        value = f'"{fact.name}"'
        yield Disagreement(EDIT, "name", indicator.name, fact.name, why, value)


def _unit(fact: PublisherFact, indicator: Indicator) -> Iterator[Disagreement]:
    if fact.unit and _plain(fact.unit) != _plain(indicator.unit):
        why = "the unit is the publisher's own: values are on its scale"
        value = f'"{fact.unit}"'
        yield Disagreement(EDIT, "unit", indicator.unit, fact.unit, why, value)


def _value_type(fact: PublisherFact, indicator: Indicator) -> Iterator[Disagreement]:
    theirs = _VALUE_TYPES.get(_plain(fact.value_type), "")
    if theirs and theirs != indicator.value_type:
        why = "how values are made is the publisher's own; limits and trends depend on it"
        words = fact.value_type
        yield Disagreement(EDIT, "value_type", indicator.value_type, words, why, theirs)


def _years(fact: PublisherFact, indicator: Indicator) -> Iterator[Disagreement]:
    if "multi-year" in fact.year_type.casefold() and indicator.pooling_years <= 1:
        why = "the publisher puts several years together: say how many in the catalogue"
        ours = f"{indicator.pooling_years:g}"
        yield Disagreement(DECIDE, "pooling_years", ours, fact.year_type, why)


def _age(fact: PublisherFact, indicator: Indicator, name: PublisherId) -> Iterator[Disagreement]:
    ours = name.age or indicator.age
    if fact.ages and _plain(ours) not in map(_plain, fact.ages):
        theirs = ", ".join(fact.ages)
        why = "rows of the publisher bear other ages: its label is right"
        value = f'"{fact.ages[0]}"' if len(fact.ages) == 1 and name.age is None else ""
        yield Disagreement(EDIT if value else DECIDE, "age", ours, theirs, why, value)
        return
    in_name = _age_in_name(fact.name)
    if not fact.ages and in_name and _plain(in_name) != _plain(ours):
        why = "the publisher's name tells another age: look at the ages of its rows"
        yield Disagreement(DECIDE, "age", ours, in_name, why)


def _sex(fact: PublisherFact, name: PublisherId) -> Iterator[Disagreement]:
    if fact.sexes and name.sex and name.sex not in fact.sexes:
        why = "no row of the publisher is of that sex any more"
        yield Disagreement(DECIDE, "sex", name.sex, ", ".join(fact.sexes), why)


def _levels(fact: PublisherFact, indicator: Indicator) -> Iterator[Disagreement]:
    more = [level for level in fact.levels if level not in indicator.area_levels]
    if more:
        levels = [*more, *indicator.area_levels]
        why = f"levels are a guide, the data decide: `area_levels: [{', '.join(levels)}]` would fit"
        ours = ", ".join(indicator.area_levels)
        yield Disagreement(DIFFERENCE, "area_levels", ours, ", ".join(fact.levels), why)


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _SMALL_WORDS)


def _plain(text: str) -> str:
    words = text.casefold().replace(",", "").replace("percentage", "%").replace("percent", "%")
    return re.sub(r"\s+", " ", words).strip()


def _age_in_name(name: str) -> str:
    for pattern, label in _AGES:
        if match := re.search(pattern, name, re.IGNORECASE):
            return label(int(match[1]))
    return ""
