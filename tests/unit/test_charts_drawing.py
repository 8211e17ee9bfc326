"""A drawing is the same however it is come by: here or by a renderer."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
import vl_convert
from jsonschema import Draft7Validator

from ineqlib.briefings.area.document import open_briefing
from ineqlib.charts import theme
from ineqlib.charts.draw import draw as drawing
from ineqlib.charts.draw.renderers import NOWHERE, Renderers, _Connection, to_svg, use_renderer
from ineqlib.charts.draw.svg import inline_svg
from ineqlib.charts.figure import Figure
from ineqlib.charts.vegalite import Spec, apart, inline, known_cells
from ineqlib.pack import Pack

AREAS = ("X07000001", "X10000002")
CHARTED = "at_a_glance trends deprivation gradients most_deprived deprivation_line".split()
"""Sections of the annex whose figures have a specification, each of its own kind."""
EACH = 3
"""Figures of one kind that are tried for one area."""


def whole(figure: Figure) -> Spec:
    return {**figure.spec, "datasets": figure.datasets}


def plain(svg: str) -> str:
    """A drawing without the ids that Vega numbers through the life of a process."""
    return inline_svg(svg, figure_id="f", alt="a")


def straight(spec: Spec) -> str:
    """What Vega-Lite's own converter draws."""
    config = theme.CONFIG | {"font": drawing.MEASURED_IN}
    svg = vl_convert.vegalite_to_svg(spec, config=config, allowed_base_urls=[])
    return plain(svg.replace(drawing.MEASURED_IN, theme.FONT))


@pytest.fixture(scope="module")
def figures(demo_pack: Pack) -> dict[str, list[Figure]]:
    """Figures of every kind for two areas, by their sections."""
    documents = [open_briefing(demo_pack, area) for area in AREAS]
    return {
        name: [figure for document in documents for figure in document.section(name).figures[:EACH]]
        for name in CHARTED
    }


@pytest.fixture
def spec(figures: dict[str, list[Figure]]) -> Spec:
    return whole(figures["trends"][0])


@pytest.fixture(scope="module")
def renderers() -> Iterator[Renderers]:
    with Renderers(1) as made:
        yield made


@pytest.fixture(autouse=True)
def _drawing_here_afterwards() -> Iterator[None]:
    yield
    use_renderer(NOWHERE)


def test_every_kind_of_chart_is_tried(figures: dict[str, list[Figure]], demo_pack: Pack) -> None:
    sections = open_briefing(demo_pack, AREAS[0]).sections
    charted = [section.id for section in sections if any(f.spec for f in section.figures)]
    assert charted == CHARTED
    assert all(figures.values())


@pytest.mark.parametrize("kind", CHARTED)
def test_charts_are_what_vega_lite_says_they_may_be(
    figures: dict[str, list[Figure]], kind: str
) -> None:
    file = Path(alt.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json"
    validator = Draft7Validator(json.loads(file.read_text(encoding="utf-8")))
    assert not validator.is_valid({**whole(figures[kind][0]), "padding": "wide"})
    for figure in figures[kind]:
        assert not [error.message[:300] for error in validator.iter_errors(whole(figure))]


@pytest.mark.parametrize("autosize", ["none", "pad"])
def test_somebodys_own_chart_is_drawn_as_it_says(autosize: str) -> None:
    frame = pd.DataFrame({"place": ["A", "B", "B"], "value": [1.0, 2.5, 4.0]})
    unseen = alt.Chart(frame).mark_point(opacity=0, size=9000)
    bars = alt.Chart(frame).mark_bar().encode(tooltip=["place:N", "value:Q"])
    low = alt.param(name="low", value=0.5)
    made = (
        alt.layer(bars.encode(y="mean(value):Q", x="place:N"), unseen.encode(y="value:Q"))
        .add_params(low)
        .transform_filter(alt.datum.value > low)
        .properties(width=200, height=100, autosize=autosize, padding=7, description="Bars")
    )
    for limit in (0.5, 2.0):
        low.param.value = limit
        spec = made.to_dict()
        assert plain(to_svg(spec)) == straight(spec)


def test_drawing_leaves_the_specification_as_it_was(spec: Spec) -> None:
    before = json.dumps(spec)
    first = plain(to_svg(spec))
    assert json.dumps(spec) == before
    assert plain(to_svg(spec)) == first


def test_data_stand_beside_a_chart_once_and_without_what_is_not_known() -> None:
    rows = [{"whole": 1, "number": None}, {"whole": None, "number": 1 / 3}]
    assert known_cells(rows) == [{"whole": 1}, {"number": 1 / 3}]
    spec, datasets = apart({"layer": [{"data": inline(rows)}, {"data": inline(list(rows))}]})
    (name,) = datasets
    assert spec == {"layer": [{"data": {"name": name}}, {"data": {"name": name}}]}
    assert datasets[name] == known_cells(rows)


def test_a_number_that_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="inf"):
        apart({"data": {"values": [{"value": float("inf")}]}})


def test_a_renderer_draws_the_same(
    renderers: Renderers, figures: dict[str, list[Figure]], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [plain(to_svg(whole(figures[kind][0]))) for kind in CHARTED]
    monkeypatch.setattr(drawing, "draw", lambda _: pytest.fail("drawn here"))
    with pytest.raises(pytest.fail.Exception, match="drawn here"):
        to_svg(whole(figures[CHARTED[0]][0]))
    use_renderer(renderers.endpoint(0), or_draw_here=False)
    for _ in range(2):
        assert [plain(to_svg(whole(figures[kind][0]))) for kind in CHARTED] == here


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every font is known")
def test_a_renderer_knows_none_of_the_machines_fonts(renderers: Renderers) -> None:
    use_renderer(renderers.endpoint(0), or_draw_here=False)
    thin = {"data": {"values": [{}]}, "mark": {"type": "text", "text": "iiiiiiii"}}

    def in_font(name: str) -> str:
        return to_svg({**thin, "config": {"text": {"font": name}}}).replace(name, "")

    assert in_font("monospace") == in_font("no such font") != in_font("sans-serif")


def test_a_renderer_does_not_wait_for_what_only_analysis_needs() -> None:
    heavy = {"pandas", "numpy", "pyarrow"}
    loaded = (
        "import sys, ineqlib.charts.draw.renderers, ineqlib.charts.draw.draw; print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert "vl_convert" in done.stdout.split()
    assert not heavy & set(done.stdout.split())


def test_several_may_ask_one_renderer_at_once(renderers: Renderers, spec: Spec) -> None:
    use_renderer(renderers.endpoint(0))
    specs = [{**spec, "width": 100 + n} for n in range(6)]
    drawn: dict[int, str] = {}

    def ask(n: int) -> None:
        drawn[n] = plain(to_svg(specs[n]))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(specs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [drawn[n] for n in range(len(specs))] == [straight(spec) for spec in specs]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_one_connection_serves_all_drawings_of_a_process_but_none_of_its_forks(
    renderers: Renderers, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def connect(*args: object, **options: object) -> object:
        made.append(os.getpid())
        return Client(*args, **options)

    monkeypatch.setattr("ineqlib.processes.channel.Client", connect)
    monkeypatch.setattr("ineqlib.charts.draw.renderers._connection", _Connection())
    use_renderer(renderers.endpoint(0), or_draw_here=False)
    drawn = {plain(to_svg(spec)) for _ in range(3)}
    if (child := os.fork()) == 0:
        os._exit(0 if {plain(to_svg(spec))} == drawn and made[1:] == [os.getpid()] else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert {plain(to_svg(spec))} == drawn
    assert made == [os.getpid()]


def test_an_answer_that_comes_too_late_is_not_the_next_drawings(
    renderers: Renderers, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_renderer(renderers.endpoint(0), or_draw_here=False)
    monkeypatch.setattr("ineqlib.charts.draw.renderers.SLOW", 0)
    with pytest.raises(RuntimeError, match="no renderer"):
        to_svg({**spec, "width": 111})
    monkeypatch.undo()
    use_renderer(renderers.endpoint(0), or_draw_here=False)
    assert plain(to_svg(spec)) == straight(spec)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped here")
def test_a_renderer_that_hangs_is_given_up(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Renderers(2)
    os.kill(made._all[1].process.pid, signal.SIGSTOP)  # as it comes up
    endpoint = made.endpoint(0)
    os.kill(made._all[0].process.pid, signal.SIGSTOP)
    monkeypatch.setattr("ineqlib.charts.draw.renderers.SLOW", 0.2)
    monkeypatch.setattr("ineqlib.processes.programs.GRACE", 0.2)
    use_renderer(endpoint)
    assert plain(to_svg(spec)) == straight(spec)
    use_renderer(NOWHERE)
    assert made.endpoint(1) == NOWHERE
    made.close()
    assert not [renderer for renderer in made._all if renderer.process.poll() is None]


def test_a_renderer_for_which_there_is_no_room_is_done_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Renderers(1) as made:
        made._all[0].process.kill()
        made._all[0].process.wait()
        with monkeypatch.context() as full:
            full.setattr(made._all[0], "_start", lambda: Path("none").stat())
            assert made.endpoint(0) == NOWHERE
        assert made.endpoint(0) != NOWHERE


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="connects to a Unix socket")
def test_one_that_stops_before_it_has_authenticated_keeps_no_other_waiting(
    renderers: Renderers, spec: Spec
) -> None:
    with socket.socket(socket.AF_UNIX) as stopped:
        stopped.connect(renderers.endpoint(0).address)
        use_renderer(renderers.endpoint(0), or_draw_here=False)
        assert plain(to_svg(spec)) == straight(spec)


def test_a_renderer_that_is_killed_costs_time_alone(spec: Spec) -> None:
    expected = plain(to_svg(spec))
    with Renderers(1) as made:
        use_renderer(made.endpoint(0))
        assert plain(to_svg(spec)) == expected
        killer = threading.Timer(0.02, made._all[0].process.kill)
        killer.start()
        drawn = [plain(to_svg({**spec, "usermeta": n})) for n in range(12)]
        killer.join()
        made._all[0].process.wait()
        assert drawn == [expected] * 12
        assert plain(to_svg(spec)) == expected
        use_renderer(made.endpoint(0), or_draw_here=False)
        assert plain(to_svg(spec)) == expected
    assert made._all[0].process.poll() is not None


def test_the_script_that_asks_for_renderers_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "print('once', flush=True)\n"
        "from ineqlib.charts.draw.renderers import NOWHERE, Renderers\n"
        "with Renderers(1) as made:\n"
        "    assert made.endpoint(0) != NOWHERE\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert (done.stdout, done.stderr) == ("once\n", "")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="connects to a Unix socket")
def test_clients_that_end_before_they_have_authenticated_stop_no_other(
    renderers: Renderers, spec: Spec
) -> None:
    endpoint = renderers.endpoint(0)
    for _ in range(20):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(endpoint.address)
            client.send(b"\0\0\0\4what")  # it ends with the answer to this unread
            time.sleep(0.01)
    use_renderer(endpoint, or_draw_here=False)
    assert plain(to_svg(spec)) == straight(spec)


def test_a_stranger_without_the_key_gets_nothing(renderers: Renderers, spec: Spec) -> None:
    use_renderer(renderers.endpoint(0)._replace(key=b"wrong"), or_draw_here=False)
    with pytest.raises(RuntimeError, match="no renderer"):
        to_svg(spec)
    use_renderer(renderers.endpoint(0), or_draw_here=False)
    assert to_svg(spec)


def test_a_process_others_are_forked_from_never_draws_by_itself(spec: Spec) -> None:
    use_renderer(NOWHERE, or_draw_here=False)
    with pytest.raises(RuntimeError, match="forked from it could not draw"):
        to_svg(spec)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_fork_of_a_process_that_has_drawn_says_so_and_does_not_hang(spec: Spec) -> None:
    to_svg(spec)
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        with contextlib.suppress(BaseException):
            try:
                drawing.draw(spec)
            except RuntimeError as error:
                os.write(writing, str(error).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert b"forked from one that had drawn" in os.read(reading, 1000)
