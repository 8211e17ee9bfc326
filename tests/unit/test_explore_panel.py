"""The widgets say what is asked, and follow; a newer question ends the work of an older one."""

import asyncio
import gc
import re
import shutil
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances

import ineqlib as iq
from ineqlib.errors import PackError
from ineqlib.exploring import KEPT, _panels
from ineqlib.exploring.choices import Choices
from ineqlib.exploring.explorer import Explorer
from ineqlib.exploring.panel import Panel, all_widgets
from ineqlib.exploring.question import VIEWS, Question
from ineqlib.pack import Pack

BRACKENHYTHE, AMBERSEA = "X07000001", "X06000001"


@pytest.fixture
def explorer(demo_pack: Pack) -> Explorer:
    return Explorer(Question(str(demo_pack.path), BRACKENHYTHE, "life_expectancy"))


@pytest.fixture
def panel(explorer: Explorer) -> Iterator[Panel]:
    panel = Panel(explorer, {"demo": explorer.choices.pack.path})
    yield panel
    panel.close()


def test_every_view_is_drawn_with_its_sentence_or_says_why(panel: Panel) -> None:
    for place, card in panel.cards.items():
        if panel.explorer.is_shown(place):
            assert bool(card.finding) != bool(card.reason)
            assert bool(card.figure) == bool(card.finding)
            assert not card.busy


def test_a_pack_given_by_its_folder_is_listed_once_by_its_name(panel: Panel) -> None:
    assert panel.explorer.question.pack == str(panel.explorer.choices.pack.path)
    assert panel.controls.pack.options == ("demo",)
    assert panel.controls.pack.value == "demo"


def test_every_control_has_a_label(panel: Panel) -> None:
    for widget in all_widgets(panel.widget):
        if isinstance(widget, ipywidgets.ValueWidget) and not isinstance(widget, ipywidgets.Label):
            assert widget.description


def test_slow_controls_send_when_they_are_let_go(panel: Panel) -> None:
    controls = panel.controls
    for control in (controls.period, controls.line, controls.folder, controls.run_file):
        assert control.continuous_update is False


def test_controls_follow_the_question_and_the_question_the_controls(panel: Panel) -> None:
    controls, explorer = panel.controls, panel.explorer
    controls.area.value = AMBERSEA
    assert explorer.question.area == AMBERSEA
    assert controls.comparators["county"].disabled
    controls.sex.value = "Female"
    controls.indicator.value = "smoking_adults"
    assert explorer.question.sex == controls.sex.value == "Persons"
    assert "no figures of women" in panel.status.message
    controls.views["map"].value = False
    assert "map" not in explorer.question.views
    controls.line.value = f"area={BRACKENHYTHE}&sex=Female&indicator=life_expectancy"
    assert (controls.area.value, controls.sex.value) == (BRACKENHYTHE, "Female")
    assert controls.line.value == explorer.question.to_line()


def test_typing_finds_and_enter_takes_the_first(panel: Panel) -> None:
    controls = panel.controls
    controls.find_area.value = "ambers"
    assert controls.area.options[0][1] == AMBERSEA
    assert panel.explorer.question.area == BRACKENHYTHE
    controls.find_area._handle_custom_msg({"event": "submit"}, [])
    assert panel.explorer.question.area == AMBERSEA
    assert controls.find_area.value == ""
    controls.find_indicator.value = "xyzzy"
    assert panel.status.message == "Nothing fits 'xyzzy': try fewer letters."
    controls.find_indicator._handle_custom_msg({"event": "submit"}, [])
    assert controls.find_indicator.value == "xyzzy", "what was typed stays, to be mended"
    assert panel.status.message == "Nothing fits 'xyzzy': try fewer letters."


def test_the_list_of_what_got_worse_holds_that(panel: Panel) -> None:
    panel.controls.list.value = "What got worse here"
    keys = [key for _, key in panel.controls.indicator.options]
    assert keys[:-1] == list(panel.explorer.got_worse())


def test_choosing_a_mark_lights_it_in_the_other_views(panel: Panel) -> None:
    code, _ = next(iter(panel.explorer.choices.fifths(BRACKENHYTHE).items()))
    message = {"act": "select", "code": code, "label": ""}
    panel.cards["map", 0]._handle_custom_msg(message, [])
    assert code in panel.cards["map", 0].lit["codes"]
    assert panel.cards["gradient", 0].lit["labels"][-1].endswith("fifth")


def test_a_second_area_is_shown_beside_the_first(panel: Panel) -> None:
    panel.controls.second.value = AMBERSEA
    assert panel.cards["map", 1].figure
    assert panel.cards["map", 1].heading == "Its neighbourhoods: Ambersea"
    assert panel.cards["map", 0].heading == "Its neighbourhoods: Brackenhythe"
    assert "Ambersea" in panel.cards["trend", 0].figure
    panel.controls.second.value = ""
    assert panel.cards["map", 1].layout.display == "none"


def test_the_code_is_shown_and_hidden(panel: Panel) -> None:
    card = panel.cards["trend", 0]
    card._handle_custom_msg({"act": "code"}, [])
    assert card.code.splitlines()[-1].startswith("iq.trend(")
    card._handle_custom_msg({"act": "code"}, [])
    assert card.code == ""


def test_a_message_that_is_none_of_ours_is_passed_over(panel: Panel) -> None:
    before = panel.explorer.question
    panel.cards["trend", 0]._handle_custom_msg({"act": "format the disk"}, [])
    assert panel.explorer.question == before


def test_a_fault_is_told_without_a_traceback(
    panel: Panel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError("by 0")

    monkeypatch.setattr(panel.explorer, "ask", fail)
    panel.controls.area.value = AMBERSEA
    assert "a fault of ineqlib (ZeroDivisionError: by 0)" in panel.status.message
    assert "Traceback" not in "".join([panel.status.message, *capsys.readouterr()])


def test_a_newer_question_ends_the_work_of_an_older_one(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[tuple[str, str]] = []
    look = explorer.look

    def noted(place: tuple[str, int]) -> object:
        looked.append((explorer.question.area, place[0]))
        return look(place)

    monkeypatch.setattr(explorer, "look", noted)

    async def quick_fingers() -> None:
        panel = Panel(explorer, {"demo": explorer.choices.pack.path}, has_loop=True)
        for area in [*explorer.choices.areas][5:10]:
            panel.controls.area.value = area
        for _ in range(200):
            await asyncio.sleep(0.05)
            if not any(card.busy for card in panel.cards.values()):
                break
        panel.close()

    with ThreadPoolExecutor(1) as thread:  # where no other test's loop runs
        thread.submit(asyncio.run, quick_fingers()).result()
    last = explorer.question.area
    assert looked == [(last, view) for view in VIEWS]


def test_a_cell_run_again_goes_on_where_it_was_left(demo_pack: Pack) -> None:
    line = "views=table"
    iq.explore(demo_pack.path, line, area=BRACKENHYTHE)
    [(panel, _)] = _panels.values()
    assert panel.explorer.question.area == BRACKENHYTHE
    panel.controls.area.value = AMBERSEA
    widgets = len(_instances)
    iq.explore(demo_pack.path, line, area=BRACKENHYTHE)
    [(again, _)] = _panels.values()
    assert again is not panel
    assert again.explorer.question.area == AMBERSEA
    assert len(_instances) == widgets
    again.close()
    _panels.clear()


@pytest.mark.parametrize(("cell", "kept"), [("one", 1), ("", KEPT)])
def test_a_cell_that_is_changed_lets_go_of_what_it_showed(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch, cell: str, kept: int
) -> None:
    shell = SimpleNamespace(execution_count=0)
    monkeypatch.setattr("ineqlib.exploring.get_ipython", lambda: shell)
    monkeypatch.setattr("ineqlib.exploring._cell", lambda: cell)
    before = set(_instances)
    out, explorers = [], []
    for shell.execution_count in range(KEPT + 2):
        line = f"views=&sex={'Male' * (shell.execution_count % 2)}&period={shell.execution_count}"
        out.append(iq.explore(demo_pack.path, line))
        explorers.append(weakref.ref([*_panels.values()][-1].panel.explorer))
    assert len(_panels) == kept
    gc.collect()
    assert sum(explorer() is not None for explorer in explorers) == kept
    for panel, _ in _panels.values():
        panel.close()
    _panels.clear()
    assert set(_instances) == before


def test_one_execution_of_a_cell_may_show_several(
    demo_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ineqlib.exploring._cell", lambda: "one")
    for area in (BRACKENHYTHE, AMBERSEA):
        iq.explore(demo_pack.path, "views=", area=area)
    assert len(_panels) == 2
    for panel, _ in _panels.values():
        panel.close()
    _panels.clear()


@pytest.mark.parametrize(
    ("lacking", "words"),
    [("areas", "no current area that can be explored.*It has"), ("indicators", "no indicators")],
)
def test_a_pack_with_nothing_to_explore_is_refused_in_words(
    explorer: Explorer,
    demo_pack: Pack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lacking: str,
    words: str,
) -> None:
    other = shutil.copytree(demo_pack.path, tmp_path / "other")

    class Bare(Choices):
        pass

    setattr(Bare, lacking, {})
    monkeypatch.setattr("ineqlib.exploring.explorer.Choices", Bare)
    with pytest.raises(PackError, match=words):
        Explorer(Question(str(demo_pack.path)))
    before = explorer.question, explorer.choices
    explorer.ask(pack=str(other), area="", indicator="")
    assert (explorer.question, explorer.choices) == before
    assert re.search(words, explorer.remarks[0])
