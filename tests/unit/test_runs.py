"""Run files are strict: a misspelt key or a wrong type is refused before anything runs."""

from pathlib import Path

import pytest

from ineqlib.briefing.runs import Run, areas_of, read_run
from ineqlib.errors import InputError, ParameterError, UnknownArea
from ineqlib.pack import Pack

GOOD = """
title: Test
notebook: ../book.ipynb
pack: ../pack
out: out
areas: [X07000001]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "run.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    run = read_run(write(tmp_path, GOOD))
    assert run.out == (tmp_path / "out").resolve()
    assert run.notebook == (tmp_path.parent / "book.ipynb").resolve()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "aeras: []", "1 unknown key.*aeras.*Did you mean 'areas'"),
        (GOOD.replace("out: out\n", ""), "lacks out"),
        (GOOD.replace("areas: [X07000001]\n", ""), "names no areas"),
        (GOOD.replace("[X07000001]", "X07000001"), "'areas' should be a list"),
        (GOOD.replace("[X07000001]", "[7]"), "area 7 should be text"),
        (GOOD + "parameters: [a]", "'parameters' should be a dict"),
    ],
)
def test_mistakes_in_a_run_file_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        read_run(write(tmp_path, text))


def test_what_is_not_a_run_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not YAML"):
        read_run(write(tmp_path, "a: [b"))
    with pytest.raises(InputError, match="keys and values"):
        read_run(write(tmp_path, "just text"))
    with pytest.raises(InputError, match=r"no run file.*Did you mean 'run.yml'"):
        read_run(tmp_path / "rum.yml")


def run_of(**options: object) -> Run:
    return Run("Test", Path("n"), Path("p"), Path("o"), **options)  # type: ignore[arg-type]


def test_a_county_means_its_current_districts_each_once(demo_pack: Pack) -> None:
    found = areas_of(run_of(parent="X10000001", areas=("X07000002",)), demo_pack)
    assert len(found) == 10
    assert found[0].code == "X07000002"


def test_a_single_tier_area_stands_for_itself(demo_pack: Pack) -> None:
    single = demo_pack.areas.query("area_code.str.startswith('X06') and not ended").iloc[0]
    assert [area.code for area in areas_of(run_of(parent=single["area_code"]), demo_pack)] == [
        single["area_code"]
    ]


def test_a_misspelt_area_is_refused_before_anything_runs(demo_pack: Pack) -> None:
    with pytest.raises(UnknownArea, match="Did you mean 'Coldmarket'"):
        areas_of(run_of(areas=("Coldmarkt",)), demo_pack)


def test_an_indicator_set_is_relative_to_the_file_too(tmp_path: Path) -> None:
    given = read_run(write(tmp_path, GOOD + "parameters: {indicator_set: mine.yml}"))
    assert given.parameters == {"indicator_set": str((tmp_path / "mine.yml").resolve())}
    named = read_run(write(tmp_path, GOOD + "parameters: {indicator_set: headline}"))
    assert named.parameters == {"indicator_set": "headline"}
