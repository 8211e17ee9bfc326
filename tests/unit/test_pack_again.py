"""What was parsed once is parsed again only if the bytes, what is stated or the code changed."""

import os
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.pack import inputs, kept, open_pack, unchanged
from ineqlib.pack.build import build

OWN = "area_code,area_name,indicator,period,value\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "LEAST", 0)
    monkeypatch.setattr(kept, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cache"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are parsed from now on."""
    names: list[str] = []
    parse = inputs._read_table

    def counting(layout, content, stated, report):
        names.append(report.name)
        return parse(layout, content, stated, report)

    monkeypatch.setattr(inputs, "_read_table", counting)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "received"
    made.mkdir()
    (made / "a.csv").write_text(f"{OWN}E07000243,Stevenage,a,2023,1\n", encoding="utf-8")
    (made / "b.csv").write_text(f"{OWN}E07000242,Watford,b,2023,2\n", encoding="utf-8")
    return made


def test_an_unchanged_folder_is_not_parsed_and_its_pack_is_kept(folder, parsed):
    first = build(folder, "pack")
    written = Path("pack/pack.json").stat().st_ino
    again = build(folder, "pack")
    assert parsed == ["a.csv", "b.csv"]
    assert (first.unchanged, again.unchanged) == (False, True)
    assert Path("pack/pack.json").stat().st_ino == written
    assert again.files == first.files
    assert "Unchanged" in again.as_text()


def test_one_new_file_costs_that_file_and_gives_the_same_pack(folder, parsed):
    build(folder, "pack")
    (folder / "c.csv").write_text(f"{OWN}E07000240,St Albans,a,2023,3\n", encoding="utf-8")
    parsed.clear()
    report = build(folder, "pack")
    assert parsed == ["c.csv"]
    for path in kept.cache_folder().iterdir():
        (path / "about.json").unlink()
    anew = build(folder, "anew")
    assert report.files == anew.files
    tables = [open_pack(path).meta.tables for path in ("pack", "anew")]
    assert tables[0] == tables[1]


def test_a_changed_byte_description_title_or_code_remakes(folder, parsed, tmp_path, monkeypatch):
    build(folder, "pack", title="One")
    parsed.clear()
    assert not build(folder, "pack", title="Two").unchanged
    assert parsed == []
    own = tmp_path / "own.yml"
    own.write_text("a.csv: {published: 2026-01-02}\n", encoding="utf-8")
    assert not build(folder, "pack", title="Two", describe=own).unchanged
    assert parsed == ["a.csv"]
    (folder / "b.csv").write_text(f"{OWN}E07000242,Watford,b,2023,4\n", encoding="utf-8")
    assert not build(folder, "pack", title="Two", describe=own).unchanged
    assert parsed == ["a.csv", "b.csv"]
    for module in (inputs, unchanged):
        monkeypatch.setattr(module, "code_fingerprint", lambda: "of other code")
    assert not build(folder, "pack", title="Two", describe=own).unchanged
    assert parsed == ["a.csv", "b.csv", "a.csv", "b.csv"]


def test_another_day_remakes(folder, parsed):
    day = pd.Timestamp(2026, 1, 1)
    build(folder, "pack", today=day)
    assert build(folder, "pack", today=day).unchanged
    assert not build(folder, "pack", today=day + pd.Timedelta(days=1)).unchanged
    assert parsed == ["a.csv", "b.csv"]


def test_a_damaged_pack_is_made_again(folder, parsed):
    build(folder, "pack")
    table = Path("pack/observations.parquet")
    table.write_bytes(table.read_bytes()[:-1] + b"x")
    assert not build(folder, "pack").unchanged
    open_pack("pack")


@pytest.mark.parametrize("file", ["0.parquet", "about.json"])
def test_what_is_kept_but_damaged_is_parsed_again(folder, parsed, cache, file):
    build(folder, "pack")
    parsed.clear()
    for path in cache.glob(f"*/{file}"):
        path.write_bytes(path.read_bytes().replace(b"Watford", b"Wafford")[:-1])
    report = build(folder, "other")
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
        (cache / name / "0.parquet").write_bytes(b"x" * 100)
        os.utime(cache / name, (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(kept, "MOST", 250)
    kept.drop_oldest()
    assert sorted(path.name for path in cache.iterdir()) == ["new", "older"]


def test_nothing_to_build_is_no_unchanged_pack(folder):
    build(folder, "pack")
    for path in folder.iterdir():
        path.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(InputError, match="gives a figure"):
        build(folder, "pack")


def test_a_file_is_hashed_once(folder, monkeypatch):
    hashed: list[str] = []
    digest = inputs.file_sha256

    def counting(path):
        hashed.append(path.name)
        return digest(path)

    monkeypatch.setattr(inputs, "file_sha256", counting)
    report = build(folder, "pack")
    assert hashed == ["a.csv", "b.csv"]
    assert [file.sha256 for file in report.files] == [digest(folder / name) for name in hashed]


@pytest.mark.parametrize(("room", "counts"), [("sources", True), ("", True), ("charts", False)])
def test_only_the_code_that_makes_packs_makes_them_again(tmp_path, monkeypatch, room, counts):
    package = tmp_path / "package"
    for name in ("sources", "pack", "catalogue", "charts"):
        (package / name).mkdir(parents=True)
    monkeypatch.setattr(kept, "_PACKAGE", package)
    before = kept.code_fingerprint.__wrapped__()
    (package / room / "more.py").write_text("x = 1\n", encoding="utf-8")
    assert (kept.code_fingerprint.__wrapped__() != before) == counts
