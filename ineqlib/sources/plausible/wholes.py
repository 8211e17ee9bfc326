"""Counts of a whole against those of its parts: England and its areas, an age and those within."""

from collections.abc import Iterator

import pandas as pd

from ineqlib.sources.ages import span_of_age
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible.finding import FEWEST, SLACK, Doubt, counts_of

SUCCESSORS = 0.2
"""Share by which areas may be more than England: beside an area there may be what came after it."""

PUBLISHED = 1
"""Share by which ages may differ from the whole in a download: each may be of a source of its own,
as infections of young children are."""

_SAME = "indicator_id area_code period_start period_end sex dimension subgroup".split()
_COUNTED = ("count", "denominator")


def country_below_its_areas(rows: pd.DataFrame) -> Iterator[Doubt]:
    """Find counts of England that are fewer than those of an area in it, or of all of a type."""
    country = rows["area_type"].eq("country")
    if not country.any() or country.all():
        return
    keys = [rows[name] for name in [*_SAME, "age"] if name != "area_code"]
    figure = rows.groupby(keys, observed=True, sort=False).ngroup()
    parts = ~country & figure.isin(figure[country])
    for what in _COUNTED:
        counts = counts_of(rows) if what == "count" else rows[what]
        if not counts[country].notna().any():
            continue
        largest = counts[parts].groupby(figure[parts]).max()
        sums = counts[parts].groupby([figure[parts], rows["area_type"][parts].astype("str")]).sum()
        together = sums.groupby(level=0).max()
        known = counts[country]
        slack = (SLACK * known).clip(lower=FEWEST)
        below = figure[country].map(largest) > known + slack
        below |= figure[country].map(together) > known * (1 + SUCCESSORS) + FEWEST
        if below.any():
            yield Doubt(
                below.reindex(rows.index, fill_value=False),
                f"the {what} of England to be no less than that of the areas in it",
            )


def age_is_not_its_parts(rows: pd.DataFrame) -> Iterator[Doubt]:
    """Find counts of an age that are fewer than those of younger and older people within it.

    Or more, where the ages within it leave nobody out.
    """
    if rows["age"].nunique() < 2 or not rows[list(_COUNTED)].notna().any(axis=None):
        return
    number = rows.groupby("indicator_id", observed=True)["age"].nunique()
    several = rows["indicator_id"].isin(number.index[number > 1])
    ages_of = {text: span_of_age(text) for text in rows["age"][several].unique()}
    spans = {text: span for text, span in ages_of.items() if span}
    chosen = rows[several & rows["age"].isin(list(spans))]
    slack_of = SLACK if rows["publisher"].eq(OWN).any() else PUBLISHED
    for what in _COUNTED:
        counted = chosen[chosen[what].notna()]
        people = counted.pivot_table(what, _SAME, "age", aggfunc="max", observed=True)
        for whole in people.columns:
            shown, is_all = _within(people, whole, spans)
            apart = (shown - people[whole]).where(is_all, (shown - people[whole]).clip(lower=0))
            slack = slack_of * people[whole].where(people[whole] < shown, shown)
            wrong = apart.abs() > slack.clip(lower=FEWEST)
            places = people.index[wrong]
            if len(places):
                mine = pd.MultiIndex.from_frame(rows[_SAME].astype("object"))
                doubted = rows["age"].eq(whole) & mine.isin(places)
                yield Doubt(doubted, f"the {what} at {whole} to be that of the ages within it")


def _within(
    people: pd.DataFrame, whole: str, spans: dict[str, tuple[int, float]]
) -> tuple[pd.Series, pd.Series]:
    """Return how many the ages within another have, that share nobody, and if these are all."""
    least, below = spans[whole]
    shown = pd.Series(0.0, people.index)
    reached = pd.Series(float(least), people.index)
    gap = pd.Series(False, people.index)
    inside = [age for age in people if age != whole and least <= spans[age][0] < below]
    for age in sorted(inside, key=lambda age: (spans[age][0], -spans[age][1])):
        first, after = spans[age]
        counts = people[age].notna() & (first >= reached) & (after <= below)
        shown += people[age].where(counts, 0.0)
        gap |= counts & (first > reached)
        reached = reached.where(~counts, float(after))
    return shown, ~gap & reached.eq(below)
