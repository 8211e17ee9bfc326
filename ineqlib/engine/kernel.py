"""Running a notebook's cells in this very process, with the kernel's own shell.

The shell, its display and its tracebacks are ipykernel's; nbclient puts what they say into the
notebook, so that outputs are those of a kernel in a process of its own. What is left out is that
process: its start, its sockets, and the waiting for messages.
"""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

# Importing the debugger, which every kernel does, takes a second and prints advice otherwise.
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
import ipykernel.debugger  # noqa: F401 (in advance, so that no notebook waits for it)
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.iostream import IOPubThread
from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from traitlets import Callable, Type, default
from traitlets.config import Config

PIPE = 1 << 16


class _NoDebugger:
    """Nobody steps through a batch; ipykernel's own takes a tenth of a second to make."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.started = False


class _Kernel(InProcessKernel):
    """ipykernel's kernel without a thread for its messages: each is handled where it is said."""

    debugger_class = Type(_NoDebugger)
    heard = Callable()

    @default("iopub_thread")
    def _messages_in_this_thread(self) -> IOPubThread:
        return IOPubThread(self._underlying_iopub_socket, session=self.session)

    def _io_dispatch(self, change: Any) -> None:
        self.heard(self.received(self._underlying_iopub_socket))

    def received(self, socket: Any) -> dict[str, Any]:
        """Take the message that waits at one of the kernel's stand-in sockets."""
        session: Any = self.session
        return session.recv(socket, copy=False)[1]

    async def do_execute(self, *args: Any, **options: Any) -> dict[str, Any]:
        # ipykernel asks which thread its shell channel was made in; here there is only this one.
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.current_thread())
        try:
            return await super().do_execute(*args, **options)
        finally:
            self.shell_channel_thread = None


class InProcessClient(PapermillNotebookClient):
    """Papermill's client, with the kernel in this process.

    Use it once in a process that is then thrown away: nothing is put back.
    """

    def execute(self, **_: Any) -> NotebookNode:
        """Run every cell until one fails, as Papermill's own engine does."""
        self.reset_execution_trackers()
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        self._at: tuple[NotebookNode, int] | None = None
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        # History for later sessions is a database with a thread of its own.
        settings = Config(HistoryManager={"enabled": False})
        self._kernel = _Kernel(heard=self._hear, config=settings)
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = self._kernel.language_info
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_: Any) -> NotebookNode:
        """Run one cell; its outputs are in it when this returns or raises."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        if self.record_timing:
            cell.metadata.setdefault("execution", {})
        if self.on_cell_start is not None:
            self.on_cell_start(cell=cell, cell_index=cell_index)
        cell.outputs = []
        self.clear_before_next_output = False
        self._at = (cell, cell_index)
        with _file_descriptors_to(self._kernel):
            reply = self._loop.run_until_complete(self._ask(cell.source, tags))
        self._at = None
        if self.record_timing:
            cell.metadata["execution"]["shell.execute_reply"] = _written(reply["header"]["date"])
        cell.execution_count = reply["content"].get("execution_count", cell.execution_count)
        self._loop.run_until_complete(self._check_raise_for_error(cell, cell_index, reply))
        return cell

    async def _ask(self, source: str, tags: list[str]) -> dict[str, Any]:
        kernel = self._kernel
        content = {
            "code": source,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": not (self.allow_errors or "raises-exception" in tags),
        }
        session: Any = kernel.session
        session.send(kernel.shell_stream, session.msg("execute_request", content))
        await kernel.dispatch_shell(kernel.shell_stream.recv_multipart())
        return kernel.received(kernel.shell_stream)

    def _hear(self, message: dict[str, Any]) -> None:
        if self._at is None:
            return
        message["header"]["date"] = _written(message["header"]["date"])
        # That the kernel is idle again is told by raising.
        with suppress(CellExecutionComplete):
            self.process_message(message, *self._at)


def _written(date: Any) -> str:
    return date if isinstance(date, str) else date.isoformat().replace("+00:00", "Z")


@contextmanager
def _file_descriptors_to(kernel: Any) -> Iterator[None]:
    """What programs and compiled libraries write past Python reaches the cell too."""
    with _captured(1, kernel.stdout), _captured(2, kernel.stderr):
        yield


@contextmanager
def _captured(descriptor: int, stream: Any) -> Iterator[None]:
    original, (reading, writing) = os.dup(descriptor), os.pipe()
    os.dup2(writing, descriptor)
    os.close(writing)

    def read() -> None:
        while text := os.read(reading, PIPE):
            stream.write(text.decode(errors="replace"))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        yield
    finally:
        os.dup2(original, descriptor)
        os.close(original)
        reader.join(timeout=1)  # a program left behind may hold the pipe open
        stream.flush()
