"""The controls of the explorer: each has a label, and each is a stop of the keyboard."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as w

from ineqlib.exploring.choices import ALL, Choices
from ineqlib.exploring.question import LISTS, VIEWS, Question
from ineqlib.exploring.run_file import usual_run_file
from ineqlib.exploring.search import Entry, find
from ineqlib.exploring.settle import dimension_words, sex_words
from ineqlib.geography.own_areas import FILE_NAME
from ineqlib.text import plural

GOT_WORSE = "What got worse here"
NOBODY = ("(none)", "")
COMPARATOR_WORDS = {
    "county": "County",
    "region": "Region",
    "country": "Country",
    "neighbours": "Similar areas only",
}
_LONG = {"description_allow_html": False}


class Controls:
    """All controls, set from a question.

    Parameters
    ----------
    packs
        Name of a pack that can be chosen -> its folder.
    """

    def __init__(self, packs: Mapping[str, Path]) -> None:
        self._packs = {folder.resolve(): name for name, folder in packs.items()}
        self.pack = w.Dropdown(description="Pack", options=list(packs), **_LONG)
        self.find_area = w.Text(description="Find area", placeholder="name or code")
        self.area = w.Select(description="Area", rows=4, options=[])
        self.second = w.Dropdown(description="Compare with", options=[NOBODY])
        self.list = w.Dropdown(description="Choose from", options=[ALL])
        self.find_indicator = w.Text(description="Find indicator", placeholder="in plain words")
        self.indicator = w.Select(description="Indicator", rows=5, options=[])
        self.sex = w.Dropdown(description="Whose", options=[("Everybody", "Persons")])
        self.dimension = w.Dropdown(description="Grouped by", options=[("everybody together", "")])
        self.period = w.SelectionSlider(
            description="Period", options=[("newest", "")], continuous_update=False
        )
        self.comparators = {
            name: w.Checkbox(description=words, value=True, indent=False)
            for name, words in COMPARATOR_WORDS.items()
        }
        self.views = {
            name: w.Checkbox(description=words, value=True, indent=False)
            for name, words in VIEWS.items()
        }
        self.line = _text_field("Bookmark", "")
        self.folder = _text_field("Save into", "saved")
        self.run_file = _text_field("Run file", usual_run_file().as_posix())
        self.brief = w.Button(description="Put it into a briefing", layout=w.Layout(width="auto"))
        self.go = w.Button(layout=w.Layout(width="auto"))
        self.beside = w.Button(layout=w.Layout(width="auto"))
        self.pick = w.Button(layout=w.Layout(width="auto"))
        self.own_name = _text_field("Area's name", "")
        self.areas_file = _text_field("Areas file", FILE_NAME)
        self.own_area = w.Button(layout=w.Layout(width="auto"))
        self.begin_again = w.Button(description="Pick anew", layout=w.Layout(width="auto"))
        self.picked = _row(self.own_name, self.areas_file, self.own_area, self.begin_again)

    @property
    def top(self) -> w.Widget:
        """What is asked, in three columns."""
        comparators = _row(*self.comparators.values())
        columns = (
            (self.pack, self.find_area, self.area, self.second),
            (self.list, self.find_indicator, self.indicator),
            (self.sex, self.dimension, self.period, comparators),
        )
        top = w.Box([w.VBox(column) for column in columns], layout=w.Layout(flex_flow="row wrap"))
        top.add_class("ineq-controls")
        return top

    @property
    def shown(self) -> w.Widget:
        """Which views are shown."""
        return _row(w.Label("Show"), _row(*self.views.values()))

    @property
    def marked(self) -> w.Widget:
        """What can be done with the area that is marked."""
        return w.VBox([_row(self.go, self.beside, self.pick), self.picked])

    @property
    def foot(self) -> w.Widget:
        """What can be kept of it."""
        return w.VBox([_row(self.line), _row(self.folder, self.run_file, self.brief)])

    def set_from(self, question: Question, choices: Choices) -> None:
        """Have every control say what is asked; what can be chosen follows."""
        # A pack that is asked for by its folder may be listed by its name.
        pack = self._packs.get(choices.pack.path.resolve(), question.pack)
        if pack not in self.pack.options:
            self.pack.options = [*self.pack.options, pack]
        _set(self.pack, pack)
        pairs = [(e.label, e.key) for e in choices.areas.values() if e.key != question.area]
        _choose(self.second, [NOBODY, *pairs], question.second)
        _choose(self.list, [(name, name) for name in (*choices.lists, GOT_WORSE)], self.list.value)
        series = choices.series(question.area, question.indicator)
        _choose(self.sex, [(sex_words(sex), sex) for sex in series.sexes], question.sex)
        words = [(dimension_words(text), text) for text in series.dimensions]
        _choose(self.dimension, words, question.dimension)
        *older, newest = series.periods or ("no period",)
        periods = [*((period, period) for period in older), (newest, "")]
        _choose(self.period, periods, question.period)
        self.period.disabled = len(periods) == 1
        has = choices.comparators(question.area)
        for name, box in self.comparators.items():
            _set(box, name in question.comparators)
            box.disabled = name not in has
        for name, box in self.views.items():
            _set(box, name in question.views)
        _set(self.line, question.to_line())
        self._offer(question, choices)

    def _offer(self, question: Question, choices: Choices) -> None:
        """Offer to go to the area that is marked, or to set it beside."""
        code = question.selected
        other = code in choices.areas and code not in (question.area, question.second)
        for button, words in ((self.go, "Go to"), (self.beside, "Compare with")):
            if other:
                button.description = f"{words} {choices.name(code)}"
            button.layout.display = "" if other else "none"

    def offer_parts(self, selected: str, parts: tuple[str, ...], *, can_pick: bool) -> None:
        """Offer to pick what is marked for an area of one's own, and to write down what was."""
        words = "Take out of" if selected in parts else "Add to"
        self.pick.description = f"{words} an area of my own"
        self.pick.layout.display = "" if can_pick else "none"
        self.own_area.description = f"Write down {plural(len(parts), 'part')}"
        self.picked.layout.display = "" if parts else "none"

    def list_areas(self, question: Question, choices: Choices) -> bool:
        """List the areas that fit what was typed, and the chosen one; tell whether any fits."""
        entries = find(list(choices.areas.values()), self.find_area.value)
        _choose(self.area, _with_chosen(entries, choices.areas.get(question.area)), question.area)
        return bool(entries)

    def list_indicators(
        self, question: Question, choices: Choices, ids: tuple[str, ...] | None
    ) -> bool:
        """List the indicators of some ids, or of the chosen list, that fit what was typed.

        The chosen indicator is among them; tell whether any other fits.
        """
        ids = choices.lists.get(self.list.value, ()) if ids is None else ids
        entries = find([choices.indicators[id] for id in ids], self.find_indicator.value)
        chosen = choices.indicators[question.indicator]
        _choose(self.indicator, _with_chosen(entries, chosen), question.indicator)
        return bool(entries)

    @property
    def ticked(self) -> dict[str, tuple[str, ...]]:
        """Return the parts of a question that are ticked."""
        boxes = {"comparators": self.comparators, "views": self.views}
        return {
            name: tuple(word for word in words if boxes[name][word].value)
            for name, words in LISTS.items()
        }


def _with_chosen(entries: list[Entry], chosen: Entry | None) -> list[tuple[str, str]]:
    if chosen and chosen not in entries:
        entries = [*entries, chosen]
    return [(entry.label, entry.key) for entry in entries]


def _choose(control: Any, options: list[tuple[str, str]], value: str) -> None:
    """Set options and value at once, so that no value in between is taken for a choice."""
    options = [*dict.fromkeys(options)]
    if list(control.options) != options:
        with control.hold_sync():
            control.index = 0 if isinstance(control, w.SelectionSlider) else None
            control.options = options
            control.value = value
    _set(control, value)


def _set(control: Any, value: Any) -> None:
    if control.value != value:
        control.value = value


def _text_field(description: str, value: str) -> w.Text:
    layout = w.Layout(flex="1 1 240px")
    return w.Text(value, description=description, layout=layout, continuous_update=False)


def _row(*children: w.Widget) -> w.Box:
    row = w.Box(list(children), layout=w.Layout(flex_flow="row wrap", align_items="center"))
    row.add_class("ineq-row")
    return row
