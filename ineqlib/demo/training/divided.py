"""A district that is average and divided: taking the average for the whole."""

from ineqlib.demo.mortality import pooled_periods
from ineqlib.demo.parameters import BAND_START
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field
from ineqlib.measures import life_expectancy


def plant(county: County) -> Plant:
    """Name the divided district, and the one whose average is lowest."""
    whole = county.groups[county.groups.totals]
    districts = whole[whole.frame["area_code"].isin(county.codes)]
    *_, (_, years) = pooled_periods(county.country)
    deaths = districts.sum(county.country.deaths[years].sum(axis=(0, -1)))
    people = districts.sum(county.country.population[years].sum(axis=0))
    average = life_expectancy(deaths, people, bands=BAND_START, rules=("population",)).value
    # That of men and that of women: lists are of either.
    lowest = districts.frame["area_code"].iloc[average.argmin(axis=0)]
    return Plant(
        made=(),
        asked={},
        right={"district": county.order[0].code},
        wrong={"average": ("district", sorted(set(lowest)))},
    )


EXERCISE = Exercise(
    name="divided",
    title="The district that looks average",
    minutes=20,
    question=(
        "The leader of the county says: “Our districts are fine, but for the one at the bottom of "
        "the list.” In which district do the most and the least deprived neighbourhoods lie "
        "furthest apart in life expectancy?"
    ),
    fields=(Field("district", "area"),),
    hints={
        "average": (
            "That district has the shortest life on average, and an average is not the whole: it "
            "hides how far apart neighbourhoods lie. Rank the districts again, "
            "by the gap inside each (by=“gap inside”)."
        )
    },
    otherwise=(
        "Not that one. An average says nothing of the gap inside: compare the slope from the most "
        "to the least deprived fifth of each district, with its interval."
    ),
    learned="Its average is near the county's, and its gap is the widest: look inside averages.",
    plant=plant,
)
