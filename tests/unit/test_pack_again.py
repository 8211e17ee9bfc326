"""What was parsed once is parsed again only if the bytes, what is stated or the code changed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from pandas.testing import assert_frame_equal

from ineqlib.errors import InputError
from ineqlib.observations import KEY
from ineqlib.pack import (
    code_version,
    examined,
    file_hashes,
    kept,
    kept_frames,
    open_pack,
    reading,
    shapes,
    share_numbers,
    table_files,
)
from ineqlib.pack.build import build
from ineqlib.pack.files import Read, sha256
from ineqlib.pack.model import OPTIONAL
from ineqlib.sources.reading import archive

from .built_again import FINGERTIPS, kept_in, same_as_anew, smoked

OWN = "area_code,area_name,indicator,period,value\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path) -> Iterator[Path]:
    with kept_in(tmp_path) as folder:
        yield folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are parsed from now on."""
    names: list[str] = []
    parse = reading._read_table

    def counting(layout, content, stated, report):
        names.append(report.name)
        return parse(layout, content, stated, report)

    monkeypatch.setattr(reading, "_read_table", counting)
    return names


def received(home: Path) -> Path:
    made = home / "received"
    made.mkdir()
    (made / "a.csv").write_text(f"{OWN}E07000243,Stevenage,a,2023,1\n", encoding="utf-8")
    (made / "b.csv").write_text(f"{OWN}E07000242,Watford,b,2023,2\n", encoding="utf-8")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return received(tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, the pack that was built of them and what is kept; made once, to be copied."""
    home = tmp_path_factory.mktemp("home")
    with kept_in(home):
        build(received(home), "pack")
    return home


@pytest.fixture
def built(home: Path, tmp_path: Path, parsed: list[str]) -> Path:
    """Files of which the pack is built: nothing is done if it is built again."""
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    assert build(tmp_path / "received", "pack").unchanged
    assert parsed == []
    return tmp_path / "received"


def test_an_unchanged_folder_is_not_parsed_and_its_pack_is_kept(folder, parsed):
    first = build(folder, "pack")
    written = Path("pack/pack.json").stat().st_ino
    again = build(folder, "pack")
    assert parsed == ["a.csv", "b.csv"]
    assert (first.unchanged, again.unchanged) == (False, True)
    assert Path("pack/pack.json").stat().st_ino == written
    assert again.files == first.files
    assert "Unchanged" in again.as_text()


def test_one_new_file_costs_that_file(built, parsed):
    """That it gives the pack of a first build is what `test_pack_one_file_more` is about."""
    (built / "c.csv").write_text(f"{OWN}E07000240,St Albans,a,2023,3\n", encoding="utf-8")
    assert not build(built, "pack").unchanged
    assert parsed == ["c.csv"]


def test_a_changed_byte_description_title_or_code_remakes(built, parsed, tmp_path, monkeypatch):
    assert not build(built, "pack", title="Two").unchanged
    assert parsed == []
    own = tmp_path / "own.yml"
    own.write_text("a.csv: {published: 2026-01-02}\n", encoding="utf-8")
    assert not build(built, "pack", title="Two", describe=own).unchanged
    assert parsed == ["a.csv"]
    (built / "b.csv").write_text(f"{OWN}E07000242,Watford,b,2023,4\n", encoding="utf-8")
    assert not build(built, "pack", title="Two", describe=own).unchanged
    assert parsed == ["a.csv", "b.csv"]
    monkeypatch.setattr(code_version, "code_fingerprint", lambda: "of other code")
    assert not build(built, "pack", title="Two", describe=own).unchanged
    assert parsed == ["a.csv", "b.csv", "a.csv", "b.csv"]


def test_another_day_remakes(folder, parsed):
    day = pd.Timestamp(2026, 1, 1)
    build(folder, "pack", today=day)
    assert build(folder, "pack", today=day).unchanged
    assert not build(folder, "pack", today=day + pd.Timedelta(days=1)).unchanged
    assert parsed == ["a.csv", "b.csv"]


def test_a_damaged_pack_is_made_again(built):
    table = Path("pack/observations.parquet")
    table.write_bytes(table.read_bytes()[:-1] + b"x")
    assert not build(built, "pack").unchanged
    open_pack("pack")


@pytest.mark.parametrize("file", ["*.arrow", "about.json"])
def test_what_is_kept_but_damaged_is_parsed_again(built, parsed, cache, file):
    for path in cache.glob(f"*/{file}"):
        path.write_bytes(path.read_bytes().replace(b"Watford", b"Wafford")[:-1])
    report = build(built, "other")
    assert parsed == ["a.csv", "b.csv"]
    assert [known.rows_kept for known in report.files] == [1, 1]


def test_what_is_refused_is_looked_at_again(folder, parsed):
    (folder / "c.csv").write_text(f"{OWN}E07000242,Watford,b,23/2023,1\n", encoding="utf-8")
    build(folder, "pack")
    (folder / "d.csv").write_text("code,name\n", encoding="utf-8")
    parsed.clear()
    build(folder, "other")
    assert set(parsed) <= {"c.csv", "d.csv"}


def test_a_cache_that_cannot_be_written_stops_nothing(folder, parsed, cache):
    cache.write_text("no folder", encoding="utf-8")
    build(folder, "pack")
    build(folder, "other")
    assert parsed == ["a.csv", "b.csv"] * 2


def test_what_was_not_used_for_longest_goes_first(cache, monkeypatch):
    for age, name in enumerate(("new", "older", "oldest")):
        (cache / name).mkdir(parents=True)
        (cache / name / "0.arrow").write_bytes(b"x" * 100)
        os.utime(cache / name, (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(kept, "MOST", 250)
    kept.drop_oldest()
    assert sorted(path.name for path in cache.iterdir()) == ["new", "older"]


def test_what_is_kept_is_counted_only_once_much_was_written(folder, cache, monkeypatch):
    build(folder, "pack")
    monkeypatch.setattr(kept.shutil, "rmtree", lambda path, **_: pytest.fail(f"{path} is deleted"))
    monkeypatch.setattr(Path, "iterdir", lambda path: pytest.fail(f"{path} is walked"))
    kept.drop_oldest()


def test_a_new_file_leaves_the_files_of_other_indicators_as_they_were(folder, monkeypatch):
    """And what is read of several files is what is read of one, whichever rows and columns."""
    names = "abcdefgh"
    text = "".join(
        f"E0700024{area},Town {area},{name},20{year},{area + year}\n"
        for name in names
        for area in range(1, 4)
        for year in (20, 21)
    )
    (folder / "c.csv").write_text(OWN + text, encoding="utf-8")
    one = open_pack(build(folder, "one").path)
    monkeypatch.setattr(share_numbers, "ROWS_OF_A_FILE", 10)
    several = open_pack(build(folder, "pack").path)
    before = {file.content: file for file in several.meta.tables["observations"].files}
    assert len(before) > 1
    for read in (Read("observations"), *(Read("observations", f"own_{name}") for name in names)):
        assert several.digest(read) == one.digest(read)
    order = ["area_code", *KEY]
    every = several.observations()
    assert every["row"].tolist() == list(range(len(every)))
    assert_frame_equal(
        every.drop(columns="row").sort_values(order, ignore_index=True),
        one.observations().drop(columns="row").sort_values(order, ignore_index=True),
    )
    wanted = every.iloc[[1, len(every) - 1]]
    read = several.table("observations", [("row", "in", wanted["row"].tolist())])
    assert set(wanted) - set(read) == set(OPTIONAL)  # what no file has is not kept
    assert_frame_equal(read, wanted[read.columns].reset_index(drop=True))
    (folder / "d.csv").write_text(f"{OWN}E07000240,St Albans,a,2023,3\n", encoding="utf-8")
    written: list[str] = []
    write_file = table_files._write_file
    monkeypatch.setattr(
        table_files,
        "_write_file",
        lambda file, *rest: written.append(file.name) or write_file(file, *rest),
    )
    again = open_pack(build(folder, "pack").path)
    after = again.meta.tables["observations"].files
    assert sum(file.content in before for file in after) == len(before) - 1
    assert len([name for name in written if name.startswith("observations")]) == 1
    anew = open_pack(build(folder, "anew").path)
    assert again.meta.tables == anew.meta.tables


def test_a_file_of_an_earlier_pack_that_was_changed_is_not_taken_over(built):
    table = Path("pack/areas.parquet")
    table.write_bytes(table.read_bytes()[:-1] + b"x")
    build(built, "pack", title="Another")
    assert open_pack("pack").title == "Another"


def test_nothing_to_build_is_no_unchanged_pack(built):
    for path in built.iterdir():
        path.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(InputError, match="gives a figure"):
        build(built, "pack")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are hashed from now on."""
    names: list[str] = []
    digest = file_hashes.file_sha256
    monkeypatch.setattr(
        file_hashes, "file_sha256", lambda path: names.append(path.name) or digest(path)
    )
    return names


def test_a_file_is_hashed_once(folder, hashed):
    report = build(folder, "pack")
    assert hashed == ["a.csv", "b.csv"]
    assert [file.sha256 for file in report.files] == [sha256(folder / name) for name in hashed]


def test_the_hash_of_a_large_file_is_remembered_until_it_is_written(folder, hashed, monkeypatch):
    monkeypatch.setattr(file_hashes, "LARGE", 0)
    monkeypatch.setattr(file_hashes, "JUST_NOW", 0)
    file = folder / "a.csv"
    first = file_hashes.file_hash(file)
    assert (file_hashes.file_hash(file), hashed) == (first, ["a.csv"])
    was = file.stat()
    file.write_bytes(file.read_bytes().replace(b",1\n", b",7\n"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))  # who sets the time back is seen too
    assert file_hashes.file_hash(file) == sha256(file) != first
    assert hashed == ["a.csv", "a.csv"]


def test_a_file_written_a_moment_ago_is_hashed_each_time(folder, hashed, monkeypatch):
    monkeypatch.setattr(file_hashes, "LARGE", 0)
    for _ in range(2):
        assert file_hashes.file_hash(folder / "a.csv") == sha256(folder / "a.csv")
    assert hashed == ["a.csv", "a.csv"]


def test_a_file_that_could_not_be_read_is_read_the_next_time(folder, monkeypatch):
    """Whatever kept it from being read leaves no trace in the times of the file."""
    monkeypatch.setattr(file_hashes, "LARGE", 0)
    monkeypatch.setattr(file_hashes, "JUST_NOW", 0)
    with monkeypatch.context() as locked:
        locked.setattr(file_hashes, "file_sha256", lambda _: "")
        assert file_hashes.file_hash(folder / "a.csv") == ""
    assert file_hashes.file_hash(folder / "a.csv") == sha256(folder / "a.csv")


def test_a_file_that_is_deleted_while_it_is_hashed_stops_nothing(folder, monkeypatch):
    monkeypatch.setattr(file_hashes, "LARGE", 0)
    monkeypatch.setattr(file_hashes, "JUST_NOW", 0)

    def hash_and_delete(path):
        digest = sha256(path)
        path.unlink()
        return digest

    digest = sha256(folder / "a.csv")
    monkeypatch.setattr(file_hashes, "file_sha256", hash_and_delete)
    assert file_hashes.file_hash(folder / "a.csv") == digest


@pytest.mark.parametrize(("room", "counts"), [("sources", True), ("", True), ("charts", False)])
def test_only_the_code_that_makes_packs_makes_them_again(tmp_path, monkeypatch, room, counts):
    package = tmp_path / "package"
    for name in ("sources", "pack", "catalogue", "charts"):
        (package / name).mkdir(parents=True)
    monkeypatch.setattr(code_version, "_PACKAGE", package)
    before = code_version.code_fingerprint.__wrapped__()
    (package / room / "more.py").write_text("x = 1\n", encoding="utf-8")
    assert (code_version.code_fingerprint.__wrapped__() != before) == counts


def test_adding_changing_and_removing_a_file_gives_the_pack_that_is_built_from_nothing(
    folder, monkeypatch
):
    """Also where a new file makes figures of the others doubtful, and where it repeats them.

    Of every file it is remembered whether it repeats a figure, as otherwise of large ones.
    """
    monkeypatch.setattr(examined, "MANY_ROWS", 1)
    jump = (15.1, 15.2, 151.0, 15.3, 15.4, 15.2, 15.1, 15.3, 15.2)
    (folder / "d.csv").write_text(FINGERTIPS + smoked("E07000241", 9, jump), encoding="utf-8")
    first = build(folder, "pack")
    doubted = [finding.check for file in first.files for finding in file.findings]
    assert doubted == ["jump_between_periods"]
    other = FINGERTIPS + smoked("E07000242", 9, tuple(value / 100 for value in jump))
    other += smoked("E07000241", 9, jump[:2])
    (folder / "e.csv").write_text(other, encoding="utf-8")
    counted: list[int] = []
    find = examined.find_doubts
    monkeypatch.setattr(
        examined, "find_doubts", lambda rows, *rest: counted.append(len(rows)) or find(rows, *rest)
    )
    added = same_as_anew(folder)
    assert counted[0] == len(jump) + 2, "of the files that are as they were nothing is asked again"
    beside = [finding.check for file in added.files for finding in file.findings]
    assert "unlike_other_files" in beside
    (folder / "e.csv").write_text(other.replace("15.1", "15.9"), encoding="utf-8")
    same_as_anew(folder)
    (folder / "e.csv").unlink()
    assert same_as_anew(folder).files == first.files


def test_what_was_parsed_of_a_large_file_is_kept_piece_by_piece(folder, parsed, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_HELD_TEXT", 300)
    monkeypatch.setattr(archive, "_CHUNK", 200)
    monkeypatch.setattr(kept_frames, "BLOCK", 4)
    lines = smoked("E07000241", 9, (15.1, 15.2, 15.0, 15.3)) + smoked("E07000242", 8, (5.1, 5.2))
    (folder / "d.csv").write_text(FINGERTIPS + lines, encoding="utf-8")
    build(folder, "pack")
    parsed.clear()
    (folder / "e.csv").write_text(f"{OWN}E07000240,St Albans,a,2023,3\n", encoding="utf-8")
    same_as_anew(folder)
    assert parsed == ["e.csv", "a.csv", "b.csv", "d.csv", "e.csv"]


def test_what_is_remembered_of_checks_is_asked_again_where_it_is_damaged(folder, cache):
    (folder / "d.csv").write_text(
        FINGERTIPS + smoked("E07000241", 9, (15.1, 15.2, 151.0, 15.3, 15.4)), encoding="utf-8"
    )
    first = build(folder, "pack")
    for path in cache.glob("*/0.json"):
        path.write_bytes(path.read_bytes().replace(b"[2]", b"[1]"))
    assert build(folder, "other").files == first.files


@pytest.fixture
def thinned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many shapes each set has that is thinned from now on."""
    sizes: list[int] = []
    thin = shapes._thinned

    def counting(before, level):
        sizes.append(len(before))
        return thin(before, level)

    monkeypatch.setattr(shapes, "_thinned", counting)
    return sizes


def test_shapes_that_were_thinned_are_not_thinned_again(thinned):
    squares = gpd.GeoDataFrame(geometry=shapely.box([0, 100], 0, [100, 200], 100), crs="EPSG:27700")
    first = shapes.simplified(squares, "lad", "key")
    again = shapes.simplified(squares, "lad", "key")
    assert thinned == [2]
    assert again[1] == first[1]
    assert again[0].geometry.geom_equals_exact(first[0].geometry, 0).all()


def test_a_map_is_thinned_again_once_its_file_or_the_shapes_used_of_it_are_others(folder, thinned):
    def drawn(*shapes_of: tuple[str, float]) -> str:
        codes, east = zip(*shapes_of, strict=True)
        geometry = shapely.box(east, 220_000, np.add(east, 1000), 221_000)
        frame = gpd.GeoDataFrame({"LAD24CD": codes, "LAD24NM": codes}, geometry=geometry, crs=27700)
        return frame.to_json(to_wgs84=False)

    two = ("E07000240", 520_000.0), ("E07000241", 521_000.0)
    (folder / "a.geojson").write_text(drawn(*two), encoding="utf-8")
    build(folder, "pack")
    (folder / "d.csv").write_text(f"{OWN}E07000240,St Albans,b,2023,3\n", encoding="utf-8")
    build(folder, "pack")
    assert thinned == [2], "another file has no part in it"
    (folder / "b.geojson").write_text(
        drawn(*two, ("E07000242", 522_000.0)), encoding="utf-8"
    )  # of the larger file all shapes are used, of the other none
    same_as_anew(folder)
    assert thinned == [2, 3, 3]


def test_what_cannot_be_kept_the_same_is_not_kept(tmp_path):
    odd = pd.DataFrame({"a": [{1, 2}, {3}]})
    with pytest.raises((kept_frames.NotTheSame, pa.ArrowException)):
        kept_frames.write_frame(tmp_path / "odd", odd)
    table = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}, index=[5, 3])
    kept_frames.write_frame(tmp_path / "table", table)
    assert_frame_equal(kept_frames.read_frame(tmp_path / "table"), table)
