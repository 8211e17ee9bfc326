"""Processes that draw for others.

The first drawing of a process takes most of a second, and a process that was forked from one that
has drawn cannot draw at all. Many short-lived processes therefore ask a few that stay.
"""

import contextlib
import os
import pickle
import secrets
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from ineqlib.charts.vegalite import Spec

SLOW = 60.0
"""Seconds after which a renderer that does not answer is given up."""

GRACE = 10.0
"""Seconds for one to end by itself."""

_NO_FONTS = Path(__file__).with_name("no_fonts.conf")
# Nothing of the folder the parent happens to be in may take the place of a library.
_BEGIN = """
import sys
sys.path[:] = [place for place in sys.path if place]
import pickle
sys.path += [place for place in pickle.load(sys.stdin.buffer) if place not in sys.path]
from ineqlib.charts.draw.renderers import serve
serve()
"""
_DOT: "Spec" = {
    "data": {"values": [{"text": "1"}]},
    "mark": "text",
    "encoding": {"text": {"field": "text", "type": "nominal"}},
}


class Address(NamedTuple):
    """Where a renderer listens, and the key that opens it."""

    place: Any
    key: bytes


NOWHERE = Address(None, b"")


class Renderers:
    """Processes that have drawn once and wait for more; a context manager.

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

    def address(self, which: int) -> Address:
        """Return the address of one of them, started again where it has ended."""
        return self._all[which % len(self._all)].address()

    def close(self) -> None:
        """End them."""
        for renderer in self._all:
            renderer.close()


class _Renderer:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._key = secrets.token_bytes(32)
        self._address: Address | None = None
        # multiprocessing would run the parent's own script again, guarded or not.
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended already: that is seen elsewhere
            for each in (sys.path, self._key):
                self.process.stdin.write(pickle.dumps(each))
            self.process.stdin.flush()

    def address(self) -> Address:
        with self._lock:
            try:
                if self.process.poll() is not None:
                    self._put_away()
                    self._begin()
                if self._address is None:
                    self._address = self._come_up()
            except OSError:
                return NOWHERE  # it did not come up: who asks draws by itself
            return self._address

    def _come_up(self) -> Address:
        told: list[Any] = []

        def hear() -> None:
            assert self.process.stdout is not None
            with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
                told.append(pickle.load(self.process.stdout))

        hears = threading.Thread(target=hear, daemon=True)
        hears.start()
        hears.join(SLOW)
        if not told:
            self.process.kill()
            raise TimeoutError
        return Address(told[0], self._key)

    def _put_away(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def close(self) -> None:
        self._put_away()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)


_used = NOWHERE
_may_draw_here = True


def use_renderer(place: Any, key: bytes, *, or_draw_here: bool = True) -> None:
    """Let this process draw through a renderer.

    Parameters
    ----------
    place, key
        From `Renderers.address`.
    or_draw_here
        Whether to draw here where the renderer has ended. A process that others are forked from
        must not.
    """
    global _used, _may_draw_here
    _used, _may_draw_here = Address(place, key), or_draw_here


def to_svg(spec: "Spec") -> str:
    """Draw a Vega-Lite specification (with its data) in the package's theme, wherever it is done.

    The same specification always gives the same text. Nothing is fetched.

    Raises
    ------
    RuntimeError
        When the renderer has ended and this process must not draw by itself.
    """
    global _used  # noqa: PLW0603 (it is a property of the process)
    if _used != NOWHERE:
        try:
            drawing = _line.ask(_used, spec)
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
    # Slow to import, and a renderer says where it is before that.
    from ineqlib.charts.draw.draw import draw  # noqa: PLC0415

    return draw(spec)


class _Line(threading.local):
    """A thread's own connection to its renderer, kept for the next drawing.

    To be let in takes longer than many a drawing.
    """

    _to: tuple[int, Address] | None = None
    _connection: Any = None

    def ask(self, address: Address, spec: "Spec") -> str | None:
        """Return the drawing; None where the renderer could not draw it.

        Raises
        ------
        TimeoutError
            It took too long.
        """
        to = (os.getpid(), address)  # a fork has no part in its parent's
        asked = _Asked(address, spec, self._connection if self._to == to else None)
        self._to = None  # an answer that comes too late is not the next drawing's
        asked.start()
        asked.join(SLOW)
        if asked.is_alive():
            raise TimeoutError
        if asked.error is not None:
            raise asked.error
        self._connection, self._to = asked.connection, to
        return asked.answer


class _Asked(threading.Thread):
    """Asks a renderer, which may hang while it lets in, hears or answers."""

    def __init__(self, address: Address, spec: "Spec", connection: Any) -> None:
        super().__init__(daemon=True)
        self._address, self._spec, self.connection = address, spec, connection
        self.answer: str | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            if self.connection is None:
                self.connection = Client(self._address.place, authkey=self._address.key)
            self.connection.send(self._spec)
            self.answer = self.connection.recv()
        except BaseException as error:
            self.error = error


_line = _Line()


def serve() -> None:
    """Be a renderer until the parent, which gives the key and hears the address, is gone."""
    key = pickle.load(sys.stdin.buffer)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _leave_out_fonts()
    with Listener(backlog=16) as listener, contextlib.suppress(OSError):
        sys.stdout.buffer.write(pickle.dumps(listener.address))
        sys.stdout.buffer.flush()
        os.dup2(2, 1)  # nobody reads there any more
        threading.Thread(target=_welcome, args=(listener, key), daemon=True).start()
        _drawn_here(_DOT)
        sys.stdin.buffer.read()


def _leave_out_fonts() -> None:
    """Have this process, which has not drawn yet, do without the machine's fonts.

    Charts are measured in a font that comes with vl-convert, and each text takes the longer the
    more fonts are known besides, two or three times as long on many a machine. Only where nothing
    but our charts is drawn: an analyst's own process would lose the fonts of their own pictures.
    Only Linux heeds it; elsewhere there is nothing that could be set.
    """
    os.environ["FONTCONFIG_FILE"] = str(_NO_FONTS)


def _welcome(listener: Listener, key: bytes) -> None:
    while True:
        try:
            connection = listener.accept()
            # Asked for its key there, one that is stopped meanwhile keeps no other waiting.
            threading.Thread(target=_answer, args=(connection, key), daemon=True).start()
        except (OSError, RuntimeError):
            time.sleep(0.01)  # one that died at the door; the others still come


def _answer(connection: Connection, key: bytes) -> None:
    with connection, contextlib.suppress(EOFError, OSError, AuthenticationError):
        deliver_challenge(connection, key)
        answer_challenge(connection, key)
        while True:
            spec = connection.recv()
            try:
                drawing = _drawn_here(spec)
            except Exception:
                drawing = None  # who asked draws it again and meets the reason
            connection.send(drawing)
