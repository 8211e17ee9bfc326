"""A question becomes a run file; what an analyst wrote in one stays."""

from pathlib import Path

import pytest

from ineqlib.errors import ParameterError
from ineqlib.exploring.run_file import Asked, put_into_run, usual_run_file
from ineqlib.pack import Pack
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import read_run

AREA, NAME = "X07000001", "Brackenhythe"


@pytest.fixture
def asked(demo_pack: Pack) -> Asked:
    return Asked(demo_pack.path, AREA, NAME, "smoking_adults")


def written(folder: Path, asked: Asked, text: str) -> Path:
    path = folder / "mine.yml"
    path.write_text(text.replace("PACK", asked.pack.as_posix()), encoding="utf-8")
    return path


BLOCK = """# Mine, for the board of March
title: "Two places"  # as the index prints it
documents:
  - area_briefing
pack: PACK
out: build
areas:
  # the first
  - X06000001  # Ambersea
parameters:
  priorities:
    - life_expectancy  # the board asked
  owner: Me
"""
INLINE = """title: Two places
documents: [area_briefing]
pack: PACK
out: build
areas: [X06000001]  # Ambersea
parameters: # for all
  owner: Me
"""
BARE = "title: T\ndocuments: [area_briefing]\npack: PACK\nout: build\nareas: [X06000001]\n"


def test_a_new_run_file_is_one_that_render_plans(asked: Asked, tmp_path: Path) -> None:
    path, words = put_into_run(tmp_path / "params" / "runs" / "new.yml", asked)
    run = read_run(path)
    assert run.out == tmp_path / "build" / "new"
    assert [document.parameters for document in run.documents] == [
        {"priorities": ["smoking_adults"]}
    ]
    assert [task.target.subject.name for task in plan(run).tasks] == [NAME]
    assert words == f"Wrote {path}. Make it with: ineq render {path}"


@pytest.mark.parametrize("text", [BLOCK, INLINE, BARE])
def test_an_area_and_a_priority_are_added_and_every_line_stays(
    asked: Asked, tmp_path: Path, text: str
) -> None:
    path = written(tmp_path, asked, text)
    before = path.read_text(encoding="utf-8")
    where, words = put_into_run(path, asked)
    assert where == path
    assert f"Added {NAME}" in words
    after = path.read_text(encoding="utf-8")
    for comment in [line.partition("#")[2] for line in before.splitlines() if "#" in line]:
        assert comment in after
    run = read_run(path)
    assert run.choice.areas == ("X06000001", AREA)
    old = ["life_expectancy"] if "life_expectancy" in before else []
    assert run.documents[0].parameters["priorities"] == [*old, "smoking_adults"]
    assert run.documents[0].parameters.get("owner") == ("Me" if "owner" in text else None)
    again = put_into_run(path, asked)
    assert "asks for this already" in again.words
    assert path.read_text(encoding="utf-8") == after


def test_line_ends_of_windows_stay(asked: Asked, tmp_path: Path) -> None:
    path = written(tmp_path, asked, BLOCK)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    put_into_run(path, asked)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert read_run(path).choice.areas == ("X06000001", AREA)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BARE.replace("areas: [X06000001]", "parent: X10000001"), "another way than by a list"),
        (BARE.replace("PACK", "elsewhere"), "another pack"),
        (BARE.replace("area_briefing", "methods"), "does not ask for the document"),
        (BARE.replace("[X06000001]", "&a [X06000001]\nparameters: {owner: Me}"), "for certain"),
        ("title: [", "not a run file that can be read"),
        ("", "not a run file that can be read"),
    ],
)
def test_what_cannot_be_added_to_stays_and_a_new_file_is_written_beside(
    asked: Asked, tmp_path: Path, text: str, why: str
) -> None:
    path = written(tmp_path, asked, text)
    before = path.read_bytes()
    where, words = put_into_run(path, asked)
    assert path.read_bytes() == before
    assert where == tmp_path / "mine-2.yml"
    assert why in words
    assert "stays as it is" in words
    assert read_run(where).choice.areas == (AREA,)


def test_another_suffix_is_refused(asked: Asked, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"ends in \.yml"):
        put_into_run(tmp_path / "run.txt", asked)


def test_a_project_of_ones_own_keeps_its_run_files_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("params/runs", "notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks")
    assert usual_run_file() == Path("../params/runs/explored.yml")
    monkeypatch.chdir(tmp_path)
    assert usual_run_file() == Path("params/runs/explored.yml")
