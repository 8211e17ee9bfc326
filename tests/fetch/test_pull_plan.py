"""What a pull says before it fetches, what it can do without, and the areas it lists."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import ineqlib as iq
from ineqlib.errors import FetchError, ParameterError, UnknownArea
from ineqlib.pack import open_pack
from ineqlib.pulling import Pulled, plan_all
from ineqlib.pulling.parts import kind_of_neighbours
from ineqlib.pulling.place import neighbourhoods_in
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces import open_geography
from ineqlib.sources.interfaces.small_areas import ChosenShapes

from .conftest import FakeClock, refuses
from .loopback import Loopback, Reply, Seen
from .recorded import (
    COUNTY,
    DISTRICTS,
    FILE_7,
    LAYERS,
    NEIGHBOUR_TYPES,
    REGION,
    answer,
)

Run = Callable[..., Result]
LARGE = ("all_data", "File_7", "resultOffset=0&", "f=geojson")


def refusing(*parts: str) -> Callable[[Seen, int], Reply]:
    """Publishers that have nothing at addresses with these parts."""
    return lambda seen, number: (
        Reply(status=404) if any(part in seen.url for part in parts) else answer(seen, number)
    )


def test_a_plan_says_what_is_fetched_from_whom_and_how_big_and_fetches_none_of_it(
    ineq_pull: Run, publishers: Loopback, tmp_path: Path
) -> None:
    result = ineq_pull("--plan")
    assert result.exit_code == 0, result.output
    first, *lines = result.output.splitlines()
    assert first == (
        "Stevenage, with the 2 districts of its county, Hertfordshire, East of England and England:"
    )
    assert (
        "  figures of districts and unitary authorities, April 2023: Fingertips, 1 request, "
        "about 0.1 MB" in lines
    )
    assert any("2 areas most like it" in line and "goes on without" in line for line in lines)
    assert lines[-1].startswith("To be fetched: ")
    assert "Office for Health Improvement and Disparities" in lines[-1]
    assert not [seen.url for seen in publishers.seen if "all_data" in seen.url]
    assert not [seen.url for seen in publishers.seen if "File_7" in seen.url]
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "network.yml"}


def test_the_size_that_a_publisher_announces_is_told(ineq_pull: Run) -> None:
    lines = ineq_pull("--plan").output.splitlines()
    [deprivation] = [line for line in lines if "deprivation of all" in line]
    assert len(FILE_7) < 1_000_000
    assert deprivation.endswith("GOV.UK, 1 request, 0.1 MB")


def test_at_a_terminal_it_asks_and_later_it_tells_the_copies_that_are_kept(
    ineq_pull: Run,
    publishers: Loopback,
    tmp_path: Path,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ineqlib.cli.pulling.is_terminal", lambda: True)
    refused = ineq_pull()
    assert refused.exit_code == 1
    assert "Fetch this?" in refused.output
    assert not [seen.url for seen in publishers.seen if "all_data" in seen.url]
    assert not (tmp_path / "pack").exists()
    assert ineq_pull("--yes").exit_code == 0
    publishers.seen.clear()
    again = ineq_pull("--plan").output
    assert "Nothing has to be fetched: copies that are kept will do." in again
    assert publishers.seen == []
    clock.passed += 3 * 86_400
    later = ineq_pull("--plan").output
    [shapes] = [line for line in later.splitlines() if "boundaries of districts" in line]
    assert "asked only whether it has changed" in shapes


@pytest.mark.parametrize(
    ("missing", "lack"),
    [
        ("nearest_neighbour_types", "the areas most like it"),
        ("by_parent_area_code", "the areas most like it"),
        ("child_area_type_id=501&parent_area_type_id=6", "the areas most like it"),
        ("LSOA21_WD25", "a map of neighbourhoods"),
        ("BSC_V4", "a map of neighbourhoods"),
    ],
)
def test_what_a_pack_is_right_without_is_said_and_left_out(
    fetch_area: Callable[..., Pulled], publishers: Loopback, missing: str, lack: str
) -> None:
    publishers.answer = refusing(missing)
    pulled = fetch_area()
    [said] = pulled.lacking
    assert said.startswith(f"Without {lack}: ")
    assert "nothing stands at this address" in said
    made_from = json.loads((pulled.folder.path / "provenance.json").read_bytes())["files"]
    there = {part["what"] for file in made_from for part in file["made_from"]}
    has_neighbours = any("nearest neighbours of" in what for what in there)
    has_map = any("Lower_layer" in what for what in there)
    assert (has_neighbours, has_map) == ("map" in lack, "most like" in lack)
    assert {"GOV.UK, File 7: all ranks, scores, deciles and population denominators"} <= there


@pytest.mark.parametrize("needed", ["child_area_type_id=502", "LAD_MAY_2025", "RGN25", "File_7"])
def test_what_a_pack_needs_fails_the_pull(
    fetch_area: Callable[..., Pulled], publishers: Loopback, tmp_path: Path, needed: str
) -> None:
    publishers.answer = refusing(needed)
    with pytest.raises(FetchError, match="nothing stands at this address"):
        fetch_area()
    assert not (tmp_path / "downloads").exists()


def test_a_pull_brings_neighbours_with_their_figures_wards_and_the_map(
    ineq_pull: Run, tmp_path: Path
) -> None:
    assert ineq_pull().exit_code == 0
    pack = open_pack(tmp_path / "pack")
    near = pack.neighbours("Stevenage")
    assert near == (("E07000103", "E06000032"), "CIPFA nearest neighbours")
    assert len(pack.observations(indicator="life_expectancy", area="Luton")) == 4
    assert set(pack.table("boundaries_small_area")["area_code"]) == set(DISTRICTS)
    assert set(pack.table("small_areas")["locality"]) == {"Bedwell"}
    sources = pack.table("sources")
    [source] = sources[sources["title"].str.startswith("Nearest neighbours")]["publisher"]
    assert source == "Office for Health Improvement and Disparities"


def test_all_districts_are_one_pull_of_few_requests(
    ineq_pull: Run, publishers: Loopback, tmp_path: Path
) -> None:
    result = ineq_pull("--all", "districts", "--out", "pack", area=None)
    assert result.exit_code == 0, result.output
    data = [seen.url for seen in publishers.seen if "all_data" in seen.url]
    assert sorted(url.split("child_area_type_id=")[1].split("&")[0] for url in data) == [
        "501",
        "502",
        "6",
    ]
    assert all("parent_area_type_id=15&parent_area_code=E92000001" in url for url in data)
    pack = open_pack(tmp_path / "pack")
    rows = pack.observations(indicator="life_expectancy")
    assert set(rows["area_code"]) == {"E92000001", REGION, COUNTY, "E06000032", *DISTRICTS}
    assert len(pack.table("boundaries_small_area")) == 3
    assert pack.title == "Districts of England, fetched 29 November 2026"


def test_all_counties_are_planned_without_districts(
    fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    publishers.answer = answer
    plan = plan_all("counties", fetcher())
    urls = [query.url for part in plan.parts for query in part.queries]
    assert [url.split("child_area_type_id=")[1][:3] for url in urls if "all_data" in url] == [
        "502",
        "6&p",
    ]
    assert not [url for url in urls if "LSOA21" in url]


def test_the_list_is_in_words_and_is_searched(ineq_pull: Run) -> None:
    listed = ineq_pull("--list", area=None).output.splitlines()
    assert listed == [
        "Districts and unitary authorities, April 2023",
        "  Luton (E06000032), in East of England",
        "  Stevenage (E07000243), in Hertfordshire, East of England",
        "  Watford (E07000103), in Hertfordshire, East of England",
        "Counties and unitary authorities, April 2023",
        "  Hertfordshire (E10000015), with 2 districts",
    ]
    herts = ineq_pull("--list", "herts", area=None).output
    assert "Stevenage" in herts
    assert "Luton" not in herts
    assert "anything like 'kent'" in ineq_pull("--list", "kent", area=None).output


@pytest.mark.parametrize("words", [(), ("--list", "--all", "districts"), ("--all", "districts")])
def test_one_thing_is_asked_of_the_command(ineq_pull: Run, words: tuple[str, ...]) -> None:
    assert ineq_pull(*words, area=None).exit_code == 2


def test_a_notebook_gets_an_open_pack(at_home: Path) -> None:
    pack = iq.pull("Stevenage", network=at_home, progress=False)
    assert pack.path == Path("data/packs/stevenage")
    assert pack.area("Stevenage").parent_code == COUNTY
    with pytest.warns(UserWarning, match=r"The copy of 29 November 2026 \(today\)"):
        again = iq.pull("Stevenage", network=at_home, mode="offline", progress=False)
    assert again.title == pack.title
    with pytest.raises(ParameterError, match="Expected mode usual, offline, refresh"):
        iq.pull("Stevenage", mode="on")


def test_a_notebook_is_warned_of_what_is_lacking(at_home: Path, publishers: Loopback) -> None:
    publishers.answer = refusing("nearest_neighbour_types")
    with pytest.warns(UserWarning, match="Without the areas most like it"):
        iq.pull("Stevenage", network=at_home, progress=False)


def test_one_indicator_is_loaded_as_the_tidy_frame(at_home: Path, publishers: Loopback) -> None:
    rows = iq.load("life_expectancy", areas=["stevenage", COUNTY], network=at_home)
    assert set(rows["area_code"]) == {"E07000243", COUNTY, "E92000001"}
    assert set(rows["indicator_id"]) == {"life_expectancy"}
    assert len(rows) == 3 * 4
    assert not [seen for seen in publishers.seen if "indicator_ids=90366,93190" in seen.url]
    publishers.seen.clear()
    one = iq.load("life_expectancy", areas="Stevenage", network=at_home)
    assert set(one["area_code"]) == set(rows["area_code"]) - {COUNTY}
    again = iq.load("life_expectancy", areas=["Stevenage", COUNTY], network=at_home)
    assert publishers.seen == []
    assert again.equals(rows)
    every = iq.load("life_expectancy", network=at_home)
    assert set(every["area_code"]) == {*DISTRICTS, "E06000032", "E92000001"}


def test_an_indicator_that_cannot_be_loaded_says_why(at_home: Path) -> None:
    with pytest.raises(UnknownArea, match="Did you mean 'stevenage'"):
        iq.load("life_expectancy", areas=["Stevanage"], network=at_home)
    with pytest.raises(ParameterError, match="no figures of 'smoking_adults' at present"):
        iq.load("smoking_adults", network=at_home)


def test_shapes_of_chosen_codes_are_asked_in_lots_and_are_whole_only_together(
    fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    layer = open_geography.boundaries([{"name": name} for name in LAYERS], "lsoa")
    codes = tuple(f"E010{number:05}" for number in range(250))
    shapes = ChosenShapes(layer, codes)
    assert [query.url.count("E010") for query in shapes.queries()] == [100, 100, 50]
    assert max(len(query.url) for query in shapes.queries()) < 2_000
    feature = '{"properties": {"LSOA21CD": "%s"}, "geometry": {"type": "Point"}}'
    answers = [b'{"features": [%b]}' % (feature % code).encode() for code in codes]
    assert shapes.joined(answers)
    refuses(lambda: shapes.joined(answers[:-1]), "1 of 250 codes asked", may_pass=False)


def test_a_lookup_of_other_years_is_refused() -> None:
    lookup = b"LSOA21CD,LAD24CD\nE01000001,E08000016\n"
    assert neighbourhoods_in(lookup, ["E08000038"]) == ("E01000001",)
    with pytest.raises(Exception, match="none in E06000001"):
        neighbourhoods_in(lookup, ["E08000038", "E06000001"])


def test_the_first_method_for_a_type_of_area_finds_the_neighbours() -> None:
    assert kind_of_neighbours(NEIGHBOUR_TYPES, 501) == (1, "CIPFA nearest neighbours")
    with pytest.raises(Exception, match="no nearest neighbours for this type"):
        kind_of_neighbours(NEIGHBOUR_TYPES, 6)


def test_a_tier_without_an_indicator_of_the_catalogue_fails_the_pull(
    fetch_area: Callable[..., Pulled], publishers: Loopback
) -> None:
    publishers.answer = lambda seen, number: (
        Reply(b'[{"IndicatorId": 1, "AreaTypeId": 501}]')
        if "available_data?area_type_id=501" in seen.url
        else answer(seen, number)
    )
    with pytest.raises(FetchError, match="no indicator of the catalogue for Districts"):
        fetch_area()
