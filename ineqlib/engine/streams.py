"""What a notebook writes: counted, published after a moment, and caught below Python too.

What a kernel publishes is handed over in its own process, not sent.
"""

import codecs
import os
import re
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ipykernel import iostream
from jupyter_client.session import Session

LIMIT = "INEQLIB_OUTPUT_MB"
"""Environment variable: megabytes one cell may print."""

DEFAULT_LIMIT = 50
PIPE = 1 << 16
LONGEST_DRAIN = 10.0

HALF_CHARACTER = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""What no message can carry; the rest of the surrogates stand for bytes, and can be sent."""


class OutputLimit(RuntimeError):
    """A cell printed more than it may."""


class Meter:
    """Counts what a cell prints, and refuses what is too much."""

    def __init__(self) -> None:
        self.limit = float(os.environ.get(LIMIT) or DEFAULT_LIMIT)
        self.start_cell(0)

    def start_cell(self, cell_index: int) -> None:
        """Count from nothing for the cell at this place."""
        self._cell, self._printed = cell_index + 1, 0

    @property
    def problem(self) -> OutputLimit | None:
        """The error to raise where the cell has printed too much."""
        if self._printed <= self.limit * 1e6:
            return None
        return OutputLimit(
            f"This cell (number {self._cell} of the notebook) printed more than "
            f"{self.limit:g} MB and was stopped. Print less, or raise the limit with the "
            f"environment variable {LIMIT}."
        )

    def count(self, size: int) -> None:
        """Count what is about to be printed; raise where it is too much."""
        self._printed += size
        if self.problem is not None:
            raise self.problem


class OutStream(iostream.OutStream):
    """ipykernel's stream for a kernel without a thread for its messages."""

    # Its name is ipykernel's, by which libraries know that colours can be shown.
    __module__ = iostream.__name__

    def __init__(self, kernel: Any, name: str, descriptor: int) -> None:
        super().__init__(kernel.session, kernel.iopub_thread, name, watchfd=False)
        self._meter, self._lock, self._flush_soon = (
            kernel.meter,
            kernel.publishing,
            kernel.flush_soon,
        )
        self._number = descriptor
        # `fileno` is the terminal's, past the notebook, as it is in a kernel of its own.
        self._original_stdstream_copy = os.dup(descriptor)
        self.descriptor = Descriptor(descriptor, self)

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write, unless the cell has written too much already."""
        if not isinstance(string, str):
            return super().write(string)  # which raises as ever
        if not self._is_master_process():
            # A fork has only a copy of the notebook; what it writes comes through the descriptor.
            return os.write(self._number, string.encode(errors="replace"))
        self._meter.count(len(string))
        return super().write(HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", string))

    def flush(self) -> None:
        """Publish what has been written, here and below Python."""
        if self._is_master_process():
            self.descriptor.drain()
        super().flush()

    def _schedule_flush(self) -> None:
        if not self._flush_pending:
            self._flush_pending = True
            self._flush_soon()

    def _flush(self) -> None:
        if self._is_master_process():
            with self._lock:  # what was taken from the buffer is published before anything else
                super()._flush()


class UnstartedThread(iostream.IOPubThread):
    """ipykernel's thread for what it publishes, not started, and without sockets to wake it by.

    ZeroMQ would start threads for them, and a process with threads is not to be forked.
    """

    def _setup_event_pipe(self) -> None:
        pass


class DirectSession(Session):
    """Hands over what the kernel publishes and replies, one message at a time.

    Only what a notebook may have made goes through JSON; headers are the kernel's own.
    """

    def send(  # noqa: PLR0913, PLR0917 (as jupyter_client has it)
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Hand over what is published or replied; put the rest where it is asked for."""
        kernel: Any = self.parent
        is_reply = stream is kernel.shell_stream
        if not is_reply and stream not in (kernel.iopub_socket, kernel.iopub_thread):
            options = {"buffers": buffers, "track": track, "header": header, "metadata": metadata}
            return super().send(stream, msg_or_type, content, parent, ident, **options)
        if os.getpid() != kernel.pid:  # a fork has only a copy of the notebook
            return None
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, header, metadata)
        views = [memoryview(buffer) for buffer in buffers or message.get("buffers", [])]
        made = {name: self._received(message[name]) for name in ("content", "metadata")}
        received = {**message, **made, "buffers": views}
        if is_reply:
            kernel.reply = received
        else:
            with kernel.publishing:
                kernel.on_message(received)
        return message

    def feed_identities(self, msg_list: Any, copy: bool = True) -> Any:
        """Say that a request, which comes as the message it is, was not routed by anyone."""
        return [], msg_list

    def deserialize(self, msg_list: Any, content: bool = True, copy: bool = True) -> Any:
        """Return a request as the kernel receives it."""
        return {**msg_list, "content": self._received(msg_list["content"]), "buffers": []}

    def _received(self, part: Any) -> Any:
        """Return a part of a message as its receiver has it: through JSON, all but its texts.

        They are nearly all of what a page is made of, and come out of JSON as they went in.
        """
        if part is None or type(part) in (bool, int) or _is_text(part):
            return part
        if type(part) is dict and all(map(_is_text, part)):
            return {name: self._received(inner) for name, inner in part.items()}
        return self.unpack(self.pack(part))


def _is_text(value: object) -> bool:
    """Tell whether a value is a plain text without halves of characters, which JSON changes."""
    if type(value) is not str:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


class Flusher:
    """Publishes what was written after a moment, so that a long cell shows what it does."""

    def __init__(self, flush: Callable[[], None]) -> None:
        self._flush, self._written = flush, threading.Event()
        self._thread: threading.Thread | None = None

    def flush_soon(self) -> None:
        """Flush after a moment."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="flush", daemon=True)
            self._thread.start()
        self._written.set()

    def _run(self) -> None:
        while self._written.wait():
            time.sleep(OutStream.flush_interval)
            self._written.clear()
            self._flush()


class Descriptor:
    """A standard descriptor of the process, read into a stream of the notebook.

    Programs and compiled libraries write there, past Python.
    """

    def __init__(self, number: int, stream: Any) -> None:
        self._number, self._stream, self._mark = number, stream, os.urandom(16)
        self._seen, self._draining = threading.Event(), threading.RLock()
        self._taking, self._pending = threading.Lock(), b""
        self._open()

    def _open(self) -> None:
        self._reading, self._writing = os.pipe()
        os.dup2(self._writing, self._number)
        self._closed = False
        if sys.platform != "win32":
            self._arrived = _poll(self._reading)
        name = f"descriptor {self._number}"
        threading.Thread(target=self._read, name=name, daemon=True).start()

    def drain(self) -> None:
        """Wait until all that was written so far has reached the stream."""
        with self._draining:
            if self._is_dry():  # nearly always, and no thread need be woken for it
                return
            self._seen.clear()
            with suppress(OSError):  # it is closed where too much was written
                os.write(self._writing, self._mark)
                self._seen.wait(LONGEST_DRAIN)

    def reopen(self) -> None:
        """Let the next cell print again where one has printed too much."""
        with self._draining:
            if self._closed:
                os.close(self._writing)
                self._open()

    def _is_dry(self) -> bool:
        """Tell whether all that was written has reached the stream, where the system can tell."""
        if sys.platform == "win32" or self._closed:
            return False
        with self._taking:
            return not (self._pending or self._arrived.poll(0))

    def _read(self) -> None:
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._pending = b""
        try:
            if sys.platform == "win32":  # its pipes can only be read
                while True:
                    self._take(os.read(self._reading, PIPE), decode)
            arrived = _poll(self._reading)  # no two threads may use one
            while True:
                arrived.poll()
                with self._taking:
                    self._take(os.read(self._reading, PIPE), decode)
        except OutputLimit:
            self._closed = True
            os.close(self._reading)  # whoever still writes gets an error
            self._seen.set()

    def _take(self, content: bytes, decode: Callable[[bytes], str]) -> None:
        """Pass on what was read, all but what may be the beginning of a mark."""
        pending = self._pending + content
        marked = self._mark in pending
        pending = pending.replace(self._mark, b"")
        # A mark ends its cell: what follows is not another's beginning.
        ready = len(pending) - (0 if marked else self._begun_mark(pending))
        if ready:
            with suppress(ValueError):  # the notebook has closed it
                self._stream.write(decode(pending[:ready]))
        self._pending = pending[ready:]
        if marked:
            self._seen.set()

    def _begun_mark(self, pending: bytes) -> int:
        """How many of the last bytes may be the beginning of a mark."""
        lengths = range(len(self._mark) - 1, 0, -1)
        return next((n for n in lengths if pending.endswith(self._mark[:n])), 0)


def _poll(descriptor: int) -> Any:
    """Return what tells whether something can be read."""
    if sys.platform == "win32":
        raise NotImplementedError("Windows has no poll.")
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return poll
