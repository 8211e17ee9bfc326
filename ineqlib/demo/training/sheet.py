"""The instructor's answer sheet of one training pack, to be printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ineqlib.demo.training.exercise import Exercise, Field
from ineqlib.demo.training.exercises import EXERCISES
from ineqlib.demo.training.key import answers_of
from ineqlib.demo.training.marking import question
from ineqlib.pack import Pack, open_pack
from ineqlib.text import plural


def answer_sheet(pack: Pack | str | Path) -> str:
    """Write the right answer to every exercise of a training pack, and each mistake with its hint.

    Parameters
    ----------
    pack
        A training pack, or where it is.

    Returns
    -------
    str
        Markdown, a screen or two wide as text.

    Raises
    ------
    ParameterError
        It is no training pack.
    """
    pack = open_pack(pack)
    lines = [
        f"# Answers: {pack.title}",
        "",
        f"For the instructor alone. Data of {pack.meta.vintage}. Everything is fictional: no real "
        "place, person or event is described.",
    ]
    for number, exercise in enumerate(EXERCISES.values(), start=1):
        lines += ["", f"## {number}. {exercise.title}", "", *_answers(pack, exercise)]
    return "\n".join(lines) + "\n"


def _answers(pack: Pack, exercise: Exercise) -> Iterator[str]:
    key = answers_of(pack, exercise)
    marks = plural(exercise.marks, "mark")
    yield f"{question(pack, exercise.name)} ({exercise.minutes} minutes, {marks})"
    yield ""
    for field in exercise.fields:
        if field.kind != "secret":
            off = f", give or take {field.tolerance:.0%}" if field.tolerance else ""
            yield f"- **{field.name}**: {_shown(pack, field, key.right[field.name])}{off}"
    yield f"- To be learned: {exercise.learned}"
    fields = {field.name: field for field in exercise.fields}
    for mistake, (name, betrays) in key.wrong.items():
        shown = [_shown(pack, fields[name], wrong) for wrong in betrays]
        answer = "any" if fields[name].kind == "secret" else " or ".join(shown)
        yield f"- Mistake, {mistake} ({name}: {answer}): {exercise.hints[mistake]}"


def _shown(pack: Pack, field: Field, value: Any) -> str:
    if field.kind == "number":
        return f"{value:,.3g}"
    if field.kind == "area" and value not in field.choices:
        return pack.area(value).name
    return str(value)
