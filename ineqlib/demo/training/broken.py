"""A series that is counted anew from a year on: comparing across a break."""

from dataclasses import replace

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.demo.indicators import Effect, period_of
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field

INDICATORS = ("children_relative_poverty", "cervical_screening_younger", "fuel_poverty")
"""The first that the seed chooses breaks; the next is mislabelled."""
BREAK_YEARS = (2019, 2020, 2021)
JUMP, YEARLY = 0.5, 0.05
"""Log odds: of the break one way, and of each year the other."""
BETTER, WORSE = "better", "worse"


def indicators(county: County) -> list[str]:
    """Return the indicators in the order that the seed chose."""
    return [INDICATORS[at] for at in county.rng("indicators").permutation(len(INDICATORS))]


def plant(county: County) -> Plant:
    """Let all areas go one way, and seem to have gone the other where the count changes."""
    base = county.indicators[indicators(county)[0]]
    rng = county.rng("broken")
    year = int(rng.choice(BREAK_YEARS))
    went, seemed = (BETTER, WORSE) if rng.integers(2) else (WORSE, BETTER)
    district = county.order[2].code
    rises = (went == BETTER) == (load_catalogue()[base.id].polarity == "favourable")
    way = 1 if rises else -1
    anew = replace(base, change=way * YEARLY, shocks={}, effects=(Effect(-way * JUMP, first=year),))
    first, before, new, last = (
        period_of(base, at) for at in (base.years[0], year - 1, year, base.years[1])
    )

    def is_seen(rows: pd.DataFrame) -> bool:
        own = rows[rows["area_code"] == district].set_index("period")["value"] * way
        return bool(own[first] < own[before] and own[new] < own[last] < own[first])

    drawn, _ = county.draw(anew, is_seen)
    return Plant(
        indicators=(drawn,),
        asked={"indicator": base.id, "district": district, "first": first, "last": last},
        right={"period": new, "went": went},
        wrong={"the last before": ("period", [before]), "across": ("went", [seemed])},
    )


EXERCISE = Exercise(
    name="broken",
    title="A break in a series",
    minutes=20,
    question=(
        "{indicator_name}, from {first} to {last}. In one year it was counted in a new way, and "
        "nobody wrote that down. Which is the first period of the new count? And what did "
        "{district_name} do as far as can be compared: did it get “better” or “worse”?"
    ),
    fields=(Field("period", "period"), Field("went", "choice", (BETTER, WORSE))),
    hints={
        "the last before": (
            "That is the last period of the old count: asked for is the first of the new."
        ),
        "across": (
            "The first and the last figure were counted in different ways: between them lies the "
            "jump that all areas made at once. Compare within each side of the break."
        ),
    },
    otherwise=(
        "Not that period. What all areas do at once, far more than in any other year, is the "
        "count, not the areas: draw several districts and the country on one chart (iq.trend)."
    ),
    learned="Across a break nothing can be compared: what seemed a change was a new way to count.",
    plant=plant,
)
