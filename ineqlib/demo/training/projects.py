"""Two projects, one of which worked: crediting a project with what happened everywhere."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from ineqlib.demo.indicators import DemoIndicator, Effect
from ineqlib.demo.training.county import County, Plant
from ineqlib.demo.training.exercise import Exercise, Field

INDICATORS = {"smoking_adults": 2.0, "loneliness": 3.0}
"""Indicator -> the change that was hoped for, in its unit."""
YEARS, START_YEARS = (2016, 2023), (2020, 2021)
EVERYWHERE, PROJECT = -0.06, -0.4
"""Log odds: what falls in all areas each year, and where the project worked."""
SHARE_ASKED = 0.06
"""Of adults, in each area: enough for a project to show."""
STEADY = 0.25
"""Share of the areas that must have been falling faster before the start."""
ANSWER_NEAR, FIGURES_NEAR = 0.3, 0.2
"""Shares of the effect: how far off an answer may be, and how far off the figures may tell it."""
TOO_FAR = 1.4
"""Times the effect: a fall that cannot be taken for it."""
CHOICES = ("first", "second", "both", "neither")


def plant(county: County) -> Plant:
    """Let both figures fall everywhere, and one further where its project began."""
    rng = county.rng("projects")
    ids = [list(INDICATORS)[at] for at in rng.permutation(2)]
    years = [int(year) for year in rng.choice(START_YEARS, 2)]
    at = int(rng.integers(2))
    district = county.order[4].code
    worked = replace(
        _falling(county.indicators[ids[at]]),
        effects=(Effect(PROJECT, (district,), first=years[at]),),
    )

    def shows(rows: pd.DataFrame) -> bool:
        table = _by_year(rows)
        by_project = _by_project(table[district], years[at])
        whole, *_ = _whole_falls(table[district], years[at])
        answer = -_moved(_beyond(table), years[at])[district]
        is_near = abs(answer - by_project) < FIGURES_NEAR * by_project
        return is_near and whole > TOO_FAR * by_project and _is_steady(table, years[at], district)

    worked, rows = county.draw(worked, shows)
    idle, unmoved = _idle(county, ids[1 - at], years[1 - at], without=district)
    districts = [district, unmoved] if at == 0 else [unmoved, district]
    own = _by_year(rows)[district]
    by_project = _by_project(own, years[at])
    falls = [fall for fall in _whole_falls(own, years[at]) if fall > TOO_FAR * by_project]
    return Plant(
        indicators=(worked, idle),
        asked=_asked(county, ids, districts, years),
        right={"worked": CHOICES[at], "effect": by_project},
        wrong={
            "fell everywhere": ("worked", ["both"]),
            "saw nothing": ("worked", ["neither"]),
            "swapped": ("worked", [CHOICES[1 - at]]),
            "whole fall": ("effect", falls),
        },
    )


def _asked(
    county: County, ids: list[str], districts: list[str], years: list[int]
) -> dict[str, str]:
    """Name the indicator, district, start and hope of the first and of the second project."""
    asked: dict[str, str] = {}
    for name, id, district, year in zip(CHOICES, ids, districts, years, strict=False):
        day = "01-01" if county.indicators[id].period == "calendar" else "04-01"
        asked |= {
            f"{name}_indicator": id,
            f"{name}_district": district,
            f"{name}_start": f"{year}-{day}",
            f"{name}_hoped": f"{INDICATORS[id]:g}",
        }
    return asked


def _falling(indicator: DemoIndicator) -> DemoIndicator:
    return replace(indicator, share=SHARE_ASKED, change=EVERYWHERE, shocks={}, years=YEARS)


def _by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of lower-tier authorities, a year a row and an area a column."""
    lower = rows[rows["area_type"] == "lad"]
    table = lower.assign(year=lower["period_start"].dt.year)
    return table.pivot(index="year", columns="area_code", values="value")


def _beyond(table: pd.DataFrame) -> pd.DataFrame:
    """Take away what the middle area did."""
    return table.sub(table.median(axis=1), axis=0)


def _slopes(table: pd.DataFrame, start: int) -> pd.Series:
    before = _beyond(table).loc[: start - 1]
    slope = np.polyfit(before.index.to_numpy(float), before.to_numpy(), 1)[0]
    return pd.Series(slope, index=table.columns)


def _is_steady(table: pd.DataFrame, start: int, district: str) -> bool:
    """Tell whether an area was not among those that were falling fastest before the start."""
    rank = _slopes(table, start).rank(pct=True)
    return bool(STEADY < rank[district] < 1 - STEADY)


def _moved(table: pd.DataFrame, start: int) -> pd.Series:
    return table.loc[start:].mean() - table.loc[: start - 1].mean()


def _idle(county: County, indicator: str, start: int, *, without: str) -> tuple[DemoIndicator, str]:
    """Return the indicator no project moved, and the district nearest to what all areas did."""
    nearest = ""

    def finds(rows: pd.DataFrame) -> bool:
        nonlocal nearest
        table = _by_year(rows)
        moved = _moved(_beyond(table), start)[county.codes].drop(without).abs()
        nearest = str(moved.idxmin())
        return _is_steady(table, start, nearest)

    drawn, _ = county.draw(_falling(county.indicators[indicator]), finds)
    return drawn, nearest


def _by_project(own: pd.Series, start: int) -> float:
    """Return how far a district's figure lies below what it would be without the project."""
    after = own.loc[start:]
    return float((100 * expit(logit(after / 100) - PROJECT) - after).mean())


def _whole_falls(own: pd.Series, start: int) -> list[float]:
    """Return how far it fell, as people reckon it: means, since the start, over all years."""
    means = own.loc[: start - 1].mean() - own.loc[start:].mean()
    newest = own.iloc[-1]
    return [float(means), float(own.loc[start - 1] - newest), float(own.iloc[0] - newest)]


EXERCISE = Exercise(
    name="projects",
    title="Which project worked?",
    minutes=30,
    question=(
        "Two projects, both proud of a falling line. First: {first_indicator_name}, in "
        "{first_district_name}, since {first_start}; hoped for: a fall of {first_hoped}. Second: "
        "{second_indicator_name}, in {second_district_name}, since {second_start}; hoped for: a "
        "fall of {second_hoped}. Which worked: “first”, “second”, “both” or “neither”? And by how "
        "much did the one that worked lower its figure, in the figure's own unit?"
    ),
    fields=(Field("worked", "choice", CHOICES), Field("effect", "number", tolerance=ANSWER_NEAR)),
    hints={
        "fell everywhere": (
            "Both figures fell, and so they did everywhere. Ask what they would have done without "
            "the project: areas alike, where there was none, tell (iq.open_evaluate_project)."
        ),
        "saw nothing": (
            "In one of them the figure fell clearly further than in the areas most like it, and "
            "further than any other area moves by itself."
        ),
        "swapped": (
            "The other way round: there the figure fell as it did in the areas most like it."
        ),
        "whole fall": (
            "That is the whole fall. Part of it happened everywhere: take away what the areas most "
            "like it did over the same years."
        ),
    },
    otherwise=(
        "Not so. Take the mean after the start less the mean before it, less the same of the "
        "areas most like it (iq.before_after, or the effect on the page of the project)."
    ),
    learned="What falls everywhere proves nothing: a project is the difference to areas alike.",
    plant=plant,
)
