"""The exercises in a kernel: blank answers are no failure, and the key gets full marks."""

import re
from pathlib import Path

import nbformat
import papermill
import pytest

from ineqlib.demo.training import build
from ineqlib.demo.training.county import make_county
from ineqlib.demo.training.exercises import EXERCISES
from ineqlib.pack import Pack

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "exercises.ipynb"
CALL = re.compile(r'iq\.training\.mark\(pack, "(\w+)", (.+)\)')
SEED = 1
"""Of the fixture `training_pack`."""


def outputs(source: Path, pack: Pack, out: Path) -> list[str]:
    """Run a notebook from top to bottom; return what each cell that shows something shows."""
    papermill.execute_notebook(
        source, out, {"pack": str(pack.path)}, kernel_name="python3", progress_bar=False
    )
    cells = nbformat.read(out, as_version=4).cells
    shown = [output for cell in cells for output in cell.get("outputs", [])]
    return [output["data"]["text/plain"] for output in shown if "data" in output]


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """The notebook with every answer of the key filled in."""
    plants = build.plant_all(make_county(SEED))
    book = nbformat.read(NOTEBOOK, as_version=4)
    for cell in book.cells:
        if called := CALL.search(cell.source):
            for field, answer in plants[called[1]].right.items():
                cell.source, times = re.subn(rf'\b{field}=""', f'{field}="{answer}"', cell.source)
                assert times == 1, (called[1], field)
    nbformat.write(book, tmp_path / "answered.ipynb")
    return tmp_path / "answered.ipynb"


def test_every_exercise_is_asked_once_with_blank_answers_for_all_its_fields() -> None:
    source = "\n".join(cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells)
    blank = [
        (name, ", ".join(f'{field.name}=""' for field in one.fields))
        for name, one in EXERCISES.items()
    ]
    assert CALL.findall(source) == blank
    assert [source.count(f'question(pack, "{name}")') for name in EXERCISES] == [1] * len(EXERCISES)
    assert "does not exist" in source and "fictional" in source


def test_it_runs_with_blank_answers_and_with_those_of_the_key(
    training_pack: Pack, answered: Path, tmp_path: Path
) -> None:
    blank = outputs(NOTEBOOK, training_pack, tmp_path / "blank.ipynb")
    fields = sum(one.marks for one in EXERCISES.values())
    assert sum(text.count("not answered yet") for text in blank) == fields
    assert f"All exercises: 0 of {fields} marks" in blank[-1]
    right = outputs(answered, training_pack, tmp_path / "right.ipynb")
    assert right[-1] == f"All exercises: {fields} of {fields} marks\nAll are right."
    assert not any("not answered yet" in text for text in right)
