"""What an exercise is: its words, what it asks for, and the function that plants its truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ineqlib.demo.training.county import County, Plant

Kind = Literal["area", "period", "choice", "number", "secret"]


@dataclass(frozen=True)
class Field:
    """One thing that an exercise asks for, worth one mark.

    Parameters
    ----------
    name
        The keyword it is answered by.
    kind
        ``area`` is answered by name or code, ``number`` within `tolerance` of the right one.
        A ``secret`` is better left empty, and takes a mark away where it is not.
    choices
        Words to choose from, beside areas too.
    tolerance
        As a share of the right number.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    tolerance: float = 0.0


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Parameters
    ----------
    name
        What `question` and `mark` call it.
    title
        Of its answer sheet.
    minutes
        How long it takes a learner.
    question
        With the names of `Plant.asked` in braces.
    fields
        What is asked for.
    hints
        Mistake of `Plant.wrong`, and of a secret that is told -> what is said to who made it.
    otherwise
        Said of any other wrong answer.
    learned
        Said with full marks.
    plant
        Plants the truth.
    any_order
        Whether the fields may be answered in any order.
    """

    name: str
    title: str
    minutes: int
    question: str
    fields: tuple[Field, ...]
    hints: Mapping[str, str]
    otherwise: str
    learned: str
    plant: Callable[[County], Plant]
    any_order: bool = False

    @property
    def marks(self) -> int:
        """Full marks."""
        return sum(field.kind != "secret" for field in self.fields)
