"""A chain of proved steps from a page to a publisher, as words and as plain values."""

import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ineqlib.errors import ChainError

Outcome = Literal["holds", "open", "breaks"]
"""A step is proved; or cannot be followed with what is at hand; or is proved wrong."""

BREAKS = "The chain breaks here: "
_WIDTH = 100
_INDENT = 11


@dataclass(frozen=True)
class Step:
    """One step of a chain."""

    name: str
    """``page``, ``pack``, ``figure``, ``rows``, ``file``, ``download`` or ``publisher``."""
    outcome: Outcome
    words: str
    """What was proved, what is wrong, or what would be needed."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """The same for machines: hashes, rows, addresses."""


@dataclass(frozen=True)
class Trace:
    """Where one figure of a page comes from."""

    figure: Mapping[str, str]
    """The figure as its page has it: the columns of the file of all figures."""
    steps: tuple[Step, ...]
    """From the page to the publisher; the last one may break."""
    asked: str = ""

    @property
    def outcome(self) -> Outcome:
        """That of its worst step."""
        outcomes = {step.outcome for step in self.steps}
        worst: tuple[Outcome, ...] = ("breaks", "open")
        return next((outcome for outcome in worst if outcome in outcomes), "holds")

    def as_text(self) -> str:
        """Write it for a terminal."""
        figure = self.figure
        values = [float(figure[name]) for name in ("value", "lower_ci", "upper_ci") if figure[name]]
        unrounded = " to ".join(f"{value:.10g}" for value in values[1:])
        place = f"{figure['area_name']} ({figure['area_code']})" if figure["area_code"] else ""
        about = (figure["indicator_id"], place, figure["period"], figure["sex"], figure["age"])
        lines = [
            f"{figure['text']}, unrounded {values[0]:.10g}" + (unrounded and f" ({unrounded})"),
            ", ".join(filter(None, (*about, figure["subgroup"]))),
            figure["id"],
            *[f"(the nearest to '{self.asked}')"] * (figure["id"] not in self.asked),
            "",
            *(line for step in self.steps for line in _lines(step)),
            "",
            _ENDS[self.outcome],
        ]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        steps = [asdict(step) for step in self.steps]
        return {"figure": dict(self.figure), "outcome": self.outcome, "steps": steps}

    def require_whole(self) -> None:
        """Refuse a chain that breaks."""
        for step in self.steps:
            if step.outcome == "breaks":
                raise ChainError(f"{self.figure['id']}, {step.name}: {step.words}")


_ENDS = {
    "holds": "The chain holds: every step was proved.",
    "open": "No step is wrong. Those marked 'open' could not be proved with what is at hand.",
    "breaks": "The chain is broken: what comes after the break is not proved.",
}


def _lines(step: Step) -> list[str]:
    """Return a step's lines: its name, then its words; a line of the words is a paragraph."""
    words = BREAKS + step.words if step.outcome == "breaks" else step.words
    mark = "(open) " if step.outcome == "open" else ""
    lines: list[str] = []
    for paragraph in f"{mark}{words}".split("\n"):
        lines += textwrap.wrap(
            paragraph,
            _WIDTH,
            initial_indent=f"{'' if lines else step.name:<{_INDENT}}",
            subsequent_indent=" " * _INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines
