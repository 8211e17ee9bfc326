"""How often the intervals about targets hold the truth, and how often old targets came true.

python benchmarks/targets.py PACK            print the tables
python benchmarks/targets.py PACK --write    write them to docs/targets-tested.md
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from ineqlib.briefings.what_would_it_take.done import (
    ALREADY,
    CANNOT,
    NEVER,
    SELDOM,
    WITHIN,
    verdict_of,
)
from ineqlib.errors import InputError
from ineqlib.facts.own_indicators import indicator_named
from ineqlib.facts.shared import most_alike
from ineqlib.facts.tier_series import TierSeries, read_tier_series
from ineqlib.measures.panel import Panel
from ineqlib.measures.rates_of_progress import rates_of_progress
from ineqlib.measures.required_change import required_change
from ineqlib.measures.variance_components import variance_components
from ineqlib.pack import Pack, open_pack
from tests.unit.simulated.moving_areas import COUNTRIES, Country, held

SETS = 200
RUNS = (3, 5)
AGO = (6, 13)
"""Years before the newest figure between which targets are set: about ten years ago."""
FEWEST_SIMILAR = 8
WORK = {"claimant_count", "economic_inactivity", "employment_rate", "unemployment_rate"}
NO_RUNS = "cannot tell: no figures so far back"
INTERVALS = {
    "required": "required change a year",
    "usual": "run of one more similar area",
    "best": "best run of each area",
    "similar held": "how many of 15 similar areas",
    "tier held": "how many of all areas",
}
WORDS = """# Targets, tested

What `what_would_it_take` says, tried where the truth is known. `python benchmarks/targets.py PACK
--write` writes this page.

## On simulated areas

{sets} sets of areas each, whose true figures wander and drift, are published with noise. A 95%
interval is good where it holds the truth 93 to 97 times in 100.

{coverage}

The counts come in whole numbers, so that with 15 areas their interval holds the truth more often
than it says. Of all areas it holds it less often: how noise and true movement part is itself
uncertain, which drawing areas again holds in part. It is told for scale.

How many areas ever did what was asked, on average over the sets: what is true, what the page says,
and what one would count without taking the noise out.

{counts}

## On what came true

Every district of the real pack, or upper-tier authority where published so, and every indicator
with figures long enough and a judgement of what is better (amounts in pounds left out: prices
rise). The target is England's figure of then, about ten years ago, to be reached three or five
years later; the page knows the figures of then alone. It came true where the published figure of
that year was at the target or better. Areas that had the target already are not asked.

{came_true}

Figures of work (claimants, people in work, out of work, inactive) came out of a recession in those
years, when all of England turned round at once; nothing in the years looked back on had shown that.
Without them:

{without_work}

Then the verdicts order targets rightly. What is left of "never done" that came true is mostly of
surveys (smoking, which soon fell faster than before everywhere; weight; well-being), whose figure
of one year may also be at the target by chance. None of the verdicts is a forecast: within what
others did is not done, and never done is not never.

By indicator, all verdicts together:

{by_indicator}
"""


def main() -> None:
    """Print the tables or write their page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("pack", help="a pack with many districts and long series")
    options.add_argument("--write", action="store_true", help="write docs/targets-tested.md")
    options.add_argument("--sets", type=int, default=SETS, help="sets of areas for each row")
    asked = options.parse_args()
    text = report(open_pack(asked.pack), asked.sets)
    print(page.write("targets-tested.md", text) if asked.write else text)


def report(pack: Pack, sets: int) -> str:
    """Write the page."""
    tried = {country: tried_out(country, sets) for country in COUNTRIES}
    coverage = [
        [country.name, *(f"{100 * means[name]:.1f}" for name in INTERVALS)]
        for country, means in tried.items()
    ]
    counts = [
        [
            country.name,
            *(f"{m[f'{who} {what}']:.1f}" for who in ("similar", "tier") for what in COUNTED),
        ]
        for country, m in tried.items()
    ]
    verdicts: Counter = Counter()
    of_work: Counter = Counter()
    by_indicator = []
    for name in pack.indicators["indicator_id"]:
        of_one = back_test(pack, name)
        if of_one.total():
            verdicts.update(of_one)
            of_work.update(of_one if name in WORK else Counter())
            by_indicator.append([name, *_row(of_one)])
    return WORDS.format(
        sets=sets,
        coverage=page.table(
            "areas | " + " | ".join(f":{words} %" for words in INTERVALS.values()), coverage
        ),
        counts=page.table(
            "areas | :of 15 true | :told | :counted with noise | :of all true | :told | "
            ":counted with noise",
            counts,
        ),
        came_true=_by_verdict(verdicts),
        without_work=_by_verdict(verdicts - of_work),
        by_indicator=page.table("indicator | :targets | :came true | :%", by_indicator),
    )


COUNTED = ("did", "told", "seen")


def tried_out(country: Country, sets: int) -> dict[str, float]:
    """Average over many sets of areas."""
    results = [held(country, seed) for seed in range(sets)]
    return {name: float(np.mean([one[name] for one in results])) for name in results[0]}


def _by_verdict(verdicts: Counter) -> str:
    rows = [
        [f"{run} years", verdict, *_row(_only(verdicts, run, verdict))]
        for run in RUNS
        for verdict in (WITHIN, SELDOM, NEVER, CANNOT, NO_RUNS)
    ]
    return page.table("in | verdict | :targets | :came true | :%", rows)


def _only(verdicts: Counter, run: int, verdict: str) -> Counter:
    return Counter({key: n for key, n in verdicts.items() if key[:2] == (run, verdict)})


def _row(verdicts: Counter) -> list[str]:
    total, true = verdicts.total(), sum(n for key, n in verdicts.items() if key[2])
    return [f"{total:,}", f"{true:,}", f"{100 * true / total:.0f}" if total else "–"]


def back_test(pack: Pack, indicator_id: str) -> Counter:
    """Count targets of one indicator by run, verdict and whether they came true."""
    indicator = indicator_named(pack, indicator_id)
    districts = pack.current("districts")["area_code"].tolist()
    with_figures = pack.observations(indicator_id, columns=["area_code"])["area_code"]
    first = next((code for code in districts if code in set(with_figures)), None)
    if indicator.polarity == "neutral" or indicator.unit.startswith("£") or first is None:
        return Counter()
    series = read_tier_series(pack, first, indicator, "")
    counted: Counter = Counter()
    if series is None or len(series.labels) < 6:
        return counted
    when = series.panel.when
    for at, then in enumerate(when):
        if AGO[0] <= when[-1] - then <= AGO[1] and at >= 3:
            for run in RUNS:
                counted.update(judged(pack, series, at, run))
    return counted


def judged(pack: Pack, series: TierSeries, at: int, run: int) -> Counter:
    """Judge the targets of one year, by what was known then, and see what came of them."""
    panel, way = series.panel, -1.0 if series.indicator.polarity == "adverse" else 1.0
    when, segments = panel.when, panel.segments
    later = np.flatnonzero((np.abs(when - when[at] - run) < 0.5) & (segments == segments[at]))
    country = {row.period: row.value for row in series.series.of("country") if row.has_value}
    counted: Counter = Counter()
    if not len(later) or series.labels[at] not in country or run < panel.width:
        return counted
    then = Panel(
        panel.value[:, : at + 1],
        when[: at + 1],
        panel.width,
        None if panel.se is None else panel.se[:, : at + 1],
        segments[: at + 1],
    )
    try:
        moved = variance_components(then)
        done = rates_of_progress(then, run=run, higher_is_better=way > 0)
    except InputError:
        return counted
    target, alike = country[series.labels[at]], pack.shared(most_alike)
    for area, code in enumerate(series.codes):
        now, came = then.value[area, -1], panel.value[area, later[0]]
        if not np.isfinite([now, came]).all():
            continue
        change = required_change(
            way * now,
            way * target,
            years=run,
            se=moved.noise[area, -1] ** 0.5,
            freedom=moved.freedom[area],
        )
        if change.value <= 0:
            verdict = ALREADY
        else:
            among = series.are(alike.get(code, ()))
            among = among & (done.runs > 0) if done else among & False
            enough = done is not None and among.sum() >= FEWEST_SIMILAR
            verdict = verdict_of(done, among, change)[0] if enough else NO_RUNS
        if verdict != ALREADY:
            counted[run, verdict, bool(way * came >= way * target)] += 1
    return counted


if __name__ == "__main__":
    main()
