"""Processes that draw for others.

The first drawing of a process takes most of a second, and a process that was forked from one that
has drawn cannot draw at all. Many short-lived processes therefore ask a few that stay.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from functools import partial
from multiprocessing import AuthenticationError
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ineqlib.processes.channel import Channel, Endpoint, Server, call_within, receive_plain
from ineqlib.processes.programs import close_pipes, reap, start_program

if TYPE_CHECKING:
    from ineqlib.charts.vegalite import Spec

SLOW = 60.0
"""Seconds after which a renderer that does not answer is given up."""

_NO_FONTS = Path(__file__).with_name("no_fonts.conf")
NOWHERE = Endpoint(None, b"")


class Renderers:
    """Processes that draw what is sent to them; a context manager.

    Each is slow to draw its first chart only, and few batches have one that needs it.

    Parameters
    ----------
    count
        How many; each draws one chart at a time, so one for each that works at the same time.
    """

    def __init__(self, count: int) -> None:
        self._all = [_Renderer() for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def endpoint(self, which: int) -> Endpoint:
        """Return where one of them listens, started again where it has ended."""
        return self._all[which % len(self._all)].endpoint()

    def close(self) -> None:
        """End them."""
        for renderer in self._all:
            renderer.close()


class _Renderer:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._start()

    def _start(self) -> None:
        self._endpoint: Endpoint | None = None
        self.process = start_program("ineqlib.charts.draw.renderers", stdout=subprocess.PIPE)

    def endpoint(self) -> Endpoint:
        with self._lock:
            try:
                if self.process.poll() is not None:
                    close_pipes(self.process)
                    self._start()
                if self._endpoint is None:
                    assert self.process.stdout is not None
                    self._endpoint = call_within(SLOW, partial(pickle.load, self.process.stdout))
            except TimeoutError:
                self.process.kill()
                return NOWHERE
            except (OSError, EOFError, pickle.UnpicklingError):
                return NOWHERE  # it did not start: who asks draws by itself
            return self._endpoint

    def close(self) -> None:
        close_pipes(self.process)
        reap(self.process)
        self.process.kill()
        reap(self.process)


_used = NOWHERE
_may_draw_here = True


def use_renderer(endpoint: Endpoint, *, or_draw_here: bool = True) -> None:
    """Let this process draw through a renderer, and by itself where that has ended.

    A process that others are forked from must not draw.
    """
    global _used, _may_draw_here
    _connection.close()
    _used, _may_draw_here = endpoint, or_draw_here


def to_svg(spec: "Spec") -> str:
    """Draw a Vega-Lite specification (with its data) in the package's theme, wherever it is done.

    The same specification always gives the same text. Nothing is fetched.
    """
    global _used  # noqa: PLW0603 (it is a property of the process)
    if _used != NOWHERE:
        try:
            drawing = _connection.request(_used, spec)
            if drawing is not None:
                return drawing
        except TimeoutError:
            _used = NOWHERE  # or the next drawing would wait as long
        except (OSError, EOFError, AuthenticationError):
            pass
    if not _may_draw_here:
        raise RuntimeError(
            "There is no renderer, or it could not draw this, and this process must not draw by "
            "itself: those forked from it could not draw any more."
        )
    return _drawn_here(spec)


def _drawn_here(spec: "Spec") -> str:
    # Slow to import, and a renderer tells its endpoint before that.
    from ineqlib.charts.draw.draw import draw  # noqa: PLC0415

    return draw(spec)


class _Connection(threading.local):
    """A thread's own channel to its renderer, kept for the next drawing.

    To authenticate takes longer than many a drawing.
    """

    _owner: tuple[int, Endpoint] | None = None
    _channel: Channel | None = None

    def close(self) -> None:
        """Close the channel: a fork would have it too."""
        if self._channel is not None:
            self._channel.close()
        self._owner = self._channel = None

    def request(self, endpoint: Endpoint, spec: "Spec") -> str | None:
        """Return the drawing; None where the renderer could not draw it."""
        owner = (os.getpid(), endpoint)  # a fork may not use its parent's
        channel = self._channel if self._owner == owner else None
        self._owner = None  # an answer that comes too late is not the next drawing's
        # A renderer may hang while it authenticates, receives or answers.
        exchange = partial(_exchange, channel, endpoint, spec)
        self._channel, drawing = call_within(SLOW, exchange)
        self._owner = owner
        return drawing


def _exchange(
    channel: Channel | None, endpoint: Endpoint, spec: "Spec"
) -> tuple[Channel, str | None]:
    channel = endpoint.connect() if channel is None else channel
    channel.send(spec)
    return channel, channel.recv()


_connection = _Connection()


def main() -> None:
    """Be a renderer until the parent, which reads the endpoint, is gone."""
    _leave_out_fonts()
    with Server(_answer_requests) as server, contextlib.suppress(OSError):
        sys.stdout.buffer.write(pickle.dumps(server.endpoint))
        sys.stdout.buffer.flush()
        os.dup2(2, 1)  # nobody reads there any more
        sys.stdin.buffer.read()


def _leave_out_fonts() -> None:
    """Have this process, which has not drawn yet, do without the machine's fonts.

    Charts are measured in a font that comes with vl-convert, and each text takes the longer the
    more fonts are known besides, two or three times as long on many a machine. Only where nothing
    but our charts is drawn: an analyst's own process would lose the fonts of their own pictures.
    Only Linux heeds it; elsewhere there is nothing that could be set.
    """
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)


def _answer_requests(channel: Channel) -> None:
    with channel, contextlib.suppress(EOFError, OSError):
        while True:
            try:
                drawing = _drawn_here(receive_plain(channel))  # a notebook's process sent it
            except (EOFError, OSError):
                return
            except Exception:
                drawing = None  # who asked draws it again and meets the reason
            channel.send(drawing)
