"""The explorer on the screen: controls and cards, kept in step with what is asked."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as w

from ineqlib.exploring.card import Card
from ineqlib.exploring.controls import GOT_WORSE, Controls
from ineqlib.exploring.explorer import PLACES, Explorer, Place
from ineqlib.exploring.links import Mark
from ineqlib.exploring.question import VIEWS

PAUSE = 0.02
"""Seconds in which a newer question may come: before work begins, and between two views."""
_log = logging.getLogger(__name__)


class Panel:
    """An explorer as widgets; a notebook shows `widget`.

    In a kernel, which has an event loop, views are drawn one after the other, and a newer question
    ends that.
    """

    def __init__(
        self, explorer: Explorer, packs: Mapping[str, Path], *, has_loop: bool = False
    ) -> None:
        self.explorer = explorer
        self.controls = Controls(packs)
        self.status = Card()
        self.cards = {place: Card(view=place[0], heading=VIEWS[place[0]]) for place in PLACES}
        self._has_loop = has_loop
        self._is_setting = False
        self._fits: dict[w.Text, bool] = {}
        self._work: asyncio.Task[None] | None = None
        pairs = [w.Box([self.cards[p] for p in PLACES if p[0] == view]) for view in VIEWS]
        for pair in pairs:
            pair.add_class("ineq-pair")
        self._pairs = dict(zip(VIEWS, pairs, strict=True))
        views = w.Box(pairs, layout=w.Layout(flex_flow="row wrap"))
        views.add_class("ineq-views")
        above = [self.controls.top, self.controls.shown, self.status, self.controls.marked]
        self.widget = w.VBox([*above, views, self.controls.foot])
        self.widget.add_class("ineq-explore")
        self._listen()
        self._update()

    def close(self) -> None:
        """Take it off the screen and out of the kernel's memory."""
        if self._work:
            self._work.cancel()
        for widget in list(all_widgets(self.widget)):
            widget.close()
        # The notebook's `Out` may keep the widget, and its children call this panel.
        self.widget.children = ()

    def _listen(self) -> None:
        controls = self.controls
        asks = {
            "pack": controls.pack,
            "area": controls.area,
            "second": controls.second,
            "indicator": controls.indicator,
            "sex": controls.sex,
            "dimension": controls.dimension,
            "period": controls.period,
        }
        for name, control in asks.items():
            _on_change(control, self._guarded(partial(self._ask_one, name)))
        for box in (*controls.comparators.values(), *controls.views.values()):
            _on_change(box, self._guarded(lambda _: self.explorer.ask(**controls.ticked)))
        _on_change(controls.line, self._guarded(self.explorer.ask_line))
        for control in (controls.list, controls.find_area, controls.find_indicator):
            _on_change(control, self._guarded(lambda _: None))
        for field, hits in (
            (controls.find_area, controls.area),
            (controls.find_indicator, controls.indicator),
        ):
            field.on_msg(partial(self._on_typed, hits))
        controls.go.on_click(self._guarded(lambda _: self._ask_selected("area")))
        controls.beside.on_click(self._guarded(lambda _: self._ask_selected("second")))
        controls.pick.on_click(self._guarded(lambda _: self.explorer.pick()))
        controls.begin_again.on_click(self._guarded(lambda _: self._pick_anew()))
        controls.brief.on_click(self._guarded(lambda _: self._put_into_briefing()))
        controls.own_area.on_click(self._guarded(lambda _: self._put_into_areas()))
        for place, card in self.cards.items():
            card.on_msg(partial(self._on_message, place))

    def _ask_one(self, name: str, value: str | None) -> None:
        # A list that nothing fits has no choice: the question stays.
        if value is not None:
            self.explorer.ask(**{name: value})

    def _ask_selected(self, name: str) -> None:
        code = self.explorer.question.selected
        self.explorer.ask(**{name: code, "selected": ""})

    def _on_typed(self, hits: Any, field: Any, message: dict[str, Any], _: Any) -> None:
        """Choose the first hit when Enter is pressed; what nothing fits stays, to be mended."""
        if message.get("event") == "submit" and self._fits[field]:
            hits.index = 0
            field.value = ""

    def _guarded(self, act: Callable[[Any], str | None]) -> Callable[[Any], None]:
        """Return an action that does nothing while the controls are set, and no harm ever.

        What it says was done is shown.
        """

        def run(value: Any) -> None:
            if self._is_setting:
                return
            try:
                done = act(value)
                self._update()
                self.status.message = done or self.status.message
            except Exception as error:
                self._tell_fault(error)

        return run

    def _tell_fault(self, error: Exception) -> None:
        _log.info("the explorer", exc_info=error)
        self.status.message = (
            f"That did not work: a fault of ineqlib ({type(error).__name__}: {error}). What is "
            "shown is as it was; choose again, or run the cell again."
        )

    def _update(self) -> None:
        """Have controls and cards say what is asked now, and begin to look at what changed."""
        explorer, controls = self.explorer, self.controls
        asked = explorer.question, explorer.choices
        self._is_setting = True
        try:
            controls.set_from(*asked)
            selected = explorer.question.selected
            controls.offer_parts(selected, explorer.parts, can_pick=explorer.can_pick)
            ids = explorer.got_worse() if controls.list.value == GOT_WORSE else None
            self._fits = {
                controls.find_area: controls.list_areas(*asked),
                controls.find_indicator: controls.list_indicators(*asked, ids),
            }
        finally:
            self._is_setting = False
        missed = [
            f"Nothing fits '{field.value}': try fewer letters."
            for field, fits in self._fits.items()
            if not fits
        ]
        self.status.message = " ".join([*explorer.remarks, *missed])
        self._light()
        stale = explorer.stale()
        for place in stale:
            self.cards[place].busy = True
        self._begin(stale)

    def _light(self) -> None:
        explorer = self.explorer
        for view, pair in self._pairs.items():
            pair.layout.display = None if explorer.is_shown((view, 0)) else "none"
        for place, card in self.cards.items():
            if not explorer.is_shown(place):
                card.layout.display = "none"
                continue
            with card.hold_sync():
                card.layout.display = None
                card.heading = explorer.heading(place)
                card.lit = explorer.lit(place)._asdict()

    def _begin(self, places: list[Place]) -> None:
        """Look at places one after the other; what an older question began is given up."""
        if self._work:
            self._work.cancel()
        if self._has_loop:
            self._work = asyncio.get_running_loop().create_task(self._look_in_turn(places))
            return
        for place in places:
            self._show_view(place)

    async def _look_in_turn(self, places: list[Place]) -> None:
        for place in places:
            await asyncio.sleep(PAUSE)
            try:
                self._show_view(place)
            except Exception as error:
                self._tell_fault(error)

    def _show_view(self, place: Place) -> None:
        card, explorer = self.cards[place], self.explorer
        seen = explorer.look(place)
        with card.hold_sync():
            card.busy = False
            card.message = ""
            card.reason = seen.reason
            card.finding = seen.finding.text
            card.figure = seen.html
            card.notes = list(seen.notes)
            card.formats = list(seen.formats)
            if card.code:
                card.code = seen.code
            card.lit = explorer.lit(place)._asdict()

    def _on_message(self, place: Place, _card: Card, message: dict[str, str], _: Any) -> None:
        card = self.cards[place]
        try:
            match message:
                case {"act": "select", "code": str(code), "label": str(label)}:
                    self.explorer.select(place, Mark(code, label))
                    self._update()
                case {"act": "code"}:
                    card.code = "" if card.code else self.explorer.look(place).code
                case {"act": "save", "as": str(kind)}:
                    card.message = self.explorer.save(place, kind, self.controls.folder.value)
        except Exception as error:
            self._tell_fault(error)

    def _pick_anew(self) -> None:
        self.explorer.parts = ()

    def _put_into_areas(self) -> str:
        controls = self.controls
        return self.explorer.put_into_areas(controls.areas_file.value, controls.own_name.value)

    def _put_into_briefing(self) -> str:
        return self.explorer.put_into_briefing(self.controls.run_file.value)


def _on_change(control: w.Widget, act: Callable[[Any], None]) -> None:
    control.observe(lambda change: act(change["new"]), names="value")


def all_widgets(widget: w.Widget) -> Iterator[w.Widget]:
    """Yield all widgets inside one, it, and how each is laid out."""
    for child in getattr(widget, "children", ()):
        yield from all_widgets(child)
    yield widget
    for part in ("layout", "style"):
        if widget.has_trait(part):
            yield getattr(widget, part)
