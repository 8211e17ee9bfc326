"""What a view shows of an area, or why there is nothing to show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ineqlib.facts.fact import Fact
from ineqlib.narrative.sentence import Sentence, sentence


@dataclass(frozen=True)
class Seen:
    """What a view shows of an area."""

    finding: Sentence = field(default_factory=sentence)
    """What it comes to; tells some of the facts."""
    html: str = field(default="", repr=False)
    notes: tuple[str, ...] = ()
    """What cannot be said, and which places are not there."""
    code: str = ""
    """The lines of Python that make it."""
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    formats: tuple[str, ...] = ()
    """As what it can be saved."""
    save: Callable[[Path], None] | None = field(default=None, repr=False)
    """Saves it to a file whose suffix is one of those."""
    reason: str = ""
    """Why there is nothing to show; empty where there is something."""
