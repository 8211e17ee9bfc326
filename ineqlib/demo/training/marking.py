"""Asking an exercise of a training pack, and marking what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ineqlib.catalogue import load_catalogue
from ineqlib.demo.training.county import Answers
from ineqlib.demo.training.exercise import Exercise, Field
from ineqlib.demo.training.exercises import exercise_named
from ineqlib.demo.training.key import answers_of
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.pack import Pack, open_pack
from ineqlib.text import plural

BLANK = "not answered yet"
CLOSE = 0.03
"""Share by which a number may differ from that of a mistake and still be it."""


@dataclass(frozen=True, repr=False)
class Question:
    """One exercise as it is asked of one pack; `question["district"]` is what it names."""

    title: str
    text: str
    asked: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        if name not in self.asked:
            raise ParameterError(
                f"The exercise '{self.title}' names no '{name}'.{nearest(name, self.asked)} It "
                f"names {listed(self.asked, 20)}."
            )
        return self.asked[name]

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p><strong>{escape(self.title)}</strong></p><p>{escape(self.text)}</p>"


@dataclass(frozen=True, repr=False)
class Marked:
    """What an answer is worth, and what to look at again."""

    exercise: str
    marks: int
    of: int
    """Given, and full marks."""
    remarks: tuple[str, ...]
    """One for each field that is blank or wrong; what was to be learned, with full marks."""

    @property
    def is_right(self) -> bool:
        """Whether it got full marks."""
        return self.marks == self.of

    def __repr__(self) -> str:
        return "\n".join([self._headline, *self.remarks])

    @property
    def _headline(self) -> str:
        return f"{self.exercise}: {self.marks} of {plural(self.of, 'mark')}"

    def _repr_html_(self) -> str:
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in self.remarks)
        return f"<p><strong>{escape(self._headline)}</strong></p><ul>{remarks}</ul>"


def question(pack: Pack | str | Path, name: str) -> Question:
    """Ask one exercise of a training pack.

    Parameters
    ----------
    pack
        A training pack, or where it is.
    name
        Of the exercise.

    Raises
    ------
    ParameterError
        There is no such exercise, or the pack has none.
    """
    pack = open_pack(pack)
    exercise = exercise_named(name)
    asked = answers_of(pack, exercise).asked
    return Question(exercise.title, exercise.question.format(**_named(pack, asked)), asked)


def mark(pack: Pack | str | Path, exercise: str, **answers: str | float) -> Marked:
    """Mark what was answered to one exercise.

    Parameters
    ----------
    pack
        A training pack, or where it is.
    exercise
        Its name.
    **answers
        One for each thing asked; empty where it is not answered yet.

    Returns
    -------
    Marked
        Shows itself: the marks, and for each wrong answer a hint.

    Raises
    ------
    ParameterError
        There is no such exercise, the pack has none, or nothing of that name was asked.
    """
    pack = open_pack(pack)
    asked = exercise_named(exercise)
    key = answers_of(pack, asked)
    names = [field.name for field in asked.fields]
    if strange := [name for name in answers if name not in names]:
        raise ParameterError(
            f"The exercise '{exercise}' asks for {listed(names)}, not for '{strange[0]}'."
            f"{nearest(strange[0], names)}"
        )
    remarks, marks = [], 0
    rest = dict(key.right)
    for field in asked.fields:
        given = str(answers.get(field.name, "")).strip()
        if field.kind == "secret":
            if given:
                marks -= 1
                remarks.append(f"{field.name}: {asked.hints['told']}")
            continue
        wrong = _remark(pack, asked, field, given, key=key, rest=rest)
        marks += not wrong
        remarks += [f"{field.name}: {wrong}"] if wrong else []
    return Marked(asked.title, max(marks, 0), asked.marks, tuple(remarks) or (asked.learned,))


def total(*marked: Marked) -> Marked:
    """Add up the marks of several exercises."""
    open_ones = [answer.exercise for answer in marked if not answer.is_right]
    remarks = (f"Still open: {listed(open_ones, 20)}.",) if open_ones else ("All are right.",)
    given, of = (sum(getattr(answer, name) for answer in marked) for name in ("marks", "of"))
    return Marked("All exercises", given, of, remarks)


def _remark(
    pack: Pack, exercise: Exercise, field: Field, given: str, *, key: Answers, rest: dict[str, Any]
) -> str:
    """Say what is wrong with one answer; empty where nothing is."""
    if not given:
        return BLANK
    try:
        answer = _read(pack, field, given)
    except ParameterError as error:
        return str(error)
    right = list(rest) if exercise.any_order else [field.name]
    for name in right:
        if name in rest and _same(field, answer, rest[name]):
            rest.pop(name)
            return ""
    for mistake, (name, betrays) in key.wrong.items():
        if name == field.name and any(_same(field, answer, wrong, CLOSE) for wrong in betrays):
            return exercise.hints[mistake]
    return exercise.otherwise


def _read(pack: Pack, field: Field, given: str) -> str | float:
    """Return an answer as the key has it."""
    if given.casefold() in field.choices:
        return given.casefold()
    match field.kind:
        case "area":
            return pack.area(given).code
        case "number":
            return _number(given)
        case "choice":
            raise ParameterError(
                f"'{given}' is not among the answers.{nearest(given, field.choices)} Choose from "
                f"{listed(field.choices)}."
            )
    return given


def _number(given: str) -> float:
    try:
        return abs(float(given.replace(",", "").replace("−", "-").removesuffix("%")))
    except ValueError:
        raise ParameterError(f"'{given}' is no number. Write it as 3.5, without a unit.") from None


def _same(field: Field, answer: str | float, of_key: Any, within: float | None = None) -> bool:
    if field.kind == "number":
        share = field.tolerance if within is None else within
        return abs(float(answer) - abs(of_key)) <= share * abs(of_key)
    if field.kind == "period":  # 2020/21 may be written as 2020, or 2020-21
        return str(answer)[:4] == str(of_key)[:4]
    return answer == of_key


def _named(pack: Pack, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what a question names, and beside each code and id its name."""
    known, areas = load_catalogue(), set(pack.areas["area_code"])
    named = dict(asked)
    for name, value in asked.items():
        if value in areas:
            named[f"{name}_name"] = pack.area(value).name
        elif value in known:
            named[f"{name}_name"] = known[value].public_name
    return named
