"""How often `evaluate_project` says "worked" where there was no project, and where one was planted.

    python benchmarks/evaluations.py            print the tables
    python benchmarks/evaluations.py --write    write them to docs/evaluations.md

Every district of a real pack, every yearly indicator with ten figures or more, every start that
leaves three figures before it and one after, and both directions.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import page
import pandas as pd

import ineqlib as iq
from ineqlib.briefings.evaluate_project.asked import MOST_DAYS
from ineqlib.briefings.evaluate_project.design import FEWEST_BEFORE
from ineqlib.facts.beside_similar import MOST_PERIODS, similar_among
from ineqlib.facts.own_indicators import indicators_by_id
from ineqlib.facts.shared import most_alike, tiers
from ineqlib.measures.placebo import (
    FEWEST_PLACEBOS,
    FEWEST_SIMILAR,
    LEVEL,
    Departures,
    departures,
    detectable,
    gaps,
    placebo_p,
    placebo_p_of_each,
    power,
    rules_out,
    sets_of,
    works_of_each,
)
from ineqlib.measures.synthetic_control import synthetic_gaps
from ineqlib.observations import HAS_VALUE
from ineqlib.pack import Pack

FEWEST_PERIODS = 10
SETS = 499
COLUMNS = "indicator_id area_code period_start period_end sex age value status".split()
KEYS = ["indicator_id", "sex", "age", "long"]
WORDS = """# Evaluations where nothing happened, and where something was planted

A verdict is worth its name if it is seldom "worked" where there was no project, and often where
there was one. Here is every district of England, every yearly indicator of the pack with {periods}
figures or more that is not modelled, every start with {before} figures before it and one after, and
both directions: {verdicts:,} verdicts about {series} indicators. No project is known at these
starts, so "worked" should be rare; what projects there were make its share a little high.

**{worked:.1f} of 100 were called "worked"** (the rule aims at 5 and must stay between 2 and 8);
{low:.1f} to {high:.1f} by indicator.

{all_rows}

- **Fewest, most people; least, most restless**: thirds of the districts by how many people live
  there, and by how much their gap to similar areas varied before the start. A rule that ranked bare
  changes called {raw_low:.1f} of 100 of the least and {raw_high:.1f} of the most restless "worked"
  ([decision 0035](decisions/0035-verdict-of-an-evaluation.md)).
- **Worst fifth**: where a project is most likely put, by the level before the start; **after a bad
  year**: the tenth of districts whose last figure before the start was worst for themselves, where
  some of any later improvement is a return to the usual.
- **All districts of a county together**: judged by {sets} sets of as many districts, each drawn in
  one region. Drawn from anywhere they would be called "worked" in {anywhere:.1f} of 100, for areas
  near one another move together.

## Planted changes

In each district a change was added to every figure after the start, of the size that the page says
it would find in 80 of 100. It was found in **{at_once:.1f} of 100**. Of the size that the page had
said **for a start one period earlier**, from figures that a plan would have had, it was found in
**{reached:.1f} of 100**.

Where a change of that size was there, "no sign" was said in {missed:.1f} of 100 (at most 5 are
meant). Of changes of the usual size (half of the standard deviation between districts), the page
promised {promised:.1f} of 100 and found {kept:.1f}.

## By indicator

{table}

`python benchmarks/evaluations.py --write` writes this page from the pack `england`.
"""


@dataclass(frozen=True)
class Start:
    """One series about one start; the areas judged are those with enough similar ones."""

    name: str
    codes: np.ndarray
    values: np.ndarray
    similar: np.ndarray
    judged: np.ndarray
    before: int

    @property
    def gap(self) -> np.ndarray:
        """Gaps of the areas judged."""
        return gaps(self.values, self.similar)[self.judged]


def main() -> None:
    """Print the page or write it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/evaluations.md")
    options.add_argument("--pack", default="england", help="a pack of real figures")
    asked = options.parse_args()
    text = report(iq.open_pack(asked.pack))
    print(page.write("evaluations.md", text) if asked.write else text)


def report(pack: Pack) -> str:
    """Try everything and write the page."""
    people = pack.population().set_index("area_code")["population"]
    rows = []
    for of_series in series(pack):
        earlier: dict[int, Departures] = {}
        for start in of_series:
            for turn in (1, -1):
                tried = departures(turn * start.gap, start.before)
                rows.append(
                    {
                        "name": start.name,
                        "areas": int(start.judged.sum()),
                        **without_project(start, turn, tried, people),
                        **planted(start, tried, earlier.get(turn)),
                    }
                )
                earlier[turn] = tried
    frame = pd.DataFrame(rows)
    together = pd.DataFrame(neighbouring(pack))
    by_name = frame.groupby("name")
    means = frame.mean(numeric_only=True)
    worked = by_name["worked"].mean()
    lines = [
        ["All", *_cells(means, "worked")],
        ["Fewest people", *_cells(means, "fewest")],
        ["Most people", *_cells(means, "most")],
        ["Least restless", *_cells(means, "calm")],
        ["Most restless", *_cells(means, "restless")],
        ["Worst fifth", *_cells(means, "worst")],
        ["After a bad year", *_cells(means, "bad_year")],
        ["By a synthetic control", *_cells(means, "synthetic")],
        ["All districts of a county together", f"{100 * together['worked'].mean():.1f}"],
    ]
    names = indicators_by_id(pack)
    table = [
        [
            names[name].public_name,
            f"{part['areas'].median():.0f}",
            str(len(part) // 2),
            *(f"{100 * part[column].mean():.1f}" for column in ("worked", "reached", "missed")),
        ]
        for name, part in by_name
    ]
    return WORDS.format(
        periods=FEWEST_PERIODS,
        before=FEWEST_BEFORE,
        verdicts=int(frame["areas"].sum()),
        series=int(frame["name"].nunique()),
        worked=100 * means["worked"],
        low=100 * worked.min(),
        high=100 * worked.max(),
        raw_low=100 * means["raw_calm"],
        raw_high=100 * means["raw_restless"],
        sets=SETS,
        anywhere=100 * together["anywhere"].mean(),
        at_once=100 * means["at_once"],
        reached=100 * means["reached"],
        missed=100 * means["missed"],
        promised=100 * means["promised"],
        kept=100 * means["kept"],
        all_rows=page.table("districts | :called “worked”, of 100", lines),
        table=page.table(
            "indicator | :districts | :starts | :worked | :planted, found | :planted, “no sign”",
            table,
        ),
    )


def _cells(means: pd.Series, column: str) -> list[str]:
    return [f"{100 * means[column]:.1f}"]


def series(pack: Pack) -> Iterator[list[Start]]:
    """Yield the starts of each series, oldest first."""
    known = indicators_by_id(pack)
    near = pack.shared(most_alike)
    rows = pack.observations(
        area=sorted(pack.shared(tiers).lower),
        dimension="",
        columns=COLUMNS,
    )
    rows = rows[rows["status"].isin(HAS_VALUE)]
    days = (rows["period_end"] - rows["period_start"]).dt.days
    rows = rows.assign(long=(days / MOST_DAYS).round(1))
    for (name, *_, long), part in rows.groupby(KEYS):
        if long > 1 or known[name].modelled or not known[name].catalogued:
            continue
        table = part.pivot_table(
            index="area_code", columns="period_start", values="value", aggfunc="last"
        )
        if table.shape[1] >= FEWEST_PERIODS and (starts := _starts(str(name), table, near)):
            yield starts


def _starts(name: str, table: pd.DataFrame, near: dict[str, tuple[str, ...]]) -> list[Start]:
    starts = []
    for first in range(FEWEST_BEFORE, table.shape[1]):
        before = min(first, MOST_PERIODS)
        whole = table.iloc[:, first - before : first + MOST_PERIODS].dropna()
        values, similar = whole.to_numpy(), similar_among(list(whole.index), near)
        judged = similar.sum(axis=1) >= FEWEST_SIMILAR
        if judged.sum() > FEWEST_PLACEBOS:
            codes = whole.index.to_numpy()
            starts.append(Start(name, codes, values, similar, judged, before))
    return starts


def without_project(
    start: Start, turn: int, tried: Departures, people: pd.Series
) -> dict[str, float]:
    """Return how often districts of several kinds are called "worked"."""
    works = works_of_each(tried)
    bare = placebo_p_of_each(tried.effect) <= LEVEL
    inhabitants = people.reindex(start.codes[start.judged]).to_numpy()
    own = tried.path[:, : start.before].var(axis=1)
    calm, restless = own <= np.quantile(own, 1 / 3), own > np.quantile(own, 2 / 3)
    small, large = np.nanquantile(inhabitants, [1 / 3, 2 / 3])
    level = turn * start.values[start.judged, : start.before].mean(axis=1)
    last = tried.path[:, start.before - 1] / tried.spread
    shares = {
        "worked": works.mean(),
        "fewest": works[inhabitants <= small].mean(),
        "most": works[inhabitants > large].mean(),
        "calm": works[calm].mean(),
        "restless": works[restless].mean(),
        "raw_calm": bare[calm].mean(),
        "raw_restless": bare[restless].mean(),
        "worst": works[level <= np.quantile(level, 0.2)].mean(),
        "bad_year": works[last <= np.quantile(last, 0.1)].mean(),
    }
    if turn == 1:
        gap, _ = synthetic_gaps(start.values, start.similar, start.before)
        shares["synthetic"] = works_of_each(departures(gap[start.judged], start.before)).mean()
    return {name: float(share) for name, share in shares.items()}


def planted(start: Start, tried: Departures, earlier: Departures | None) -> dict[str, float]:
    """Return how often a planted change is found, of the size promised one period earlier."""
    if earlier is None:
        return {}
    promised = detectable(tried.spread, earlier)
    at_once, _ = _found(tried, detectable(tried.spread, tried))
    usual = np.full(len(tried.spread), start.values[:, : start.before].mean(axis=1).std() / 2)
    found, ruled_out = _found(tried, promised)
    return {
        "at_once": float(at_once.mean()),
        "reached": float(found.mean()),
        "missed": float((ruled_out & ~found).mean()),
        "promised": float(power(usual, tried.spread, earlier).mean()),
        "kept": float(_found(tried, usual)[0].mean()),
    }


def _found(tried: Departures, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return of each district whether a change planted there alone is found, and ruled out."""
    path = tried.path.copy()
    path[:, tried.before :] += size[:, None]
    changed = Departures(path, tried.before, tried.spread)
    steady = placebo_p_of_each(tried.drift) > LEVEL
    # Each is judged among the others, and itself, as it is now.
    reached = (tried.score[None, :] >= changed.score[:, None]).sum(axis=1)
    as_far = (1 + reached - (tried.score >= changed.score)) / len(tried.score)
    return (as_far <= LEVEL) & steady, rules_out(changed, size, tried)


def neighbouring(pack: Pack) -> Iterator[dict[str, float]]:
    """Yield how often all districts of a county, judged together, are called "worked"."""
    areas = pack.areas[~pack.areas["ended"]].set_index("area_code")
    for of_series in series(pack):
        for start in of_series[:: max(1, len(of_series) // 3)]:
            about = areas.reindex(start.codes)
            county, region = (about[name].to_numpy() for name in ("parent_code", "region_code"))
            for code in sorted({name for name in county if isinstance(name, str)} - {""}):
                # As on the page, no district of the project is compared with.
                similar = start.similar & (county != code)
                gap = gaps(start.values, similar)
                compared = ~np.isnan(gap[:, 0])
                inside = np.flatnonzero(compared & (county == code))
                outside = np.flatnonzero(compared & (county != code))
                if len(inside) < 2:
                    continue
                every = departures(gap[np.concatenate([inside, outside])], start.before)
                mine = every.together(np.arange(len(inside))[None, :])
                worked = {}
                for name, groups in (("anywhere", None), ("worked", region[outside])):
                    sets = len(inside) + sets_of(len(outside), len(inside), groups, many=SETS)
                    others = every.together(sets)
                    worked[name] = np.mean([_works(mine, others, turn) for turn in (1, -1)])
                yield worked


def _works(mine: Departures, others: Departures, turn: int) -> bool:
    far = placebo_p(turn * mine.score, turn * others.score)[0]
    drift = placebo_p(turn * mine.drift, turn * others.drift)[0]
    return bool(far <= LEVEL < drift)


if __name__ == "__main__":
    main()
