"""Two districts that have each other's figures: praising who was mislabelled."""

from functools import partial

import pandas as pd

from ineqlib.demo.indicators import period_of
from ineqlib.demo.training.broken import indicators
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field

FIGURES = ["value", "lower_ci", "upper_ci", "count", "denominator"]
CLEAR = 2.0
"""Times the largest step of any other district that the two leap."""
AMONG = 3
"""Of the most and of the least deprived districts, from which the seed takes one each."""


def plant(county: County) -> Plant:
    """Swap the newest figures of a deprived and of a well-off district."""
    base = county.indicators[indicators(county)[1]]
    rng = county.rng("mislabelled")
    by_level = sorted(county.order[1:], key=lambda place: place.level)
    low, high = by_level[rng.integers(AMONG)], by_level[-1 - rng.integers(AMONG)]
    newest = period_of(base, base.years[1])
    swap = partial(_swapped, base.id, newest, (low.code, high.code))

    def is_seen(rows: pd.DataFrame) -> bool:
        figures = county.of_districts(swap(rows.copy()))
        table = figures.pivot(index="period_end", columns="area_code", values="value")
        leap = table.diff().iloc[-1].abs()
        pair = [low.code, high.code]
        return bool(leap[pair].min() > CLEAR * leap.drop(pair).max())

    drawn, _ = county.draw(base, is_seen)
    return Plant(
        indicators=(drawn,),
        asked={"indicator": drawn.id, "period": newest},
        right={"one": high.code, "other": low.code},
        wrong={},
        after=swap,
    )


def _swapped(
    indicator: str, period: str, codes: tuple[str, str], observed: pd.DataFrame
) -> pd.DataFrame:
    about = observed["indicator_id"].eq(indicator) & observed["period"].eq(period)
    first, second = (observed.index[about & observed["area_code"].eq(code)] for code in codes)
    for columns in (FIGURES, ["status", "note"]):
        cells = observed.loc[first, columns].to_numpy(), observed.loc[second, columns].to_numpy()
        observed.loc[second, columns], observed.loc[first, columns] = cells
    return observed


EXERCISE = Exercise(
    name="mislabelled",
    title="Each other's figures",
    minutes=15,
    question=(
        "{indicator_name}, {period}: when the file was made, two districts were given each "
        "other's figures. Which two? The praise for the one that improved most is already written."
    ),
    fields=(Field("one", "area"), Field("other", "area")),
    hints={},
    otherwise=(
        "Not that one. A great leap in one year is a reason to look, not to praise: one district "
        "leaps up and another down as far, each to about where the other was. Draw all of them "
        "over time (iq.trend)."
    ),
    learned="A leap that another district makes in reverse is a label, not a success.",
    plant=plant,
    any_order=True,
)
