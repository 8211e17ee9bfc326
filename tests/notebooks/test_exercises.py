"""The exercises in a kernel: blank answers are no failure, and the key gets full marks."""

import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill

from ineqlib.demo.training import build
from ineqlib.demo.training.county import Plant, make_county
from ineqlib.demo.training.exercises import EXERCISES
from ineqlib.pack import Pack

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "exercises.ipynb"
CALL = re.compile(r'iq\.training\.mark\(pack, "(\w+)", (.+)\)')
SEED = 1
"""Of the fixture `training_pack`."""


def cells(answers: Mapping[str, Plant]) -> list[nbformat.NotebookNode]:
    """Return the cells of the notebook, with the right answers to some exercises filled in."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    for cell in book.cells:
        if (called := CALL.search(cell.source)) and called[1] in answers:
            for field, answer in answers[called[1]].right.items():
                cell.source, times = re.subn(rf'\b{field}=""', f'{field}="{answer}"', cell.source)
                assert times == 1, (called[1], field)
    return list(book.cells)


def test_every_exercise_is_asked_once_with_blank_answers_for_all_its_fields() -> None:
    source = "\n".join(cell.source for cell in cells({}))
    blank = [
        (name, ", ".join(f'{field.name}=""' for field in one.fields))
        for name, one in EXERCISES.items()
    ]
    assert CALL.findall(source) == blank
    assert [source.count(f'question(pack, "{name}")') for name in EXERCISES] == [1] * len(EXERCISES)
    assert "does not exist" in source and "fictional" in source


def test_it_runs_with_blank_answers_and_then_with_those_of_the_key(
    training_pack: Pack, tmp_path: Path
) -> None:
    blank, (_, *answered) = cells({}), cells(build.plant_all(make_county(SEED)))
    for cell in answered:  # one kernel runs both, as a learner's does; ids differ within a notebook
        cell.id = f"{cell.id}-answered"
    book = nbformat.read(NOTEBOOK, as_version=4)
    book.cells = [*blank, *answered]
    nbformat.write(book, tmp_path / "both.ipynb")
    papermill.execute_notebook(
        tmp_path / "both.ipynb",
        tmp_path / "executed.ipynb",
        {"pack": str(training_pack.path)},
        kernel_name="python3",
        progress_bar=False,
    )
    shown = [
        (cell.id.endswith("-answered"), output["data"]["text/plain"])
        for cell in nbformat.read(tmp_path / "executed.ipynb", as_version=4).cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    before, after = ([text for late, text in shown if late == which] for which in (False, True))
    assert len(before) == len(after) > 20
    marks = sum(one.marks for one in EXERCISES.values())
    assert sum(text.count("not answered yet") for text in before) == marks
    assert f"All exercises: 0 of {marks} marks" in before[-1]
    assert after[-1] == f"All exercises: {marks} of {marks} marks\nAll are right."
    assert not any("not answered yet" in text for text in after)
