"""Random walks through the explorer: any choice, any mark, in any order."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from numpy.typing import NDArray

from ineqlib.exploring.choices import Choices
from ineqlib.exploring.explorer import PLACES, Explorer
from ineqlib.exploring.links import Mark
from ineqlib.exploring.question import LISTS, Question, from_line
from ineqlib.exploring.settle import settle
from ineqlib.observations import group_label
from ineqlib.pack import open_pack

anything = st.integers(0, 10**6)
AT_ONCE = 4
"""Views that are looked at before the next step."""


class Walk(RuleBasedStateMachine):
    """One explorer, and an analyst who tries everything; `pack` is set by who runs it."""

    pack: str
    looks = 0
    """How many views were looked at, in all walks of a class."""

    @initialize()
    def begin(self) -> None:
        self.explorer = Explorer(Question(self.pack))

    @property
    def choices(self) -> Choices:
        return self.explorer.choices

    def pick(self, number: int, among: Any) -> str:
        members = list(among)
        return str(members[number % len(members)]) if members else ""

    @rule(number=anything)
    def choose_area(self, number: int) -> None:
        self.explorer.ask(area=self.pick(number, self.choices.areas))

    @rule(number=anything)
    def choose_second(self, number: int) -> None:
        self.explorer.ask(second=self.pick(number, ["", *self.choices.areas]))

    @rule(number=anything)
    def choose_indicator(self, number: int) -> None:
        self.explorer.ask(indicator=self.pick(number, self.choices.indicators))

    @rule(number=anything, part=st.sampled_from(["sex", "dimension", "period"]))
    def choose_part(self, number: int, part: str) -> None:
        question = self.explorer.question
        series = self.choices.series(question.area, question.indicator)
        values = {"sex": series.sexes, "dimension": series.dimensions, "period": series.periods}
        self.explorer.ask(**{part: self.pick(number, values[part])})

    @rule(name=st.sampled_from(sorted(LISTS)), data=st.data())
    def tick(self, name: str, data: st.DataObject) -> None:
        self.explorer.ask(**{name: tuple(data.draw(st.sets(st.sampled_from(LISTS[name]))))})

    @rule(text=st.text(max_size=12))
    def choose_what_is_not_there(self, text: str) -> None:
        self.explorer.ask(area=text, second=text, sex=text, period=text, selected=text)

    @rule(text=st.text(max_size=40))
    def paste_anything(self, text: str) -> None:
        before = self.explorer.question
        self.explorer.ask_line(text)
        if self.explorer.question != before:
            assert from_line(text, pack=self.pack)

    @rule()
    def paste_the_bookmark(self) -> None:
        before = self.explorer.question
        self.explorer.ask_line(before.to_line())
        assert self.explorer.question == before

    @rule(number=anything, where=st.sampled_from(PLACES))
    def choose_mark(self, number: int, where: tuple[str, int]) -> None:
        if not self.explorer.is_shown(where):
            return
        area = self.explorer.area_of(where[1])
        codes = [*self.choices.fifths(area), *self.choices.areas]
        labels = [group_label(1, 5), "Anything else", self.choices.name(area)]
        marks = [*(Mark(code, "") for code in codes), *(Mark("", label) for label in labels)]
        mark = marks[number % len(marks)]
        self.explorer.select(where, mark)
        self.explorer.select(where, mark)

    @precondition(lambda self: self.explorer.stale())
    @rule(number=anything)
    def look(self, number: int) -> None:
        stale = self.explorer.stale()
        for n in range(min(AT_ONCE, len(stale))):
            self.look_at(stale[(number + n) % len(stale)])

    def look_at(self, place: tuple[str, int]) -> None:
        type(self).looks += 1
        seen = self.explorer.look(place)
        # Either it says why there is nothing, or it tells something and shows it.
        assert bool(seen.reason) != bool(seen.html)
        assert "fault of ineqlib" not in seen.reason, seen.reason
        assert bool(seen.reason) != bool(seen.finding.text)
        assert place not in self.explorer.stale()
        told = {fact.id: fact for fact in seen.facts}
        assert set(seen.finding.facts) <= set(told)
        values = published_values(self.pack)
        for fact in seen.facts:
            if fact.method == "published" and len(fact.rows) == 1:
                assert fact.value == values[fact.rows[0]]

    @invariant()
    def can_be_asked(self) -> None:
        settled = settle(self.explorer.question, self.choices)
        assert settled.question == self.explorer.question
        assert settled.remarks == ()


@cache
def published_values(pack: str) -> NDArray[np.float64]:
    """Return every value of a pack at the place of its row, read without the explorer."""
    frame = open_pack(Path(pack)).table("observations", None, ["row", "value"])
    values = np.full(int(frame["row"].max()) + 1, np.nan)
    values[frame["row"].to_numpy(dtype=int)] = frame["value"].to_numpy(dtype=float)
    return values
