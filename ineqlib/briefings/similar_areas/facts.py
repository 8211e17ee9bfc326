"""Every figure of the page: who is alike, by how many lists, and who narrowed the gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ineqlib.briefings.provenance import place_names
from ineqlib.briefings.similar_areas.gains import GapChanges, better_sign, gap_changes
from ineqlib.facts.alike import profiles_of
from ineqlib.facts.fact import NOT_IN_TABLE, Fact, calculated, fact_id, published
from ineqlib.facts.tier_series import TierSeries
from ineqlib.pack import Area, Pack


@dataclass(frozen=True)
class Alike:
    """One of the areas most like the one asked about."""

    code: str
    name: str
    lists: Fact
    """In how many of the other lists it is too."""
    newest: Fact | None
    """Its newest figure in the period of the area's; None without."""
    most_deprived: Fact | None
    """Share of its neighbourhoods in the country's most deprived fifth; None where unknown."""


@dataclass(frozen=True)
class Listed:
    """Another way of telling who is alike, and how many of the areas it shares."""

    method: str
    shared: Fact


@dataclass(frozen=True)
class Similar:
    """Everything the page shows."""

    place: Area
    series: TierSeries | None = field(metadata={NOT_IN_TABLE: True})
    method: str = ""
    count: Fact | None = None
    lists: Fact | None = None
    """How many areas are most alike, and how many other lists there are."""
    now: Fact | None = None
    better: Fact | None = None
    """How many of them do better; None without figures or a judgement of what is better."""
    compared: Fact | None = None
    similar: tuple[Alike, ...] = ()
    others: tuple[Listed, ...] = ()
    gaps: GapChanges = field(default_factory=GapChanges)


def similar_facts(
    pack: Pack, series: TierSeries | None, place: Area, sets: Mapping[str, tuple[str, ...]]
) -> Similar:
    """Work out every figure; `series` is None where the area has no figures.

    `sets` has the areas most alike by how likeness is measured, the usual way first.
    """
    if not sets:
        return Similar(place, series)
    (method, codes), *rest = sets.items()
    count = partial(_count, place)
    newest, shares = _newest(series, codes), _most_deprived(series, codes)
    names = place_names(pack, codes)
    similar = Similar(
        place,
        series,
        method,
        count("areas", len(codes), "areas most like it"),
        count("lists", len(rest), "other ways of telling who is alike"),
        similar=tuple(
            Alike(
                code,
                names[code],
                count(
                    "in-lists", sum(code in own for _, own in rest), "other lists it is in", code
                ),
                newest.get(code),
                shares.get(code),
            )
            for code in codes
        ),
        others=tuple(
            Listed(
                other,
                count(f"shared-{other}", len(set(own) & set(codes)), "areas that both lists have"),
            )
            for other, own in rest
        ),
    )
    if series is None:
        return similar
    similar = replace(similar, gaps=gap_changes(series, (*codes, place.code)))
    return _with_own_figure(similar, series, newest)


def _with_own_figure(similar: Similar, series: TierSeries, newest: Mapping[str, Fact]) -> Similar:
    """Add the area's own newest figure, and how many of the similar areas' are better."""
    own = series.newest("area")
    now = published(own, series.indicator.decimals) if own else None
    if now is None or series.indicator.polarity == "neutral":
        return replace(similar, now=now)
    way, count = better_sign(series), partial(_count, similar.place)
    are_better = [way * fact.value > way * now.value for fact in newest.values()]
    return replace(
        similar,
        now=now,
        better=count("better", sum(are_better), "similar areas with a better figure"),
        compared=count("compared", len(are_better), "similar areas with a figure"),
    )


def _count(place: Area, name: str, number_of_areas: int, what: str, code: str = "") -> Fact:
    return calculated(
        fact_id("alike", name, place.code, code),
        number_of_areas,
        area_code=code or place.code,
        area_name="" if code else place.name,
        method=what,
    )


def _newest(series: TierSeries | None, codes: Sequence[str]) -> dict[str, Fact]:
    own = series.newest("area") if series else None
    if series is None or own is None:
        return {}
    decimals = series.indicator.decimals
    rows = {code: series.rows.get(code, {}).get(own.period) for code in codes}
    return {code: published(row, decimals) for code, row in rows.items() if row is not None}


def _most_deprived(series: TierSeries | None, codes: Sequence[str]) -> dict[str, Fact]:
    if series is None:
        return {}
    table = profiles_of(series.profile.pack, codes)
    return {
        code: calculated(
            fact_id("most-deprived-fifth", code),
            100 * float(share),
            unit="%",
            area_code=code,
            area_name=series.profile.pack.area(code).name,
            method="share of neighbourhoods in the country's most deprived fifth",
        )
        for code, share in zip(table.index.astype(str), table["share most deprived"], strict=True)
    }
