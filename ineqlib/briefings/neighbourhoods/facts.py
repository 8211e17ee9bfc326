"""Every figure of the page: of each place, raw and smoothed, and where to look first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np

from ineqlib.briefings.neighbourhoods.clusters import LEAST, Clusters, find_clusters
from ineqlib.briefings.neighbourhoods.figures import Figures
from ineqlib.briefings.neighbourhoods.model import (
    Cluster,
    Neighbourhoods,
    OnePlace,
    Weight,
)
from ineqlib.briefings.neighbourhoods.shapes import shapes_of
from ineqlib.briefings.neighbourhoods.smoothing import Own, smoothed_places, weight_of, with_counts
from ineqlib.facts.fact import Fact, calculated_of, derived, fact_id
from ineqlib.pack import Area, Pack

FIRST = 10
MOST = 1_500
"""Places that one page can tell apart, and look for clusters among while somebody waits."""


def facts_of(
    pack: Pack, area: Area, asked: str, there: Sequence[Figures], figures: Figures | None
) -> Neighbourhoods:
    """Work out every figure of the page."""
    others = dict.fromkeys(other.name for other in there)
    if figures is not None:
        others.pop(figures.name, None)
    about = Neighbourhoods(area, asked, figures, tuple(others))
    if figures is None:
        return replace(about, why_not="none")
    about = replace(
        about, number=_fact(about, "places", len(figures.places), "places of this kind")
    )
    if len(figures.places) > MOST:
        return replace(about, why_not="too many")
    plain = tuple(OnePlace(p.code, p.name, p.fact, p.status) for p in figures.places)
    if not any(place.fact for place in figures.places):
        return replace(about, places=plain, why_not="withheld")
    if len(figures.places) == 1:
        return replace(about, places=plain, why_not="one place")
    return _with_places(pack, about, figures)


def _with_places(pack: Pack, about: Neighbourhoods, figures: Figures) -> Neighbourhoods:
    smoothed, why = smoothed_places(figures)
    about = replace(about, why_not_smoothed=why)
    average, meant = _average(about, figures)
    about = replace(about, average=average, average_is=meant)
    shapes = shapes_of(pack, about.area.code, figures)
    clusters, why = _clusters(figures, shapes)
    kind = _kinds(figures, shapes, clusters)
    places = tuple(
        _place(about, figures, n, own=smoothed.get(n), cluster=kind.get(place.code))
        for n, place in enumerate(figures.places)
    )
    first = sorted((place for place in places if _is_worse(place)), key=_order)[:FIRST]
    counts = {weight: sum(place.weight == weight for place in places) for weight in Weight}
    middle = float(np.median([own.weight for own in smoothed.values()])) if smoothed else np.nan
    return replace(
        about,
        places=places,
        by_weight={
            weight: _fact(about, f"weight-{weight or 'none'}", many, "figures of that weight")
            for weight, many in counts.items()
        },
        typical=None
        if np.isnan(middle)
        else _fact(about, "typical-own", 100 * middle, "own weight of the middle place", unit="%"),
        clear=_fact(
            about, "clear", sum(p.clear for p in places), "places beyond the area's figure"
        ),
        first=tuple(first),
        first_number=_fact(about, "first", len(first), "places to look at first"),
        clusters=tuple(_grouped(about, places, shapes, clusters)),
        untested=_fact(
            about,
            "untested",
            sum(p.raw is not None and p.cluster is None for p in places),
            "places not tested",
        ),
        shapes=shapes if len(shapes) else None,
        why_no_clusters=why,
    )


def _average(about: Neighbourhoods, figures: Figures) -> tuple[Fact, str]:
    """Return the area's figure: of the counts, else as published, else of the middle place."""
    known = with_counts(figures)
    name = about.area.name
    options: dict[str, Any] = {"unit": figures.measured_in, "decimals": figures.decimals}
    if len(known):
        value = figures.times * figures.count[known].sum() / figures.denominator[known].sum()
        return _fact(about, "average", value, "all places together", **options), name
    if figures.whole is not None:
        return figures.whole, name
    middle = float(np.median([place.fact.value for place in figures.places if place.fact]))
    return _fact(about, "middle", middle, "the middle place", **options), "the middle place"


def _clusters(figures: Figures, shapes: gpd.GeoDataFrame) -> tuple[Clusters | None, str]:
    at = _drawn(figures, shapes)
    if len(at) < LEAST:
        few = "fewer than ten places with a figure have a shape in the pack"
        return None, few if len(shapes) else "the pack has no shapes of these places"
    by_code = shapes.set_index("code")["geometry"]
    geometry = gpd.GeoSeries(by_code.loc[[figures.places[n].code for n in at]])
    counted = set(with_counts(figures).tolist())
    if all(n in counted for n in at) and figures.count[at].sum() > 0:
        clusters = find_clusters(geometry, figures.count[at], figures.denominator[at])
    else:
        values = np.array([fact.value for n in at if (fact := figures.places[n].fact)])
        clusters = find_clusters(geometry, values, None)
    return (
        clusters,
        "" if clusters else "fewer than ten places touch another, or all figures are alike",
    )


def _drawn(figures: Figures, shapes: gpd.GeoDataFrame) -> list[int]:
    """Return the places that have both a figure and a shape; those with counts, where most have."""
    codes = set(shapes["code"])
    at = [n for n, place in enumerate(figures.places) if place.fact and place.code in codes]
    counted = set(with_counts(figures).tolist())
    able = [n for n in at if n in counted]
    return able if 2 * len(able) > len(at) else at


def _kinds(figures: Figures, shapes: gpd.GeoDataFrame, clusters: Clusters | None) -> dict[str, int]:
    if clusters is None:
        return {}
    at = _drawn(figures, shapes)
    cells = zip(at, clusters.of.tolist(), clusters.tested.tolist(), strict=True)
    return {figures.places[n].code: kind for n, kind, tested in cells if tested}


def _grouped(
    about: Neighbourhoods,
    places: Sequence[OnePlace],
    shapes: gpd.GeoDataFrame,
    clusters: Clusters | None,
) -> Iterator[Cluster]:
    """Yield the clusters, those on the worse side first, the largest of each first."""
    if clusters is None or about.figures is None:
        return
    at = _drawn(about.figures, shapes)
    members = [
        [places[at[n]] for n in np.flatnonzero(clusters.group == group)]
        for group in range(clusters.group.max() + 1)
    ]
    members.sort(key=lambda own: (-about.way * (own[0].cluster or 0), -len(own), own[0].code))
    for n, own in enumerate(members):
        size = _fact(about, f"cluster-{n}", len(own), "places of a cluster")
        worst_first = sorted(own, key=_order)
        yield Cluster(own[0].cluster == 1, size, tuple(worst_first))


def _place(
    about: Neighbourhoods, figures: Figures, n: int, *, own: Own | None, cluster: int | None
) -> OnePlace:
    place = figures.places[n]
    plain = OnePlace(place.code, place.name, place.fact, place.status, cluster=cluster)
    raw, average = place.fact, about.average
    if raw is None or average is None:
        return plain
    smoothed, weight = _smoothed(raw, own) if own else (None, None)
    best = smoothed or raw
    beyond = about.way * (best.value - average.value)
    near = best.limits[0 if about.way > 0 else 1] if best.limits else None
    count, more = _in_events(figures, n, raw, beyond)
    return replace(
        plain,
        weight=weight_of(figures, n, raw),
        smoothed=smoothed,
        own=weight,
        beyond=derived(raw, "beyond", beyond, method="on the worse side of the area's figure"),
        count=count,
        more=more,
        clear=near is not None and about.way * (near - average.value) > 0,
    )


def _smoothed(raw: Fact, own: Own) -> tuple[Fact, Fact]:
    """Return the smoothed figure, and the weight of the place's own figure in it."""
    limits = {"lower_ci": own.lower, "upper_ci": own.upper}
    weight = 100 * own.weight
    return (
        derived(raw, "smoothed", own.value, method=own.method, **limits),
        derived(raw, "own-weight", weight, unit="%", decimals=0, method="own weight"),
    )


def _in_events(
    figures: Figures, n: int, raw: Fact, beyond: float
) -> tuple[Fact | None, Fact | None]:
    """Return how many events there were, and how many more than at the area's figure, if known."""
    if not (figures.has_counts and np.isfinite(figures.count[n])):
        return None, None
    count = derived(raw, "count", figures.count[n], unit="", decimals=0, method="counted")
    if not np.isfinite(figures.denominator[n]):
        return count, None
    many = beyond / figures.times * figures.denominator[n]
    method = "more than there would be at the area's figure"
    decimals = 0 if abs(many) >= 10 else 1
    return count, derived(raw, "more", many, unit="", decimals=decimals, method=method)


def _is_worse(place: OnePlace) -> bool:
    """Whether a place is on the worse side by more than rounding."""
    if place.beyond is None or place.best is None:
        return False
    return place.beyond.value > 1e-9 * max(1.0, abs(place.best.value))


def _order(place: OnePlace) -> tuple[bool, float, str]:
    """Order places to look at: those beyond chance first, then by the people that makes."""
    size = place.more or place.beyond
    return not place.clear, -(size.value if size else 0.0), place.code


def _fact(about: Neighbourhoods, name: str, value: float, method: str, **shown: Any) -> Fact:
    what = f"{about.figures.id}-{about.figures.unit}" if about.figures else "none"
    return calculated_of(
        about.area,
        fact_id("neighbourhoods", name, what, about.area.code),
        value,
        period=about.period,
        method=method,
        source=next(iter(about.sources), ""),
        **shown,
    )
