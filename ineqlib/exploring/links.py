"""What belongs together in several views: the mark that was chosen, and those it lights."""

import re
from typing import Any, NamedTuple

from ineqlib.exploring.choices import Choices
from ineqlib.exploring.question import Question
from ineqlib.observations import group_label

GROUP = re.compile(r"group (\d+) of (5|10)")
"""A selected group by deprivation, as a question keeps it."""


class Mark(NamedTuple):
    """A mark of a figure: the code it bears, and the first line of what is said of it."""

    code: str
    label: str


class Lit(NamedTuple):
    """Marks to light: those that bear a code, are said to be something, or are of a fifth."""

    codes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    fifth: str = ""


def chosen_by(mark: Mark, question: Question, choices: Choices, area: str) -> dict[str, Any]:
    """Return what choosing a mark in a view of an area changes; a second time lets it go."""
    series = choices.series(area, question.indicator)
    name, _, rest = mark.label.rpartition(", ")
    if not mark.code and rest in series.periods and name:
        return {"period": rest}
    selected = mark.code or _group(mark.label) or _code_of(mark.label, choices)
    if selected == question.selected:
        selected = ""
    return {"selected": selected}


def lit_marks(question: Question, choices: Choices, area: str) -> Lit:
    """Return which marks the selected one lights in any view of an area."""
    selected = question.selected
    here = tuple(filter(None, (question.area, question.second)))
    if not selected:
        return Lit(here)
    if group := GROUP.fullmatch(selected):
        label = group_label(int(group[1]), int(group[2]))
        return Lit(here, (label,), group[1] if group[2] == "5" else "")
    labels = [choices.name(selected)]
    if fifth := choices.fifths(area).get(selected):
        labels.append(group_label(fifth, 5))
    return Lit((selected, *here), tuple(labels))


def _group(label: str) -> str:
    """Return the group by deprivation that a label names; empty where it names none."""
    for groups in (5, 10):
        for order in range(1, groups + 1):
            if label == group_label(order, groups):
                return f"group {order} of {groups}"
    return ""


def _code_of(label: str, choices: Choices) -> str:
    """Return the code of the area that a label names; empty where it names none."""
    area = choices.area(label)
    return area.code if area else ""
