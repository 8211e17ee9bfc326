"""A district that is average and divided: taking the average for the whole."""

from ineqlib.demo.groups import Groups
from ineqlib.demo.mortality import pooled_periods
from ineqlib.demo.parameters import BAND_START
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field
from ineqlib.estimate import FloatArray
from ineqlib.measures import life_expectancy, sii

FIFTHS = 5


def plant(county: County) -> Plant:
    """Name the divided district, and those whose averages are lowest."""
    groups = county.groups
    own = groups.frame["area_code"].isin(county.codes).to_numpy()
    districts, fifths = groups[groups.totals & own], groups[groups.by("local", FIFTHS) & own]
    # That of men and that of women: lists are of either.
    average, _ = _life(county, districts)
    lowest = districts.frame["area_code"].iloc[average.argmin(axis=0)]
    value, people = (part.T.reshape(2, -1, FIFTHS) for part in _life(county, fifths))
    widest = fifths.frame["area_code"][::FIFTHS].iloc[sii(value, people).value.argmax(axis=1)]
    divided = county.order[0]
    if set(widest) != {divided.code}:
        raise county.hidden(f"by chance the gap inside {divided.name} is not the widest")
    return Plant(
        indicators=(),
        asked={},
        right={"district": divided.code},
        wrong={"average": ("district", sorted(set(lowest)))},
    )


def _life(county: County, groups: Groups) -> tuple[FloatArray, FloatArray]:
    """Return life expectancy and people of the newest period, shape (groups, sexes)."""
    *_, (_, years) = pooled_periods(county.country)
    deaths = groups.sum(county.country.deaths[years].sum(axis=(0, -1)))
    people = groups.sum(county.country.population[years].sum(axis=0))
    life = life_expectancy(deaths, people, bands=BAND_START, rules=("population",))
    return life.value, people.sum(axis=-1)


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
