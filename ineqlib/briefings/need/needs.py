"""What need is: deprivation, an indicator, or a formula of several; a figure for each place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.briefings.need.units import DISTRICT, SMALL, UPPER, Units
from ineqlib.catalogue import Indicator, index_title
from ineqlib.errors import ParameterError
from ineqlib.facts.attribution import index_source
from ineqlib.facts.own_indicators import indicator_named
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.facts.series import one_definition
from ineqlib.observations import SEXES
from ineqlib.pack import Pack
from ineqlib.text import joined, lower_first, series_name

_PART = re.compile(r"(?:(\d+(?:\.\d+)?) *[*×x] *)?(\S.*)")


@dataclass(frozen=True)
class Need:
    """How much need there is in each place."""

    name: str
    """As it stands in a sentence."""
    words: str
    """With its period, index or formula."""
    order: NDArray[np.float64]
    """Larger where there is more need."""
    a_head: NDArray[np.float64] | None
    """Need per head on a scale with a true zero; None for deprivation, which has none."""
    weight: NDArray[np.float64] | None
    """What money is shared out by; None where the pack has none of it."""
    sources: tuple[str, ...]
    """Ids of the publications it is from."""


def is_deprivation(text: str) -> bool:
    """Tell whether need is the index of deprivation."""
    return text.strip().casefold() == DEPRIVATION


def parts_of(pack: Pack, text: str) -> list[tuple[float, Indicator]]:
    """Return the indicators of a need, each with how much it counts.

    The text is an id or a name, or a formula: ``smoking_adults + 2 * fuel_poverty``. One of which
    more is not worse is refused.
    """
    parts = [_PART.fullmatch(part.strip()) for part in text.split("+")]
    if not all(parts):
        raise ParameterError(
            f"need is '{text}', which is no formula. Write an indicator, such as smoking_adults, "
            "or several: smoking_adults + 2 * fuel_poverty."
        )
    return [(float(part[1] or 1), _adverse(pack, part[2])) for part in parts if part]


def _adverse(pack: Pack, text: str) -> Indicator:
    indicator = indicator_named(pack, text)
    if indicator.polarity != "adverse":
        raise ParameterError(
            f"More of {indicator.public_name} ({indicator.id}) is not more need. Give an indicator "
            "of which more is worse, such as a share of people who smoke."
        )
    return indicator


def need_of(pack: Pack, text: str, units: Units) -> Need | str:
    """Return the need of some places, or why it is not known."""
    if is_deprivation(text):
        return _deprivation(units)
    parts = parts_of(pack, text)
    if units.level not in (DISTRICT, UPPER):
        names = joined([lower_first(indicator.public_name) for _, indicator in parts])
        return f"the pack does not have {names} for {units.level}"
    a_head, terms, sources = np.zeros(len(units)), [], []
    for times, indicator in parts:
        rows = figures(pack, indicator, units)
        lacking = [
            name for code, name in zip(units.codes, units.names, strict=True) if code not in rows
        ]
        if lacking:
            return f"the pack has no {lower_first(indicator.public_name)} for {joined(lacking[:3])}"
        values = np.array([rows[code].value for code in units.codes])
        if (values < 0).any() or not values.any():
            return f"{lower_first(indicator.public_name)} is not above zero everywhere"
        a_head += times * values / np.average(values, weights=units.people)
        first = rows[units.codes[0]]
        weight = f"{times:g} times " if len(parts) > 1 else ""
        called = _named(indicator, first)
        terms.append(f"{weight}{called} ({first.unit}, {first.period})")
        sources += [row.source for row in rows.values()]
    name = called if len(parts) == 1 else "a formula of need"
    words = " + ".join(terms)
    return Need(name, words, a_head, a_head, a_head, tuple(dict.fromkeys(sources)))


def _deprivation(units: Units) -> Need:
    title = index_title(units.index)
    source = (index_source(units.index),)
    return Need(DEPRIVATION, title, units.deprivation, None, units.score, source)


def _named(indicator: Indicator, row: Row) -> str:
    """Name an indicator as it stands in a sentence, and whose figure it is."""
    return lower_first(series_name(indicator.public_name, row.sex, row.age, indicator.age))


def figures(pack: Pack, indicator: Indicator, units: Units) -> dict[str, Row]:
    """Return the newest figure of each place that has one, by code: one sex, age and period."""
    rows = read_rows(pack, (indicator.id,), *((code, "area") for code in units.codes))
    known = known_totals(rows)
    if not known:
        return {}
    known = one_definition(known, indicator)
    sex = min({row.sex for row in known}, key=SEXES.index)
    end = max(row.period_end for row in known)
    return {row.area_code: row for row in known if row.sex == sex and row.period_end == end}


def other_needs(
    pack: Pack, need: Need, units: Units, indicators: list[Indicator]
) -> Iterator[Need]:
    """Yield the other needs that the pack holds of every place, as an order alone."""
    if units.level == SMALL:
        for words, order in units.domains.items():
            sources = (index_source(units.index),)
            yield Need(words, f"{words}, {index_title(units.index)}", order, None, None, sources)
        return
    if need.name != DEPRIVATION:
        yield _deprivation(units)
    there = set(pack.indicators["indicator_id"])
    for indicator in indicators:
        if indicator.id not in there or indicator.polarity == "neutral":
            continue
        rows = figures(pack, indicator, units)
        if len(rows) < len(units):
            continue
        sign = 1.0 if indicator.polarity == "adverse" else -1.0
        order = sign * np.array([rows[code].value for code in units.codes])
        first = rows[units.codes[0]]
        name = _named(indicator, first)
        if name != need.name:
            yield Need(name, f"{name}, {first.period}", order, None, None, (first.source,))
