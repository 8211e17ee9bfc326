"""Figures of one's own in a briefing: beside others, over time, by ward, and on the map."""

import re
from dataclasses import replace

import pytest

from ineqlib.briefings.area.document import briefing_of, open_briefing
from ineqlib.briefings.area.map_section import neighbourhoods
from ineqlib.briefings.area.options import read_options
from ineqlib.charts.figure import Figure
from ineqlib.charts.map_layers import layers
from ineqlib.document.blocks import TableBlock, leaves, sentences
from ineqlib.document.html import blocks_html
from ineqlib.document.model import Document
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.neighbourhoods import NeighbourhoodMap
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.judgement import judge
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.pack import Pack

from .own_pack import ABSENT, AREA, DAMP, JABS, NOUGHT, VISITS, WITHHELD, own_pack, wards_of
from .plain_words import avoided


@pytest.fixture(scope="module")
def pack(demo_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return own_pack(demo_pack, tmp_path_factory.mktemp("own") / "pack")


@pytest.fixture(scope="module")
def facts(pack: Pack) -> AreaFacts:
    profile = read_profile(pack, AREA, comparators=list(COMPARATORS), indicator_set="marmot")
    return area_facts(profile)


@pytest.fixture(scope="module")
def briefing(facts: AreaFacts) -> Document:
    return briefing_of(facts, read_options({}))


@pytest.fixture(scope="module")
def shown(facts: AreaFacts) -> NeighbourhoodMap:
    assert facts.neighbourhoods is not None
    return facts.neighbourhoods


def test_an_own_indicator_has_interval_county_country_and_what_its_file_says_is_good(
    facts: AreaFacts,
) -> None:
    [visits] = [each for each in facts.own if each.indicator.id == VISITS]
    assert {role: fact.text for role, fact in visits.facts.items()} == {
        "area": "4.0%",
        "county": "5.0%",
        "country": "6.0%",
    }
    assert visits.facts["area"].limits == (3.0, 5.0)
    assert visits.verdict == "worse"  # a favourable figure, and the country's is above its limits
    assert [trend.comparison.periods for trend in facts.own_trends] == [3]


def test_it_stands_among_what_officers_read_and_not_among_what_nobody_knows(
    briefing: Document,
) -> None:
    words = " ".join(each.text for each in sentences(briefing.section("objectives").blocks))
    told = "Warm homes visits: 4.0% (95% interval 3.0 to 5.0) in 2023/24, worse than"
    assert told in words and "5.0%)" in words
    figures = [
        leaf for leaf in leaves(briefing.section("own_figures").blocks) if isinstance(leaf, Figure)
    ]
    assert [figure.labels.id for figure in figures] == [
        "own-figures",
        "trend-own-figures-warm-homes-persons",
    ]
    [table] = briefing.section("uncatalogued").blocks
    assert isinstance(table, TableBlock)
    assert "Warm homes visits" not in table.cells["Figure"]


def test_each_ward_has_its_row_and_none_withheld_and_nought_stay_apart(
    briefing: Document, pack: Pack
) -> None:
    [table, jabs] = [
        block for block in briefing.section("wards").blocks if isinstance(block, TableBlock)
    ]
    assert table.cells["Ward"] == wards_of(pack)["area_name"].tolist()
    figures = table.cells["Figure"]
    assert [figures[place] for place in (WITHHELD, ABSENT, NOUGHT)] == ["[c]", "[x]", "0.0%"]
    beside = next(column for name, column in table.cells.items() if name.startswith("Beside"))
    assert beside[WITHHELD] == "not compared"
    assert beside[NOUGHT] == "worse"
    assert set(beside[NOUGHT + 1 :]) == {"better"}
    assert "as a whole: 4.0%" in table.caption
    assert "MSOA" in jabs.cells and len(jabs.cells) == 4  # nothing to compare them with
    assert 'class="sortable-table"' in blocks_html(briefing.section("wards").blocks)


def test_every_figure_of_the_tables_is_a_fact(facts: AreaFacts) -> None:
    alone = briefing_of(facts, read_options({"audience": "member", "annex": "none"}))
    [table, _] = [block for block in alone.section("ward").blocks if isinstance(block, TableBlock)]
    known = {fact.text for fact in alone.facts.values() if fact.indicator_id == VISITS}
    assert {text for text in table.cells["Figure"] if not text.startswith("[")} <= known


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_block_is_there_twice_for_any_reader(facts: AreaFacts, audience: str) -> None:
    document = briefing_of(facts, read_options({"audience": audience, "annex": "same"}))
    ids = [
        leaf.labels.id if isinstance(leaf, Figure) else leaf.id
        for section in document.sections
        for leaf in leaves(section.blocks)
    ]
    assert len(ids) == len(set(ids))
    words = " ".join(
        each.text for section in document.sections for each in sentences(section.blocks)
    )
    assert avoided(words) == []


def test_the_map_offers_what_the_pack_holds_of_wards_msoas_and_lsoas(
    shown: NeighbourhoodMap, facts: AreaFacts
) -> None:
    of_map = layers(shown)
    assert [layer.name for layer in of_map[len(shown.themes) :]] == [
        "Warm homes visits, wards, 2023/24",
        "Flu jabs, MSOAs, 2023/24",
        "Homes with damp, LSOAs, 2023/24",
    ]
    drawn = neighbourhoods(facts)
    [figure] = drawn.figures
    assert {layer.name for layer in of_map} <= set(figure.cells)
    assert "The figure of a ward or of an MSOA colours each neighbourhood in it" in (
        figure.labels.note
    )


def test_each_neighbourhood_has_the_figure_of_the_place_it_is_in(
    shown: NeighbourhoodMap, pack: Pack
) -> None:
    visits, jabs, damp = shown.figures
    code = dict(zip(wards_of(pack)["area_name"], wards_of(pack)["area_code"], strict=True))
    rows = {
        name: pack.observations(name).set_index("area_code")["value"].to_dict()
        for name in (VISITS, JABS, DAMP)
    }
    for place, ward, group, own in zip(
        shown.places, visits.of_places, jabs.of_places, damp.of_places, strict=True
    ):
        assert ward and group and own
        assert ward.code == code[place.locality]
        assert group.name == place.name[:-1]
        assert own.code == place.code
        assert own.fact and own.fact.value == rows[DAMP][place.code]
        assert group.fact and group.fact.value == rows[JABS][group.code]


def test_a_place_without_a_figure_is_hatched_or_grey_and_nought_has_a_colour(
    shown: NeighbourhoodMap, facts: AreaFacts
) -> None:
    layer = layers(shown)[len(shown.themes)]
    kinds = dict(zip(layer.texts, layer.classes, strict=True))
    assert (kinds["[c]"], kinds["[x]"], kinds["0.0%"]) == ("c", "x", "0")
    assert layer.ends == ("lowest", "highest")  # high is good: the darkest is the lowest
    assert layer.labels == ("0.0", "5.0", "6.0", "7.0", "")
    [figure] = neighbourhoods(facts).figures
    assert "Withheld" in figure.svg and "No data" in figure.svg
    assert len(re.findall("<pattern", figure.svg)) == 2


def test_a_map_of_many_figures_has_classes_of_about_as_many_places(
    shown: NeighbourhoodMap,
) -> None:
    layer = layers(shown)[-1]
    assert layer.ends == ("highest", "lowest")
    assert layer.labels == ("5.0 to 6.0", "4.0", "2.0 to 3.0", "1.0", "0.0")
    assert min(layer.classes.count(str(kind)) for kind in range(5)) >= 4


def test_own_figures_alone_are_not_called_no_figures(facts: AreaFacts) -> None:
    alone = replace(facts, comparisons=(), trends=(), spread=None, inside=())
    assert judge(alone).nothing == (
        "The pack has own figures for Dunhollow, and none that can be a finding."
    )
    assert judge(replace(alone, own=())).nothing == "The pack has no figure for Dunhollow."


def test_without_such_figures_nothing_is_said_of_wards(demo_pack: Pack) -> None:
    plain = open_briefing(demo_pack, AREA)
    assert plain.section("own_figures").blocks == ()
    assert plain.section("wards").blocks == ()


def test_more_figures_than_a_page_can_bear_are_named(
    facts: AreaFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ineqlib.facts.area.MOST_LOCAL", 1)
    crowded = area_facts(facts.profile)
    assert [each.name for each in crowded.local] == ["Warm homes visits"]
    assert crowded.not_shown[-1].names == ("Flu jabs", "Homes with damp")
