"""How one figure compares, in words: also where no interval is published."""

from ineqlib.facts.comparisons import SLOPE, Comparison
from ineqlib.narrative.area import BESIDE
from ineqlib.narrative.sentence import Period, Sentence, number_of, sentence

SURE = 0.05
SIDES = {
    ("favourable", "higher"): "better",
    ("favourable", "lower"): "worse",
    ("adverse", "higher"): "worse",
    ("adverse", "lower"): "better",
}


def side_of(comparison: Comparison) -> str:
    """Return ``better``, ``worse``, ``higher``, ``lower`` or ``level``, whether sure or not."""
    side = comparison.evidence.side if comparison.evidence else "level"
    return SIDES.get((comparison.indicator.polarity, side), side)


def verdict_words(comparison: Comparison) -> Sentence:
    """Say how one figure compares: with the country, among the areas, with the county, over time.

    Parts that the figure does not have are left out; something is always left.
    """
    parts = [
        part
        for part in (
            _beside_country(comparison),
            _rank(comparison),
            _county(comparison),
            _direction(comparison),
        )
        if part
    ]
    return sentence(*((("; ", part) if place else part) for place, part in enumerate(parts)))


def _beside_country(comparison: Comparison) -> Sentence:
    area, country = comparison.facts.get("area"), comparison.facts.get("country")
    if area is None:
        return sentence("no figure for the area")
    if comparison.indicator.value_type == SLOPE:
        return sentence("a gap inside the area, which no wider gap is set against")
    if country is None:
        return sentence("no figure for the country in this period")
    name, seen = country.area_name, comparison.evidence
    if comparison.verdict in BESIDE:
        return sentence(f"{BESIDE[comparison.verdict]} {name}")
    side = side_of(comparison)
    if seen is None or side == "level":
        return sentence(f"the same as {name}")
    if seen.basis == "unrest":
        if seen.p <= SURE and seen.one_sided:
            for_long = ", and has been in each of the latest periods" if seen.periods > 1 else ""
            return sentence(f"{BESIDE[side]} {name}{for_long}")
        return sentence(f"about the same as {name}")
    return sentence(f"{BESIDE[side]} {name}, but nothing published says how sure that is")


def _rank(comparison: Comparison) -> Sentence:
    standing = comparison.standing
    if standing is None:
        return sentence()
    counted = "the worst" if standing.counted_from == "worst" else "the highest"
    return sentence(
        "place ", number_of(standing.rank), " of ", number_of(standing.among), f", {counted} first"
    )


def _county(comparison: Comparison) -> Sentence:
    county = comparison.facts.get("county")
    return sentence(f"{county.area_name} ", number_of(county)) if county else sentence()


def _direction(comparison: Comparison) -> Sentence:
    change = comparison.change
    if change is None:
        return sentence("known for one period")
    if change.direction in ("rising", "falling"):
        return sentence(f"{change.direction} since ", Period(change.first.period))
    return sentence(change.direction)
