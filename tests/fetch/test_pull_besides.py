"""What a pull brings besides Fingertips' figures: further indicators, and files that few need."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import ineqlib as iq
from ineqlib.errors import ParameterError
from ineqlib.pack import open_pack
from ineqlib.pack.provenance import read_provenance
from ineqlib.pack.spending import read_spending
from ineqlib.pulling import plan_all
from ineqlib.pulling.extras import EXTRAS
from ineqlib.sources.fetch import Fetcher

from .loopback import Loopback, Reply
from .published_files import answer_with_files
from .recorded import DISTRICTS, REGION, answer, as_json, described

Run = Callable[..., Result]
STEVENAGE, ENGLAND = "E07000243", "E92000001"


def test_indicators_of_the_catalogue_come_from_explore_local_statistics_too(
    ineq_pull: Run, publishers: Loopback, tmp_path: Path
) -> None:
    result = ineq_pull()
    assert result.exit_code == 0, result.output
    assert (
        "figures of 2 further indicators: Explore Local Statistics, 2 requests, about 0.6 MB, "
        "goes on without if need be" in result.output
    )
    assert not [seen.url for seen in publishers.seen if "museums" in seen.url]
    pack = open_pack(tmp_path / "pack")
    units = {"employment_rate": "%", "housing_affordability": "times annual earnings"}
    for indicator, unit in units.items():
        rows = pack.observations(indicator=indicator, area="Stevenage")
        assert rows["value"].tolist() == [73.5, 74.5]
        assert set(rows["unit"]) == {unit}
    everywhere = pack.observations(indicator="employment_rate")
    assert set(everywhere["area_code"]) == {ENGLAND, REGION, "E06000032", *DISTRICTS}


def test_each_of_their_files_tells_the_build_its_indicator_source_and_day(
    ineq_pull: Run, tmp_path: Path
) -> None:
    assert ineq_pull().exit_code == 0
    folder = tmp_path / "downloads" / "stevenage"
    files = [
        record["made_from"][0]
        for record in (read_provenance(folder) or {}).values()
        if "explore-local" in record["file"]
    ]
    assert {part["publisher"] for part in files} == {"Office for National Statistics"}
    assert all("indicator=" in part["url"] and part["proved"] for part in files)
    described = (folder / "describe.yml").read_text(encoding="utf-8")
    assert "indicator: Employment rate" in described
    sources = open_pack(tmp_path / "pack").table("sources")
    [own] = sources.loc[sources["title"] == "Explore Local Statistics"].to_dict("records")
    assert own["day"] == "accessed 29 November 2026"


@pytest.mark.parametrize(
    ("missing", "lacking"),
    [
        ("metadata/indicators", {"the indicators of Explore Local Statistics"}),
        ("indicator=employment-rate", {"Employment rate"}),
    ],
)
def test_a_pack_is_right_without_them_and_one_leaves_the_others_be(
    ineq_pull: Run, publishers: Loopback, tmp_path: Path, missing: str, lacking: set[str]
) -> None:
    publishers.answer = lambda seen, number: (
        Reply(status=404) if missing in seen.url else answer(seen, number)
    )
    result = ineq_pull()
    assert result.exit_code == 0, result.output
    said = [line.split(":")[0] for line in result.output.splitlines() if line.startswith("Without")]
    assert set(said) == {f"Without {name}" for name in lacking}
    there = set(open_pack(tmp_path / "pack").indicators["indicator_id"])
    assert "employment_rate" not in there
    assert ("housing_affordability" in there) is ("employment" in missing)


def test_levels_that_an_indicator_does_not_have_are_not_asked_for(
    fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    geography = {"levels": ["cauth", "utla", "ltla"]}
    few = [
        described("employment-rate", "Employment rate", geography=geography),
        described("literacy", "Literacy", geography={"levels": ["cauth"]}),
    ]
    publishers.answer = lambda seen, number: (
        as_json(few) if "metadata" in seen.path else answer(seen, number)
    )
    asked = [query.url for query in plan_all("counties", fetcher()).queries]
    assert [url for url in asked if "/data.csv" in url] == [
        "https://www.ons.gov.uk/explore-local-statistics/api/v1/data.csv?indicator=employment-rate"
        "&geo=utla&time=all&includeNames=true&includeStatus=true"
    ]


def test_files_that_few_need_are_fetched_for_who_asks(
    ineq_pull: Run, publishers: Loopback, tmp_path: Path
) -> None:
    publishers.answer = answer_with_files
    assert "every council" not in ineq_pull("--plan").output
    words = [word for name in EXTRAS for word in ("--also", name)]
    plan = ineq_pull("--plan", *words).output
    assert "what every council spent: GOV.UK, 1 request, 0.1 MB, goes on without" in plan
    assert "life expectancy, the ONS's newest edition: ONS, 1 request, about 10.0 MB" in plan
    result = ineq_pull(*words)
    assert result.exit_code == 0, result.output
    assert "Without" not in result.output
    pack = open_pack(tmp_path / "pack")
    [spent] = (tmp_path / "downloads/stevenage/files").glob("gov-uk-revenue-outturn-*.csv")
    assert set(read_spending(spent).rows["area_code"]) == {STEVENAGE, "E10000015"}
    rows = pack.observations(indicator="life_expectancy_65", area="Stevenage")
    assert (rows["period"].tolist(), rows["value"].tolist()) == (["2022 to 2024"], [18.25])
    assert set(pack.table("small_areas")["index"]) == {"imd2019", "iod2025"}
    suffixes = {path.suffix for path in (tmp_path / "downloads/stevenage/files").iterdir()}
    assert suffixes == {".csv", ".geojson", ".xlsx"}


def test_a_file_that_few_need_and_that_is_gone_is_said_and_done_without(
    ineq_pull: Run, tmp_path: Path
) -> None:
    result = ineq_pull("--also", "life_expectancy", "--also", "spending")
    assert result.exit_code == 0, result.output
    assert "Without life expectancy, the ONS's newest edition: " in result.output
    assert "Without what every council spent: " in result.output
    assert (tmp_path / "pack").exists()


def test_a_notebook_asks_for_them_by_the_same_words(at_home: Path, publishers: Loopback) -> None:
    publishers.answer = answer_with_files
    iq.pull("Stevenage", also="spending", network=at_home, progress=False)
    assert [*Path("downloads/stevenage/files").glob("gov-uk-revenue-outturn-*.csv")]
    with pytest.raises(ParameterError, match=r"Expected also spending, .*found all"):
        iq.pull("Stevenage", also=["spending", "all"], network=at_home)


def test_who_asks_for_one_of_them_alone_is_told_what_brings_it() -> None:
    with pytest.raises(ParameterError, match="does not publish 'employment_rate'"):
        iq.load("employment_rate")


def test_the_command_offers_all_of_them(ineq_pull: Run) -> None:
    refused = ineq_pull("--also", "everything")
    assert refused.exit_code == 2
    assert all(f"'{name}'" in refused.output for name in EXTRAS)
