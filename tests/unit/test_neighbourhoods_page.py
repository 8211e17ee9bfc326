"""Where to look first: right where the truth is known, silent where there is nothing to find."""

import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import ineqlib as iq
from ineqlib.briefings.neighbourhoods import clusters, shown
from ineqlib.briefings.neighbourhoods.asked import choose
from ineqlib.briefings.neighbourhoods.facts import facts_of
from ineqlib.briefings.neighbourhoods.figures import Figures, Place, _of_index
from ineqlib.briefings.neighbourhoods.model import (
    Neighbourhoods,
    Weight,
)
from ineqlib.briefings.neighbourhoods.words import how_sure
from ineqlib.catalogue.small_area_figures import load_small_area_figures
from ineqlib.document.blocks import Paragraph, TableBlock
from ineqlib.document.model import Document
from ineqlib.errors import ParameterError, UnknownIndicator
from ineqlib.facts.fact import Fact
from ineqlib.pack import Pack

from .own_pack import AREA, DAMP, VISITS, own_pack

DIVIDED, EVEN = "Pellwater", "Larkstead"
"""A district of extremes, and one with nobody deprived (docs/demonstration-data.md)."""
SEVERAL = 12


def grid(side: int) -> gpd.GeoSeries:
    return gpd.GeoSeries(
        [shapely.box(x, y, x + 1, y + 1) for y in range(side) for x in range(side)]
    )


def made_of(
    count: list[float], of: list[float], *, polarity: str = "adverse", why: str = ""
) -> Figures:
    """Rates per cent of some places without shapes."""
    values = 100 * np.array(count) / np.array(of)
    places = [
        Place(f"p{n:02d}", f"Place {n}", None, "suppressed")
        if np.isnan(value)
        else Place(
            f"p{n:02d}",
            f"Place {n}",
            Fact(f"raw-{n}", value, f"{value:.1f}%", 1, "%", area_name=f"Place {n}"),
            "ok",
        )
        for n, value in enumerate(values.tolist())
    ]
    return Figures(
        "figure", "A figure", "ward", "2024", polarity, "%", 1, tuple(places),  # type: ignore[arg-type]
        np.array(count), np.array(of), 100.0, False, why,
    )  # fmt: skip


def about(pack: Pack, figures: Figures | None) -> Neighbourhoods:
    return facts_of(pack, pack.area(DIVIDED), "", [], figures)


def message(made: Document | Neighbourhoods) -> str:
    section = made.section("answer") if isinstance(made, Document) else shown.answer(made)
    [block] = [block for block in section.blocks if getattr(block, "style", "") == "message"]
    assert isinstance(block, Paragraph)
    return block.words.text


# where the truth is known


def test_in_the_divided_district_the_deprived_side_is_found(demo_pack: Pack) -> None:
    made = iq.open_neighbourhoods(demo_pack, DIVIDED, indicator="children_relative_poverty")
    rows = demo_pack.small_areas(DIVIDED)
    names = (rows["locality"] + " " + rows["small_area_name"].str.rpartition(" ")[2]).tolist()
    place = dict(zip(names, rows["rank"].rank().tolist(), strict=True))
    [_, table] = made.section("places").blocks
    assert isinstance(table, TableBlock)
    cells = dict(zip(table.cells["Neighbourhood"], table.cells["Cluster"], strict=True))
    high = [place[name] for name, kind in cells.items() if kind == "high among high"]
    low = [place[name] for name, kind in cells.items() if kind == "low among low"]
    assert len(high) >= 3 and len(low) >= 3
    assert max(high) < len(rows) / 2 < min(low)
    first = [line.text.partition(":")[0] for line in made.section("first").blocks[1].items]  # type: ignore[union-attr]
    assert len(first) == 10
    assert max(place[name] for name in first) <= 0.4 * len(rows)


def test_in_an_even_district_nobody_is_pointed_at(demo_pack: Pack) -> None:
    made = iq.open_neighbourhoods(demo_pack, EVEN)
    assert message(made).startswith("No place stands out beyond chance.")
    assert "No cluster" in made.section("clusters").blocks[0].words.text  # type: ignore[union-attr]


# clusters


def test_where_none_is_planted_at_most_one_map_in_twenty_has_a_cluster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clusters, "PERMUTATIONS", 1_999)
    rng, shapes, maps = np.random.default_rng(5), grid(7), 30
    with_one = 0
    for _ in range(maps):
        of = rng.uniform(5, 25, 49)
        found = clusters.find_clusters(shapes, rng.poisson(of * rng.gamma(25, 1 / 25, 49)), of)
        with_one += found is not None and bool(found.of.any())
    assert with_one <= 0.05 * maps + 2 * np.sqrt(maps * 0.05 * 0.95)


def test_a_planted_cluster_is_found_as_one_and_the_sea_of_the_rest_is_not() -> None:
    rng, shapes = np.random.default_rng(6), grid(9)
    inside = np.array([x < 3 and y < 3 for y in range(9) for x in range(9)])
    of = np.full(81, 40.0)
    found = clusters.find_clusters(shapes, rng.poisson(of * np.where(inside, 3, 1)), of)
    assert found is not None
    high = found.of == 1
    assert high[inside].sum() >= 5
    assert not high[~inside].any()
    assert set(found.group[high]) == {0}
    assert (found.group[found.of == 0] == -1).all()


def test_an_island_is_not_tested_and_is_nobodys_neighbour() -> None:
    rng = np.random.default_rng(7)
    mainland = grid(5)
    shapes = gpd.GeoSeries([*mainland, shapely.box(50, 50, 51, 51)])
    value = np.append(rng.normal(size=25), 1000.0)
    found = clusters.find_clusters(shapes, value, None)
    assert found is not None
    assert found.tested.tolist() == [True] * 25 + [False]
    assert np.isnan(found.p[-1]) and found.of[-1] == 0
    alone = clusters.find_clusters(mainland, value[:-1], None)
    assert alone is not None
    assert found.p[:-1].tolist() == alone.p.tolist()


def test_looking_for_clusters_gives_the_same_and_leaves_others_random_numbers_alone() -> None:
    shapes, value = grid(5), np.random.default_rng(8).normal(size=25)
    before = np.random.get_state()[1].tolist()  # type: ignore[index, union-attr]
    once, again = (clusters.find_clusters(shapes, value, None) for _ in range(2))
    assert once is not None and again is not None
    assert once.p.tolist() == again.p.tolist()
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index, union-attr]


def test_few_places_or_figures_all_alike_are_not_searched() -> None:
    assert clusters.find_clusters(grid(3), np.arange(9.0), None) is None
    assert clusters.find_clusters(grid(5), np.ones(25), None) is None


# where to look first


def test_places_beyond_chance_come_first_then_the_people_that_make_the_difference(
    demo_pack: Pack,
) -> None:
    # Of 10% in all: place 0 is far above and large, 1 farther and small, 2 a little above, vast.
    count = [200.0, 8, 1060, *[95.0] * 9]
    of = [1000.0, 20, 10_000, *[1000.0] * 9]
    facts = about(demo_pack, made_of(count, of))
    assert facts.first[0].code == "p00"
    by_code = {place.code: place for place in facts.places}
    clear = [place.clear for place in facts.first]
    assert clear == sorted(clear, reverse=True)
    for one in facts.first:
        assert one.more and one.smoothed and facts.average
        rate = (one.smoothed.value - facts.average.value) / 100
        assert one.more.value == pytest.approx(rate * of[int(one.code[1:])])
    weights = [by_code[code].weight for code in ("p00", "p01")]
    assert weights == [Weight.STEADY, Weight.WEAK]


def test_where_high_is_good_the_low_ones_come_first(demo_pack: Pack) -> None:
    count = [200.0, 30, *[100.0] * 10]
    facts = about(demo_pack, made_of(count, [1000.0] * 12, polarity="favourable"))
    assert facts.first[0].code == "p01"
    assert "fewer than at Pellwater's rate" in shown.first(demo_pack, facts).blocks[1].items[0].text  # type: ignore[union-attr]


def test_where_chance_explains_all_nobody_is_named(demo_pack: Pack) -> None:
    facts = about(demo_pack, made_of([100.0, 101, 99] * 4, [1000.0] * 12))
    assert facts.first == ()
    assert message(facts).startswith(
        "No place stands out. The figures of the 12 wards differ by no"
    )


# honest pages


def test_it_says_why_it_cannot_tell(demo_pack: Pack) -> None:
    nothing = about(demo_pack, None)
    assert "has no figures of wards, MSOAs or neighbourhoods in Pellwater" in message(nothing)
    withheld = about(demo_pack, made_of([np.nan] * 12, [100.0] * 12))
    assert "of the 12 wards is withheld or not available" in message(withheld)
    one = about(demo_pack, made_of([5.0], [100.0]))
    assert message(one).startswith(
        "There is one ward in Pellwater on the map of these figures, Place 0: 5.0%"
    )
    for facts, step in (
        (nothing, "add a file to the pack with a row for each place"),
        (withheld, "get figures of larger places, or of several years together"),
        (one, "compare the whole area with others"),
    ):
        assert shown.answer(facts).blocks[-1].words.text.startswith(f"What next: {step}")  # type: ignore[union-attr]
        sections = [shown.first(demo_pack, facts), shown.maps(demo_pack, facts)]
        sections += [shown.clusters(facts), shown.every_place(facts)]
        assert [section.blocks for section in sections] == [()] * 4


def test_without_counts_it_says_why_nothing_is_smoothed(demo_pack: Pack) -> None:
    why = "the index publishes them without the counts they are made of"
    figures = made_of([10.0 + n for n in range(SEVERAL)], [100.0] * SEVERAL, why=why)
    nothing = np.full(SEVERAL, np.nan)
    facts = about(demo_pack, replace(figures, count=nothing, denominator=nothing))
    assert {place.smoothed for place in facts.places} == {None}
    assert {place.weight for place in facts.places} == {Weight.UNKNOWN}
    assert message(facts).startswith(
        "Cannot tell which stand out beyond chance. Place 11, Place 10"
    )
    said = shown.answer(facts).blocks[1].words.text  # type: ignore[union-attr]
    assert f"could not be smoothed: {why}" in said


def test_of_fewer_than_ten_places_nothing_is_smoothed(demo_pack: Pack) -> None:
    facts = about(demo_pack, made_of([5.0, 15, 25, 35], [100.0] * 4))
    assert facts.why_not_smoothed.startswith("fewer than ten places have counts")
    assert [place.code for place in facts.first] == ["p03", "p02"]
    assert [place.weight for place in facts.places] == [
        *(Weight.WEAK, Weight.CARE, Weight.STEADY, Weight.STEADY)
    ]


def test_a_withheld_place_is_named_as_such_and_smoothed_without(demo_pack: Pack) -> None:
    facts = about(demo_pack, made_of([np.nan, *[20.0, 30.0] * 6], [100.0] * 13))
    assert facts.places[0].raw is None and facts.places[0].smoothed is None
    assert facts.average and facts.average.value == pytest.approx(25)
    [_, table] = shown.every_place(facts).blocks
    assert table.cells["Figure"][-1] == "[c]"  # type: ignore[union-attr]


# which figures


def test_the_smallest_places_whose_figures_can_carry_weight_are_chosen() -> None:
    wards = made_of([30.0] * 12, [100.0] * 12)
    small = replace(made_of([5.0] * 40, [20.0] * 40), unit="lsoa")
    assert choose([wards, small], "", "") is wards
    assert choose([wards, replace(small, count=small.count * 4)], "", "").unit == "lsoa"  # type: ignore[union-attr]
    assert choose([wards, small], "A figure", "lsoa") is small
    assert choose([wards, small], "Another", "") is None


def test_a_place_with_more_in_low_income_than_people_has_no_figure() -> None:
    names = {"small_area_code": ["p1", "p2"], "small_area_name": ["Place 1", "Place 2"]}
    counts = {"income_domain_numerator": [655.0, 120.0], "population": [647.0, 600.0]}
    low_income = load_small_area_figures()["low_income"]
    impossible, usual = _of_index(pd.DataFrame({**names, **counts}), low_income, "imd2019").places
    assert (impossible.fact, impossible.status) == (None, "not_available")
    assert usual.fact.value == 20
    assert usual.fact.lower_ci < 20 < usual.fact.upper_ci


def test_names_that_are_nowhere_are_refused_in_words(demo_pack: Pack) -> None:
    with pytest.raises(UnknownIndicator, match="Did you mean 'deaths under 75'"):
        iq.open_neighbourhoods(demo_pack, DIVIDED, indicator="deaths_under_7")
    with pytest.raises(ParameterError, match=r"unit is 'wards'.*Did you mean 'ward'"):
        iq.open_neighbourhoods(demo_pack, DIVIDED, unit="wards")


def test_a_figure_that_the_area_lacks_is_told_on_its_page(demo_pack: Pack) -> None:
    made = iq.open_neighbourhoods(demo_pack, DIVIDED, indicator="low_income")
    assert "has no figures of people on a low income of wards" in message(made)
    assert "It has deaths under 75 against those expected and children in" in message(made)


def test_a_councils_own_figures_of_wards_and_neighbourhoods(
    demo_pack: Pack, tmp_path: Path
) -> None:
    pack = own_pack(demo_pack, tmp_path / "own")
    wards = iq.open_neighbourhoods(pack, AREA, indicator=VISITS)
    assert wards.section("maps").figures
    damp = iq.open_neighbourhoods(pack, AREA, indicator=DAMP)
    assert "neighbourhoods" in message(damp)
    assert len(damp.section("maps").figures) >= 1


def test_the_map_numbers_and_names_what_the_answer_names(demo_pack: Pack) -> None:
    made = iq.open_neighbourhoods(demo_pack, DIVIDED)
    for figure in made.section("maps").figures:
        where = figure.labels.subtitle.partition("look first at ")[2]
        named = re.split(r"(?:^|, | and )\d ", where)[1:]
        assert len(named) == shown.NUMBERED
        assert all(name in message(made) for name in named)
        assert figure.svg.count('class="map-number"') == shown.NUMBERED


def test_figures_that_keep_all_of_their_distance_are_not_said_to_be_moved(demo_pack: Pack) -> None:
    few = about(demo_pack, made_of([10.0, 20, 30] * 4, [100.0] * 12))
    many = about(demo_pack, made_of([10_000.0, 20_000, 30_000] * 4, [100_000.0] * 12))
    assert "a typical one keeps" in how_sure(few).text
    assert "hardly any had to be moved" in how_sure(many).text
