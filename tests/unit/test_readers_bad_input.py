"""Areas about which little is known, or much that is odd: each reader is told so, calmly."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.area.options import read_options
from ineqlib.briefings.area.readers.objectives import MOST, objectives
from ineqlib.briefings.area.readers.telling import telling_of
from ineqlib.document.blocks import BulletList
from ineqlib.facts.area import AreaFacts
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack, PackMeta

from .plain_words import avoided
from .revised_pack import revised
from .test_readers import facts_of, text_of

HERE, COUNTY = "X07000003", "X10000001"
LONG_NAME = "Llanfair-ym-Mhwllgwyngyll a'r Tŷ Gŵyl uwch Afon y Bont Fawr Goch"
Tables = dict[str, pd.DataFrame | gpd.GeoDataFrame]
Damage = Callable[[Tables], None]


def no_small_areas(tables: Tables) -> None:
    for name in ("small_areas", "boundaries_small_area", "deaths", "populations"):
        del tables[name]
    rows = tables["observations"]
    inside = (rows["dimension"].fillna("") != "") | rows["indicator_id"].str.endswith("_inequality")
    tables["observations"] = rows[~inside]


def one_small_area(tables: Tables) -> None:
    rows = tables["small_areas"]
    ours = rows.index[rows["area_code"] == HERE]
    tables["small_areas"] = rows.drop(ours[1:])
    of_pack = tables["observations"]
    is_group = (of_pack["area_code"] == HERE) & (of_pack["dimension"].fillna("") != "")
    tables["observations"] = of_pack[~is_group]


def all_withheld(tables: Tables) -> None:
    rows = tables["observations"].copy()
    ours = rows["area_code"] == HERE
    rows.loc[ours, ["value", "lower_ci", "upper_ci", "count"]] = np.nan
    rows.loc[ours, "status"] = "suppressed"
    tables["observations"] = rows


def one_period(tables: Tables) -> None:
    rows = tables["observations"]
    newest = rows.groupby("indicator_id")["period_end"].transform("max")
    tables["observations"] = rows[rows["period_end"] == newest]


def gradient_the_other_way(tables: Tables) -> None:
    """Turn the area's own groups round: the most deprived live longest."""
    in_other_order(tables, lambda order, groups: groups + 1 - order)


def u_shaped_gradient(tables: Tables) -> None:
    """Give both ends of the area's own groups what the first has: no line fits."""
    in_other_order(tables, lambda order, groups: np.minimum(order, groups + 1 - order))


def in_other_order(tables: Tables, other: Callable[[Any, int], Any]) -> None:
    """Give each of the area's own groups the figures of another of them."""
    rows = tables["observations"].reset_index(drop=True)
    local = rows["dimension"].fillna("").str.startswith("local_deprivation")
    ours = rows[local & (rows["area_code"] == HERE)]
    key = ["indicator_id", "period_start", "period_end", "sex", "age", "dimension"]
    figures = ["value", "lower_ci", "upper_ci", "count"]
    groups = int(ours["subgroup_order"].max())
    meant = ours.assign(subgroup_order=other(ours["subgroup_order"].astype(int), groups))
    known = ours.set_index([*key, "subgroup_order"])[figures]
    wanted = pd.MultiIndex.from_frame(meant[[*key, "subgroup_order"]])
    rows.loc[ours.index, figures] = known.reindex(wanted).to_numpy()
    slopes = (rows["area_code"] == HERE) & rows["indicator_id"].str.endswith("_inequality")
    tables["observations"] = rows[~slopes]


def no_neighbours(tables: Tables) -> None:
    del tables["neighbours"]


def one_district(tables: Tables) -> None:
    rows = tables["areas"].copy()
    others = (rows["parent_code"] == COUNTY) & (rows["area_code"] != HERE)
    rows.loc[others, "parent_code"] = "X10000002"
    tables["areas"] = rows


def long_welsh_name(tables: Tables) -> None:
    for name in ("areas", "observations"):
        rows = tables[name]
        here = rows["area_code"] == HERE
        tables[name] = rows.assign(area_name=rows["area_name"].mask(here, LONG_NAME))


DAMAGES: dict[Damage, str] = {
    no_small_areas: "has no figures for parts of",
    one_small_area: "nothing inside it can be compared",
    all_withheld: "",
    one_period: "",
    gradient_the_other_way: (
        r"from 8\d\.\d years in the most deprived fifth of neighbourhoods to 7\d\.\d years"
    ),
    u_shaped_gradient: (
        r"no clear gap; about \S+ years \(95% interval [^)]*\) between the most and the least "
        r"deprived end, which could be chance"
    ),
    no_neighbours: "does not say which areas are most like this one",
    one_district: "",
    long_welsh_name: LONG_NAME,
}
"""What is done to the demonstration -> what its director must be told, as a pattern."""


@pytest.fixture(scope="module")
def tables(demo_pack: Pack) -> Tables:
    return {name: demo_pack.table(name) for name in demo_pack.meta.tables}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_every_reader_is_told_calmly_what_there_is(
    demo_pack: Pack, tables: Tables, tmp_path: Path, damage: Damage
) -> None:
    damaged = dict(tables)
    damage(damaged)
    meta = PackMeta(title="Odd", fictional=True, vintage="2024")
    facts = facts_of(revised(demo_pack, tmp_path / "pack", damaged, meta), HERE)
    require_calm(facts)
    assert re.search(DAMAGES[damage], text_of(facts, "director"))


def require_calm(facts: AreaFacts) -> None:
    """Require that no reader meets a hole, a strange word, or another area's name for this one."""
    for audience in AUDIENCES:
        text = text_of(facts, audience)
        assert facts.profile.area.name in text
        assert avoided(text.replace(LONG_NAME, "Here")) == []


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> AreaFacts:
    return facts_of(demo_pack, HERE)


def with_indicators(facts: AreaFacts, **changes: Any) -> AreaFacts:
    """Return the facts with another property of every indicator."""
    changed = {}
    for each in facts.comparisons:
        indicator = replace(each.series.indicator, **changes)
        changed[id(each)] = replace(each, series=replace(each.series, indicator=indicator))
    return replace(
        facts,
        comparisons=tuple(changed.values()),
        trends=tuple(
            replace(each, comparison=changed[id(each.comparison)]) for each in facts.trends
        ),
    )


def test_without_a_good_side_nothing_is_called_better_or_worse(facts: AreaFacts) -> None:
    neutral = with_indicators(facts, polarity="neutral")
    require_calm(neutral)
    told = telling_of(neutral, read_options({}))
    assert not told.judgement.worse
    assert not told.judgement.better
    assert "which is worse" not in text_of(neutral, "director")


def test_of_many_figures_of_one_objective_the_furthest_are_told(facts: AreaFacts) -> None:
    crowded = with_indicators(facts, objective="F")
    again = with_indicators(crowded, topic="another")
    crowded = replace(crowded, comparisons=crowded.comparisons + again.comparisons)
    assert len(crowded.comparisons) >= 40
    require_calm(crowded)
    lists = [
        block
        for block in objectives(telling_of(crowded, read_options({}))).blocks
        if isinstance(block, BulletList)
    ]
    assert 0 < len(lists) <= 1
    assert len(lists[0].items) <= MOST
