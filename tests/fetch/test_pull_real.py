"""Against publishers that serve the real files: one command makes the pack, and it is right."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.observations import COLUMNS
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.publish.render import render
from ineqlib.pulling.parts import local_statistics_parts

from .conftest import FakeClock
from .loopback import Certificates, Seen, loopback
from .real_publishers import (
    FEW,
    FIGURES,
    FILE_7,
    LAYERS,
    LOCAL_STATISTICS,
    NEIGHBOURS,
    RealPublishers,
)

pytestmark = [pytest.mark.real, pytest.mark.slow]
KEY = ["indicator_id", "area_code", "period_start", "period_end", "sex", "age", "subgroup"]
PUT_TOGETHER = {"E06000052", "E06000053", "E09000001", "E09000012"}
"""Cornwall with the Isles of Scilly, and Hackney with the City of London."""
AREA = "E07000243"
INDICATORS = 5
"""In `FEW`, of which Fingertips has none."""


@dataclass
class Run:
    """What came of running the command several times."""

    folder: Path
    asked: dict[str, list[Seen]]
    """Requests of each run."""

    def pack(self, name: str) -> Pack:
        return open_pack(self.folder / name)


@pytest.fixture(scope="module")
def run(
    real_data: Path, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Run]:
    """Stevenage pulled, pulled again the same day, without a network, and two days later."""
    folder, clock = tmp_path_factory.mktemp("pulled"), FakeClock()
    with pytest.MonkeyPatch.context() as patch, loopback(certificates.publishers) as publishers:
        patch.setenv("SSL_CERT_FILE", str(certificates.unknown))
        patch.setattr("tenacity.nap.time", clock)
        patch.setattr("ineqlib.sources.fetch.fetcher.Clock", lambda: clock)
        patch.setattr("platformdirs.user_cache_path", lambda _: folder / "cache")
        patch.chdir(folder)
        publishers.answer = RealPublishers(real_data).answer
        network = {"proxy": f"http://127.0.0.1:{publishers.port}"}
        network["certificates"] = str(certificates.authority)
        Path("network.yml").write_text(yaml.safe_dump(network), encoding="utf-8")
        asked = {}
        runs = {"first": [], "second": [], "offline": ["--offline"], "later": []}
        for name, words in runs.items():
            if name == "later":
                clock.start += pd.Timedelta(days=2)
            out = "offline" if name == "offline" else "first"
            publishers.seen.clear()
            command = ["pull", "--area", "Stevenage", "--out", out, "--network", "network.yml"]
            result = CliRunner().invoke(main, [*command, *words])
            assert result.exit_code == 0, result.output
            assert "Without" not in result.output
            asked[name] = list(publishers.seen)
        yield Run(folder, asked)


@pytest.fixture(scope="module")
def from_files(run: Run, real_data: Path) -> Pack:
    """A pack that `ineq build` makes of the same files, downloaded by hand.

    Without the shapes of all England's neighbourhoods, which take longest and are compared with
    the list of them.
    """
    folder = run.folder / "by-hand"
    folder.mkdir()
    layers = [name for name in LAYERS.values() if "lsoa21_england" not in name]
    local = [f"{LOCAL_STATISTICS}/{name}.csv.gz" for name in FEW]
    for name in (FIGURES, FILE_7, NEIGHBOURS, *layers, *local):
        shutil.copyfile(real_data / name, folder / Path(name).name)
    described = {Path(NEIGHBOURS).name: {"method": "CIPFA nearest neighbours"}}
    description = run.folder / "by-hand.yml"
    description.write_text(yaml.safe_dump(described), encoding="utf-8")
    build(folder, run.folder / "from-files", describe=description)
    return open_pack(run.folder / "from-files")


def same_rows(one: pd.DataFrame, other: pd.DataFrame, key: list[str]) -> None:
    """Two tables have the same rows, in whatever order."""
    frames = [
        frame.astype(object).sort_values(key).reset_index(drop=True) for frame in (one, other)
    ]
    pd.testing.assert_frame_equal(*frames)


def test_figures_are_row_for_row_those_of_a_pack_built_from_the_files(
    run: Run, from_files: Pack
) -> None:
    pulled, by_hand = (pack.observations() for pack in (run.pack("first"), from_files))
    further = set(by_hand.loc[by_hand["source"] == "explore_statistics", "indicator_id"])
    pulled, by_hand = (rows[~rows["indicator_id"].isin(further)] for rows in (pulled, by_hand))
    areas = set(pulled["area_code"])
    assert {AREA, "E10000015", "E92000001"} < areas
    assert len(pulled) > 5_000
    columns = [name for name in COLUMNS if name != "source"]
    same_rows(pulled[columns], by_hand.loc[by_hand["area_code"].isin(areas), columns], KEY)


def test_further_indicators_are_those_of_the_files_of_explore_local_statistics(
    run: Run, from_files: Pack
) -> None:
    pulled, by_hand = (pack.observations() for pack in (run.pack("first"), from_files))
    both = set(by_hand.loc[by_hand["source"] == "fingertips", "indicator_id"])
    pulled, by_hand = (
        rows[(rows["source"] == "explore_statistics") & ~rows["indicator_id"].isin(both)]
        for rows in (pulled, by_hand)
    )
    assert pulled["indicator_id"].nunique() == INDICATORS
    # The files have figures of two authorities together, which belong to no level.
    areas = set(pulled["area_code"]) - PUT_TOGETHER
    pulled, by_hand = (rows[rows["area_code"].isin(areas)] for rows in (pulled, by_hand))
    # They have notes, which mark some figures; an area's name is spelt as in one file of a pack.
    columns = [name for name in COLUMNS if name not in ("note", "status", "area_name")]
    same_rows(pulled[columns], by_hand[columns], KEY)
    both = pulled.merge(by_hand, on=KEY, suffixes=("", "_by_hand"))
    unlike = both[both["status"] != both["status_by_hand"]]
    assert set(unlike["status_by_hand"]) == {"low_reliability"}
    assert unlike["note_by_hand"].str.contains("unreliable").all()
    assert len(unlike) < len(both) / 100


def test_every_indicator_of_those_files_is_asked_for(real_data: Path) -> None:
    """The runs above ask for a few of them, which is what they cost."""
    files = (path.name.removesuffix(".csv.gz") for path in real_data.glob("ons_els/*.csv.gz"))
    every = RealPublishers(real_data, files).described
    parts = local_statistics_parts(json.dumps([*every.values()]).encode(), "districts")
    assert {part.lack for part in parts} == {row["code"] for row in every.values()}
    assert len(parts) == 29


def test_what_surrounds_the_figures_is_that_of_the_files_too(run: Run, from_files: Pack) -> None:
    pulled = run.pack("first")
    assert pulled.neighbours(AREA) == from_files.neighbours(AREA)
    assert pulled.area(AREA) == from_files.area(AREA)
    mine, theirs = (pack.small_areas(AREA, "iod2025") for pack in (pulled, from_files))
    assert len(mine) > 50
    same_rows(mine, theirs, ["small_area_code"])
    shapes = pulled.table("boundaries_small_area", [("area_code", "==", AREA)])
    assert sorted(shapes["code"]) == sorted(theirs["small_area_code"])
    neighbours = pulled.neighbours(AREA).codes
    rows = pulled.observations(indicator="life_expectancy")
    assert set(neighbours) <= set(rows["area_code"])


def test_a_second_pull_asks_nobody_and_a_later_one_only_whether_anything_changed(run: Run) -> None:
    assert len(run.asked["first"]) > 20
    assert run.asked["second"] == run.asked["offline"] == []
    assert run.asked["later"]
    conditions = {"If-None-Match", "If-Modified-Since"}
    assert all(conditions & {*seen.headers} for seen in run.asked["later"])
    assert {seen.url for seen in run.asked["later"]} == {seen.url for seen in run.asked["first"]}


def test_no_request_to_fingertips_is_larger_than_it_answers(run: Run) -> None:
    data = [seen.url for seen in run.asked["first"] if "all_data" in seen.url]
    assert data
    assert all(url.split("indicator_ids=")[1].split("&")[0].count(",") < 100 for url in data)
    assert not any("nn-" in url for url in data)


def test_the_briefing_is_made_in_one_go_and_offline_it_is_the_same_byte_for_byte(
    run: Run, repo: Path
) -> None:
    pages = [
        render(
            repo / "notebooks" / "area_briefing.ipynb",
            pack=run.folder / name,
            area="Stevenage",
            out=run.folder / f"page-{name}",
        ).html.read_bytes()
        for name in ("first", "offline")
    ]
    assert "Life expectancy" in pages[0].decode()
    assert pages[0] == pages[1]
