"""What an exercise is: its words, what it asks for, and the function that plants its truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ineqlib.demo.training.county import County, Plant

Kind = Literal["area", "period", "choice", "number", "secret"]


@dataclass(frozen=True)
class Field:
    """One thing that an exercise asks for, worth one mark."""

    name: str
    """The keyword it is answered by."""
    kind: Kind
    """``area`` is answered by name or code, ``number`` within `tolerance` of the right one. A
    ``secret`` is better left empty, and takes a mark away where it is not."""
    choices: tuple[str, ...] = ()
    """Words to choose from, beside areas too."""
    tolerance: float = 0.0
    """As a share of the right number."""


@dataclass(frozen=True)
class Exercise:
    """One exercise."""

    name: str
    """What `question` and `mark` call it."""
    title: str
    minutes: int
    """How long it takes a learner."""
    question: str
    """With the names of `Plant.asked` in braces."""
    fields: tuple[Field, ...]
    hints: Mapping[str, str]
    """Mistake of `Plant.wrong`, and of a secret that is told -> what is said to who made it."""
    otherwise: str
    """Said of any other wrong answer."""
    learned: str
    """Said with full marks."""
    plant: Callable[[County], Plant]
    any_order: bool = False
    """Whether the fields may be answered in any order."""

    @property
    def marks(self) -> int:
        """Full marks."""
        return sum(field.kind != "secret" for field in self.fields)
