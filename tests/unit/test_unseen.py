"""What no screen shows in a name goes no further than the file it came in."""

import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from ineqlib.charts.draw.draw import draw
from ineqlib.charts.draw.svg import inline_svg
from ineqlib.cli import main
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.text import visible

HEADING = "area_code,area_name,indicator,period,value,note\n"
RING = [[-0.2, 51.8], [-0.1, 51.8], [-0.1, 51.9], [-0.2, 51.8]]
ENDS_A_DRAWING = "\x01\x07\x1b\ufffe\uffff"
OBEYED = "\x1b\x9b\x7f\x08\u202e\u2066"


def downloads(folder: Path, name: str) -> Path:
    folder.mkdir()
    own = f'{HEADING}E07000243,"{name}","{name} visits",2023,1,"{name}"\n'
    (folder / "own.csv").write_text(own, encoding="utf-8")
    shape = {
        "type": "Feature",
        "properties": {"LAD24CD": "E07000243", "LAD24NM": name},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [shape]})
    (folder / "lad24.geojson").write_text(text, encoding="utf-8")
    return folder


def texts(pack: Path) -> list[str]:
    opened = open_pack(pack)
    names = [*opened.areas["area_name"], *opened.indicators["name"]]
    rows = opened.observations()
    return [*names, *rows["area_name"], *rows["note"], *opened.boundaries("lad")["name"]]


def test_a_control_character_in_a_name_is_a_code_in_the_pack(tmp_path: Path) -> None:
    signs = ENDS_A_DRAWING + OBEYED
    name = f"Steve{signs}nage"
    report = build(downloads(tmp_path / "files", name), tmp_path / "pack")
    assert visible(name) in texts(tmp_path / "pack")
    assert not any(set(signs) & set(text) for text in texts(tmp_path / "pack"))
    assert visible(name) == f"Steve{ascii(signs)[1:-1]}nage"
    told = [remark for file in report.files for remark in file.remarks]
    assert any("signs that no screen shows, which were written as codes" in each for each in told)


@pytest.mark.parametrize("sign", ENDS_A_DRAWING, ids=ascii)
def test_what_a_pack_holds_can_be_drawn(sign: str) -> None:
    """In this process: it would end with it."""
    name = visible(f"Steve{sign}nage")
    text = {"field": "text", "type": "nominal"}
    spec = {"data": {"values": [{"text": name}]}, "mark": "text", "encoding": {"text": text}}
    assert "nage" in inline_svg(draw(spec), figure_id="x", alt=name)


def test_letters_of_every_script_line_breaks_and_tabs_are_no_codes() -> None:
    kept = "Tŷ Ŵyr, Падения, السقوط\u200f, 跌倒, क\u094d\u200dष, −2.5 → 3 …\n\tنیم\u200cفاصله"
    assert visible(kept) == kept
    hidden = {chr(n) for n in range(0x3000) if unicodedata.category(chr(n)) == "Cc"} - {"\n", "\t"}
    assert all(visible(sign) != sign for sign in hidden)


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path: Path) -> None:
    folder = downloads(tmp_path / "files", "Stevenage")
    (folder / "unknown.csv").write_text(f"colour{OBEYED}[31m,shape\nred,round\n", encoding="utf-8")
    (folder / "own.csv").write_text(
        f"{HEADING}E07000243,x,visits,soon{OBEYED}[31m,1,\n", encoding="utf-8"
    )
    good = "area_code,indicator,period,value\nE07000243,visits,2023,1\n"
    (folder / "good.csv").write_text(good, encoding="utf-8")
    out = tmp_path / "pack"
    runs = [
        CliRunner().invoke(main, ["build", str(folder), "--out", str(out)]),
        CliRunner().invoke(main, ["areas", "--pack", str(tmp_path / f"no{OBEYED}ne")]),
    ]
    assert [run.exit_code for run in runs] == [0, 5]
    for run in runs:
        assert not set(OBEYED) & set(run.stdout + run.stderr)
    assert runs[0].output.count(f"{visible(OBEYED)}[31m") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_that_is_no_utf8_is_named_byte_by_byte(tmp_path: Path) -> None:
    folder = downloads(tmp_path / "files", "Stevenage")
    (folder / "own.csv").rename(folder / os.fsdecode(b"own-\xe9.csv"))
    (folder / os.fsdecode(b"\xff\x1b[31m.csv.gz")).write_bytes(b"\x1f\x8bcut")
    out = tmp_path / "pack"
    strange = tmp_path / os.fsdecode(b"pa\xe9ck")
    refused = CliRunner().invoke(main, ["build", str(folder), "--out", str(strange)])
    assert refused.exit_code == 7
    assert r"pa\xe9ck holds a control character or bytes that are no UTF-8" in refused.output
    result = CliRunner().invoke(main, ["build", str(folder), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert r"own-\xe9.csv: your own figures" in result.output
    assert r"\xff\x1b[31m.csv.gz: not read" in result.output
    kept = json.loads((out / "pack.json").read_text(encoding="utf-8"))
    assert r"own-\xe9.csv" in {file["file"] for file in kept["inputs"]}
