"""`ineq pull` makes a pack of one area from the publishers, and never a part of one."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from ineqlib.errors import FetchError, UnknownArea
from ineqlib.pack import open_pack
from ineqlib.pulling import Pulled
from ineqlib.pulling.folder import DownloadFolder
from ineqlib.pulling.place import Authorities, as_published, tier

from .conftest import FakeClock
from .loopback import Loopback, Reply
from .recorded import AREA_TYPES, COUNTY, LEVEL, REGION, answer, features


def files(pulled: Pulled) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in pulled.folder.files.iterdir()}


def test_an_area_is_pulled_and_built_in_one_go(
    ineq_pull: Callable[..., Result], tmp_path: Path
) -> None:
    result = ineq_pull()
    assert result.exit_code == 0, result.output
    assert "14 of 14 files read." in result.output
    pack = open_pack(tmp_path / "pack")
    assert pack.title == "Stevenage, fetched 29 November 2026"
    rows = pack.observations(indicator="life_expectancy")
    values = rows[rows["period"] == "2021 - 23"].groupby("area_code")["value"].unique()
    assert {code: [*own] for code, own in values.items()} == {
        code: [level + 0.1] for code, level in LEVEL.items()
    }
    assert pack.area("Stevenage").region_code == REGION
    assert pack.area("Stevenage").parent_code == COUNTY


def test_a_publisher_that_fails_leaves_everything_as_it_was(
    ineq_pull: Callable[..., Result], publishers: Loopback, tmp_path: Path
) -> None:
    publishers.answer = lambda seen, number: (
        Reply(status=404) if "File_7" in seen.path else answer(seen, number)
    )
    result = ineq_pull()
    assert result.exit_code == 9
    assert "nothing stands at this address any more" in result.output
    assert not (tmp_path / "pack").exists()
    assert not (tmp_path / "downloads").exists()


def test_a_folder_of_somebody_elses_is_not_written(
    ineq_pull: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear", encoding="utf-8")
    result = ineq_pull("--downloads", "mine")
    assert result.exit_code == 7
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_every_file_tells_where_its_bytes_come_from(fetch_area: Callable[..., Pulled]) -> None:
    pulled = fetch_area()
    content = files(pulled)
    records = json.loads((pulled.folder.path / "provenance.json").read_bytes())["files"]
    assert {record["file"] for record in records} == set(content)
    whole = [record for record in records if len(record["made_from"]) == 1]
    assert len(whole) == 7
    for record in whole:
        [part] = record["made_from"]
        assert part["sha256"] == hashlib.sha256(content[record["file"]]).hexdigest()
        assert part["licence"] == "Open Government Licence v3.0"
        assert part["url"].startswith("https://")
        assert part["proved"]


def test_a_file_of_your_own_beside_those_fetched_stays(fetch_area: Callable[..., Pulled]) -> None:
    pulled = fetch_area()
    fetched = files(pulled)
    (pulled.folder.files / "own.csv").write_text("mine", encoding="utf-8")
    (pulled.folder.files / min(fetched)).write_bytes(b"spoilt")
    assert files(fetch_area()) == {**fetched, "own.csv": b"mine"}


def test_what_this_pull_does_not_fetch_any_more_is_taken_away(tmp_path: Path) -> None:
    earlier = {"kind": "ineqlib downloads", "files": [{"file": "old.csv"}, {"file": "../kept"}]}
    (tmp_path / "files").mkdir()
    (tmp_path / "provenance.json").write_text(json.dumps(earlier), encoding="utf-8")
    for name in ("kept", "files/old.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    folder = DownloadFolder(tmp_path)
    folder.check()
    folder.begin()
    assert not (tmp_path / "files" / "old.csv").exists()
    assert (tmp_path / "kept").exists()


def test_a_second_pull_asks_nobody_and_offline_gives_the_same_files(
    fetch_area: Callable[..., Pulled], publishers: Loopback
) -> None:
    first = files(fetch_area())
    publishers.seen.clear()
    assert files(fetch_area()) == first
    assert files(fetch_area("offline")) == first
    assert publishers.seen == []


def test_refreshing_asks_about_everything_by_what_the_publisher_gave(
    fetch_area: Callable[..., Pulled], publishers: Loopback
) -> None:
    fetch_area()
    asked = {seen.url for seen in publishers.seen}
    publishers.seen.clear()
    publishers.answer = lambda seen, number: (
        Reply(status=304) if "If-None-Match" in seen.headers else answer(seen, number)
    )
    fetch_area("refresh")
    assert {seen.url for seen in publishers.seen} == asked
    tagged = [seen for seen in publishers.seen if "If-None-Match" in seen.headers]
    assert {seen.host for seen in tagged} >= {"services1.arcgis.com", "www.gov.uk"}


def test_copies_are_used_with_their_age_said(
    fetch_area: Callable[..., Pulled], publishers: Loopback, clock: FakeClock
) -> None:
    first = files(fetch_area())
    clock.start += timedelta(days=10)
    publishers.answer = lambda _seen, _number: Reply(status=404)
    pulled = fetch_area()
    assert files(pulled) == first
    assert all(download.is_copy for download in pulled.downloads)
    [remark] = pulled.remarks
    assert remark.endswith("The copy of 29 November 2026 (10 days ago) is used")
    assert pulled.title == "Stevenage, fetched 29 November 2026"


def test_an_unknown_area_is_named_with_the_nearest(fetch_area: Callable[..., Pulled]) -> None:
    with pytest.raises(UnknownArea, match="Did you mean 'Stevenage'"):
        fetch_area(area="Stevanage")


@pytest.mark.parametrize(
    ("area", "parent"), [("E07000243", COUNTY), ("Hertfordshire", COUNTY), ("Luton", REGION)]
)
def test_the_districts_asked_for_are_those_around_the_area(area: str, parent: str) -> None:
    rows = [features(service) for service in ("LTLA25_UTLA25_EW_LU", "LAD25_RGN25_EN_LU")]
    lookups = (pd.DataFrame(each).to_csv(index=False).encode() for each in rows)
    place = Authorities.read(*lookups).find(area)
    assert (place.county if place.is_two_tier else place.region) == parent


def test_an_area_is_asked_for_by_the_code_its_publisher_still_has() -> None:
    barnsley, before = "E08000038", "E08000016"
    assert as_published([barnsley, "E08000017"], {before, "E08000017"}) == (before, "E08000017")
    assert as_published([barnsley], {barnsley, before}) == (barnsley,)
    with pytest.raises(FetchError, match="Fingertips has no area E08000038"):
        as_published([barnsley], {"E08000017"})


def test_the_newest_type_of_a_tier_is_asked_for_and_its_absence_told() -> None:
    assert tier(AREA_TYPES, "districts").id == 501
    assert tier(AREA_TYPES, "counties").id == 502
    with pytest.raises(FetchError, match="no type of area whose name begins with districts"):
        tier(AREA_TYPES[2:], "districts")
