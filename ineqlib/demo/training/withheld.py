"""A withheld count that its county's total gives away: recovering it, and publishing it."""

from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.demo.build import areas_of
from ineqlib.demo.groups import SMALL
from ineqlib.demo.indicators import Effect, period_of
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field
from ineqlib.demo.withheld import withhold_further
from ineqlib.observations import conform

INDICATORS = ("under_18_conceptions", "low_birth_weight")
FEWEST, RARE = 5, -2.0
"""Counts below it are withheld; log by which the withheld one is rarer than elsewhere."""
GRADIENT = 0.3
FIGURES = ["value", "lower_ci", "upper_ci", "count"]
PUBLISH, HIDE, LEAVE = "publish", "hide another", "leave"


def plant(county: County) -> Plant:
    """Withhold one small count of the county, and nothing else of its sum."""
    rng = county.rng("withheld")
    base = county.indicators[INDICATORS[rng.integers(2)]]
    year = int(rng.integers(base.years[0], base.years[1] + 1))
    cell = _Cell(base.id, period_of(base, year), county.order[3].code)
    rare = Effect(RARE, (cell.district,), first=year, last=year)
    settings = replace(base, fewest=0, gradient=GRADIENT, effects=(rare,))
    drawn, rows = county.draw(settings, partial(_is_alone, county, cell))
    figures = rows.loc[cell.at(rows), FIGURES]
    return Plant(
        indicators=(replace(drawn, fewest=FEWEST),),
        asked={"indicator": drawn.id},
        right={"district": cell.district, "period": cell.period, "do": HIDE},
        wrong={
            "published": ("do", [PUBLISH]),
            "left": ("do", [LEAVE]),
            "told": ("figure", figures["count"].tolist()),
        },
        before=partial(_shown, cell, figures),
        after=partial(_hidden, cell),
    )


class _Cell(NamedTuple):
    """The row whose count is withheld."""

    indicator: str
    period: str
    district: str

    def at(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Tell which row of some it is."""
        about = rows["indicator_id"].eq(self.indicator) & rows["period"].eq(self.period)
        return about & rows["area_code"].eq(self.district) & rows["dimension"].eq("")


def _is_alone(county: County, cell: _Cell, rows: pd.DataFrame) -> bool:
    """Tell whether it is the one count of the county that is withheld, for whatever reason."""
    published = rows[rows["period"] == cell.period].reset_index(drop=True)
    small = published["count"].between(1, FEWEST - 1)
    if county.of_districts(published[small])["area_code"].tolist() != [cell.district]:
        return False
    others = small & ~cell.at(published)
    published.loc[others, FIGURES] = np.nan
    published.loc[others, "status"] = SMALL[0]
    protected = withhold_further(conform(published), areas_of(county.country.parameters))
    return bool(county.of_districts(protected)["status"].eq("ok").all())


def _shown(cell: _Cell, figures: pd.DataFrame, observed: pd.DataFrame) -> pd.DataFrame:
    """Have the count counted as published, so that what is withheld protects the others alone."""
    observed.loc[cell.at(observed), FIGURES] = figures.to_numpy()
    observed.loc[cell.at(observed), ["status", "note"]] = ["ok", ""]
    return observed


def _hidden(cell: _Cell, observed: pd.DataFrame) -> pd.DataFrame:
    observed.loc[cell.at(observed), FIGURES] = np.nan
    observed.loc[cell.at(observed), ["status", "note"]] = SMALL
    return observed


EXERCISE = Exercise(
    name="withheld",
    title="The number that was withheld",
    minutes=25,
    question=(
        "{indicator_name}: small counts of districts are withheld, so that nobody can be pointed "
        "at. One of them can still be worked out, with a subtraction. Of which district and "
        "period? And before the table goes out, do you “publish” the number, “hide another” "
        "or “leave” the table as it is? You need not say what the number is."
    ),
    fields=(
        Field("district", "area"),
        Field("period", "period"),
        Field("do", "choice", (PUBLISH, HIDE, LEAVE)),
        Field("figure", "secret"),
    ),
    hints={
        "published": (
            "That it can be worked out is a fault of the table, not a permission: the number was "
            "withheld because it could point at people, and still can."
        ),
        "left": (
            "What you can subtract, anybody can. As long as the county's total and the other "
            "districts stand there, the number is as good as published."
        ),
        "told": (
            "You wrote down the number that was withheld. Nobody had to know it to prove the risk: "
            "say where it is, never what it is. That takes a mark away."
        ),
    },
    otherwise=(
        "Not there. What can be worked out is withheld alone in its sum: in one period one "
        "district of the county has no count, and the county's total does "
        "(iq.facts.disclosure_risks)."
    ),
    learned=(
        "One number withheld alone in its sum is not withheld: hide another, such as the next "
        "smallest district, and check again (ineq check --disclosure)."
    ),
    plant=plant,
)
