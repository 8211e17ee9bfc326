"""How often `neighbourhoods` sees a cluster where none is planted, and where one is.

    python benchmarks/clusters.py            # prints the tables
    python benchmarks/clusters.py --write    # writes docs/clusters-tested.md
    python benchmarks/clusters.py --maps 20  # fewer maps of each kind

Maps are districts of the demonstration country. Counts are drawn about a known risk: the same
everywhere, differing from place to place at random, or higher in one block of places that touch.
The second table asks of the smoothed figures how near the truth they come, and how often their
limits hold it.
"""

import argparse
from functools import cache
from typing import NamedTuple

import esda.crand
import geopandas as gpd
import numpy as np
import page
from libpysal.graph import Graph

from ineqlib.briefings.neighbourhoods.clusters import find_clusters
from ineqlib.demo import make_country
from ineqlib.measures import empirical_bayes

MAPS = 200
DISTRICTS = {"Tidewell": "X06000013", "Larkstead": "X07000007", "Pellwater": "X07000009"}
SEED = 2026
HEADER = (
    "map | places | events expected in each | true risks | :maps with a cluster, % | :± | "
    ":cluster where none is, % of maps"
)
SMOOTHED = (
    "places | events expected in each | true risks differ by | "
    ":error of smoothed, % of raw's | :limits hold the truth, %"
)
WORDS = """# Clusters and smoothed figures on simulated maps

What the page of neighbourhoods finds where the truth is known, made by
`python benchmarks/clusters.py --write`, which says how.

**Clusters.** {maps} maps of each kind, a quarter of them where one is planted. Where none is, a
map with any cluster is a false alarm: at most 5 in 100 are promised, and the worst kind here has
{worst:.1f}. A block is a place with all that touch it, whose risk is raised; a place of a cluster
that neither lies in the block nor touches it counts as a cluster where none is.

{clusters}

**Smoothed figures.** {maps} sets of places each. Error is the mean square distance from the true
risk; limits are promised to hold it 95 times in 100 over all places, and hold it more often where
places differ less than chance moves them.

{smoothed}
"""


class Truth(NamedTuple):
    """True risks: how they differ at random, and how many times higher they are in a block."""

    words: str
    spread: float
    times: float = 1.0


TRUTHS = (
    Truth("the same everywhere", 0.0),
    Truth("differ by 30% at random", 0.3),
    Truth("1.5 times in one block, else the same", 0.0, 1.5),
    Truth("2 times in one block, else the same", 0.0, 2.0),
)
EXPECTED = (5, 30)
PLANTED = 4
"""One in so many maps is enough where a cluster is planted: it is found or not by far."""


def main() -> None:
    """Print the tables or write their page."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="write docs/clusters-tested.md")
    options.add_argument("--maps", type=int, default=MAPS, help="maps of each kind")
    asked = options.parse_args()
    # Drawn from one seed, so always the same for so many places: most of the time goes there.
    esda.crand.vec_permutations = cache(esda.crand.vec_permutations)
    text = report(asked.maps)
    print(page.write("clusters-tested.md", text) if asked.write else text)


def report(maps: int) -> str:
    """Write the page."""
    drawn = make_country().neighbourhoods
    rows, false = [], [0.0]
    for name, code in DISTRICTS.items():
        shapes = gpd.GeoSeries(drawn.geometry[drawn["area_code"] == code].to_numpy())
        for expected in EXPECTED:
            for truth in TRUTHS:
                drawn_maps = maps if truth.times == 1 else -(-maps // PLANTED)
                some, elsewhere = tried(shapes, expected, truth, drawn_maps)
                if truth.times == 1:
                    false.append(100 * some)
                error = 100 * np.sqrt(some * (1 - some) / drawn_maps)
                cells = (f"{100 * some:.1f}", f"{error:.1f}", f"{100 * elsewhere:.1f}")
                rows.append([name, str(len(shapes)), str(expected), truth.words, *cells])
    return WORDS.format(
        maps=maps,
        worst=max(false),
        clusters=page.table(HEADER, rows),
        smoothed=page.table(SMOOTHED, list(smoothed_rows(maps))),
    )


def tried(shapes: gpd.GeoSeries, expected: float, truth: Truth, maps: int) -> tuple[float, float]:
    """Return the share of maps with a cluster, and with one where none is planted."""
    rng = np.random.default_rng([SEED, len(shapes), int(expected), int(10 * truth.times)])
    beside = Graph.build_contiguity(shapes, rook=False, strict=True).sparse.toarray() > 0
    near = beside | np.eye(len(shapes), dtype=bool)
    some = elsewhere = 0
    for _ in range(maps):
        size = rng.uniform(0.5, 1.5, len(shapes)) * expected
        block = near[rng.integers(len(shapes))] & (truth.times > 1)
        risk = np.where(block, truth.times, 1.0) * differing(rng, truth.spread, len(shapes))
        found = find_clusters(shapes, rng.poisson(size * risk).astype(float), size)
        places = np.zeros(len(shapes), dtype=bool) if found is None else found.of != 0
        some += bool(places.any())
        elsewhere += bool((places & ~(near @ block)).any())
    return some / maps, elsewhere / maps


def differing(rng: np.random.Generator, spread: float, *shape: int) -> np.ndarray:
    """Draw true risks about 1."""
    return rng.gamma(spread**-2, spread**2, shape) if spread else np.ones(shape)


def smoothed_rows(maps: int) -> list[list[str]]:
    """Return how near the smoothed figures come to the truth, by places, events and spread."""
    rows, rng = [], np.random.default_rng(SEED)
    for places in (10, 40, 150):
        for expected in (5, 15, 100):
            for spread in (0.05, 0.15, 0.3, 0.6):
                size = rng.uniform(0.5, 1.5, (maps, places)) * expected
                truth = differing(rng, spread, maps, places)
                count = rng.poisson(size * truth)
                made = empirical_bayes(count, size, kind="rate").estimate
                held = ((made.lower <= truth) & (truth <= made.upper)).mean()
                error, raw = (((x - truth) ** 2).mean() for x in (made.value, count / size))
                known = (str(places), str(expected), f"{100 * spread:.0f}%")
                rows.append([*known, f"{100 * error / raw:.0f}", f"{100 * held:.1f}"])
    return rows


if __name__ == "__main__":
    main()
