"""Running a notebook's cells in this very process, with the kernel's own shell.

The shell, its display and its tracebacks are ipykernel's; nbclient puts what they publish into the
notebook, so that outputs are those of a kernel in a process of its own. What is left out is that
process: its start, its sockets, and the waiting for messages.
"""

import asyncio
import bdb  # noqa: F401 (as all of this kind: a kernel imports it when it starts)
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipykernel.debugger
import ipykernel.kernelspec  # noqa: F401
import IPython.core.application
import IPython.core.completerlib
import IPython.core.logger
import IPython.core.oinspect
import IPython.extensions.storemagic  # noqa: F401
import nbformat
import tornado.platform.asyncio  # noqa: F401
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.session import Session
from nbclient.util import run_hook
from nbformat import NotebookNode
from traitlets import Any as Anything
from traitlets import Instance, Type, default
from traitlets.config import Config

from ineqlib.engine.record import CellRecorder
from ineqlib.engine.shell import prepare_for_cell
from ineqlib.engine.streams import DirectSession, Flusher, Meter, OutStream, UnstartedThread

# It looks through all that is installed, once in a process: before any notebook is there.
KernelProvisionerFactory.instance()
# And this makes a function of the schema of notebooks.
nbformat.validate(nbformat.v4.new_notebook())

INSTALLED = {"site-packages", "dist-packages"}


class _NoDebugger:
    """Nobody steps through a batch; ipykernel's own takes a tenth of a second to make."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.started = False


class _Kernel(InProcessKernel):
    """ipykernel's kernel without a thread for its messages: each is handled at once."""

    debugger_class = Type(_NoDebugger)
    on_message = Anything()
    pid = Anything()
    meter = Instance(Meter, ())
    publishing = Anything()
    reply = Anything()

    def __init__(self, **traits: Any) -> None:
        self._flusher = Flusher(self.flush)
        super().__init__(
            _execute_sleep=0,  # for sockets to catch up
            publishing=threading.RLock(),
            user_ns=None,  # the shell makes a module for its names, as in a kernel of its own
            _underlying_iopub_socket=DummySocket(),
            **traits,
        )

    def connect(self, on_message: Callable[[dict[str, Any]], None]) -> None:
        """Be the kernel of this process, which may be a fork of the one that made it."""
        self.on_message, self.pid = on_message, os.getpid()
        session: Any = self.session
        session.pid = self.pid
        self._original_streams = (sys.stdout, sys.stderr)
        sys.stdout, sys.stderr = self.stdout, self.stderr

    def restore_streams(self) -> None:
        """Let what is written from now on go where it went before there was a notebook."""
        sys.stdout, sys.stderr = self._original_streams
        for number, stream in ((1, self.stdout), (2, self.stderr)):
            os.dup2(stream.fileno(), number)

    @default("session")
    def _session_without_signatures(self) -> Session:
        return DirectSession(parent=self, key=b"")  # no message leaves the process

    @default("iopub_thread")
    def _messages_in_this_thread(self) -> IOPubThread:
        return UnstartedThread(self._underlying_iopub_socket, session=self.session)

    @default("shell_class")
    def _shell_of_a_kernel(self) -> type:
        return ZMQInteractiveShell  # libraries ask for this name to know that this is a notebook

    @default("stdout")
    def _stdout_of_notebook(self) -> OutStream:
        return OutStream(self, "stdout", 1)

    @default("stderr")
    def _stderr_of_notebook(self) -> OutStream:
        return OutStream(self, "stderr", 2)

    @contextmanager
    def _redirected_io(self) -> Iterator[None]:
        yield  # another stream that a notebook has put into `sys.stdout` stays from cell to cell

    def flush(self) -> None:
        """Publish all that has been written."""
        self.stdout.flush()
        self.stderr.flush()

    def flush_soon(self) -> None:
        """Publish what has been written when a moment has passed."""
        self._flusher.flush_soon()

    async def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what a client asks for; return the reply, empty where there is none."""
        self.reply = {}
        await self.dispatch_shell(request)
        reply: dict[str, Any] = self.reply
        return reply

    async def do_execute(self, *args: Any, **options: Any) -> dict[str, Any]:
        # ipykernel asks which thread its shell channel was made in; here there is only this one.
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.current_thread())
        prepare_for_cell(self.shell)
        try:
            reply = await super().do_execute(*args, **options)
        finally:
            self.shell_channel_thread = None
            for stream in (self.stdout, self.stderr):
                stream.descriptor.drain()
                stream.descriptor.reopen()
        exceeded = self.meter.problem is not None and reply["status"] == "ok"
        return self._output_limit_reply() if exceeded else reply

    def _output_limit_reply(self) -> dict[str, Any]:
        """Fail a cell that printed too much without noticing, as a program it runs does."""
        problem: Any = self.meter.problem
        shell: Any = self.shell
        name, value = type(problem).__name__, str(problem)
        error = {"ename": name, "evalue": value, "traceback": [f"{name}: {value}"]}
        self.flush()
        self.send_response(self.iopub_socket, "error", error)
        count = shell.execution_count - 1
        return {**error, "status": "error", "execution_count": count, "user_expressions": {}}


class InProcessClient(CellRecorder):
    """Papermill's client, with the kernel in this process.

    Use it once in a process that is then thrown away: little is put back.
    """

    def execute(self, **_: Any) -> NotebookNode:
        """Run every cell until one fails, as Papermill's own engine does."""
        self.reset_execution_trackers()
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        os.environ["JPY_PARENT_PID"] = str(os.getppid())  # by which libraries know a notebook
        sys.argv = ["ipykernel_launcher.py"]  # as in a kernel: no program's arguments
        self._current: tuple[NotebookNode, int] | None = None
        self._request_id = ""
        self._widget_replies: list[dict[str, Any]] = []
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._kernel = _kernel()
        self._kernel.connect(self._receive)
        # As in a kernel: its folder before what is installed.
        _find_modules_beside_the_notebook()
        self._context = copy_context()
        try:
            self.papermill_execute_cells()
        finally:
            self._kernel.restore_streams()
        self.nb.metadata["language_info"] = self._kernel.language_info
        self.set_widgets_metadata()
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_: Any) -> NotebookNode:
        """Run one cell; its outputs are in it when this returns or raises."""
        # One context for all cells: precision of decimals and numpy's errors are kept in it.
        task = self._loop.create_task(self._execute(cell, cell_index), context=self._context)
        self._loop.run_until_complete(task)
        return cell

    async def _execute(self, cell: NotebookNode, index: int) -> None:
        await run_hook(self.on_cell_start, cell=cell, cell_index=index)
        if not self.is_run(cell):
            return
        self.start_cell(cell, index)
        self._kernel.meter.start_cell(index)
        self._current = (cell, index)
        reply = await self._request_execution(cell)
        self._current = None
        await self._send_widget_replies()
        self.note_reply(index, reply)
        await self.finish_cell(cell, index, reply)

    def note_reply(self, index: int, reply: dict[str, Any]) -> None:
        """Take note of the kernel's reply to a cell."""

    async def _request_execution(self, cell: NotebookNode) -> dict[str, Any]:
        tolerated = self.allow_errors or "raises-exception" in cell.metadata.get("tags", [])
        reply = await self._request(
            "execute_request",
            {
                "code": cell.source,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": self.force_raise_errors or not tolerated,
            },
        )
        if not reply:
            raise RuntimeError(
                "IPython itself failed at this cell and gave no answer, as it does where "
                "sys.stdout or sys.stderr has become something that cannot be written to."
            )
        return reply

    async def _request(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        session: Any = self._kernel.session
        request = session.msg(kind, content)
        self._request_id = request["header"]["msg_id"]
        return await self._kernel.answer(request)

    def reply_of_widget(self, message: dict[str, Any]) -> None:
        """Keep a widget's reply until the cell is done, as a kernel does."""
        self._widget_replies.append(message)

    async def _send_widget_replies(self) -> None:
        replies, self._widget_replies = self._widget_replies, []
        for message in replies:
            await self._request(message["msg_type"], message["content"])

    def _receive(self, message: dict[str, Any]) -> None:
        # A kernel's client passes over what comes after its cell, from a thread for instance.
        is_ours = message["parent_header"].get("msg_id") == self._request_id
        if self._current is not None and is_ours:
            self.record(message, *self._current)


def make_kernel_ahead() -> None:
    """Make the kernel of whichever notebook runs in a fork of this process, which runs none."""
    path = list(sys.path)
    shell: Any = _kernel().shell
    formats = shell.display_formatter
    # These are made when first asked for.
    _ = formats.formatters, formats.mimebundle_formatter, formats.ipython_display_formatter
    sys.path[:] = path  # the shell looks for modules in the working folder


@cache
def _kernel() -> _Kernel:
    """Return this process's kernel, with the application that magics and libraries ask for."""
    # History for later sessions is a database with a thread of its own.
    settings = Config(HistoryManager={"enabled": False})
    # It would warn that messages are not signed, and of what the notebook's reader sees anyway.
    app: Any = IPKernelApp.instance(config=settings, log_level=logging.ERROR)
    app.log.setLevel(logging.ERROR)  # or it would make four records of each cell for nobody
    for handler in app.log.handlers:  # its messages are not the notebook's
        handler.setStream(os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace"))
    app.kernel = kernel = _Kernel.instance(parent=app, log=app.log)
    app.init_shell()
    app.shell.extension_manager.load_extension("IPython.extensions.storemagic")
    return kernel


def _find_modules_beside_the_notebook() -> None:
    places = [place for place in sys.path if place]
    installed = [place for place in places if Path(place).name in INSTALLED]
    places.insert(places.index(installed[0]) if installed else 0, "")
    sys.path[:] = places
