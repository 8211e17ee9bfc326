"""Running a notebook for another process, to which all that its kernel publishes is relayed.

A message is an event, the index of its cell, and what the event carries; `RemoteRun` receives them.
"""

import os
from typing import Any

import nbformat

from ineqlib.engine.kernel import InProcessClient
from ineqlib.engine.notebook import mark_used

PARTS = ("msg_type", "header", "parent_header", "metadata", "content")


def run_relayed(
    send: Any, notebook: str, options: dict[str, Any], folder: str, environment: dict[str, str]
) -> Any:
    """Run a notebook in this worker and relay each cell; return the language it was in."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    mark_used()
    manager = RelayManager(nbformat.reads(notebook, as_version=4), send)
    RelayClient(manager, **options).execute()
    return dict(manager.nb.metadata["language_info"])


class RelayManager:
    """Stands in for Papermill's record of the run, and relays what becomes of cells."""

    def __init__(self, nb: nbformat.NotebookNode, send: Any) -> None:
        self.nb, self.send = nb, send

    def cell_start(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Relay that a cell's turn has come."""
        self.send(("start", cell_index, None))

    def cell_exception(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Nothing: the other side sees it in the reply."""

    def cell_complete(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Relay that a cell is done with."""
        self.send(("complete", cell_index, None))

    def autosave_cell(self) -> None:
        """Nothing: the other side saves."""


class RelayClient(InProcessClient):
    """Relays each message as well as recording it."""

    def start_cell(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Relay that a cell is about to run."""
        self.nb_man.send(("run", index, None))
        super().start_cell(cell, index)

    def record(self, message: dict[str, Any], cell: nbformat.NotebookNode, index: int) -> None:
        """Relay what the kernel publishes."""
        plain = {name: message[name] for name in PARTS}
        plain["buffers"] = [bytes(buffer) for buffer in message.get("buffers", [])]
        self.nb_man.send(("message", index, plain))
        super().record(message, cell, index)

    def note_reply(self, index: int, reply: dict[str, Any]) -> None:
        """Relay the kernel's reply."""
        self.nb_man.send(("reply", index, {"header": reply["header"], "content": reply["content"]}))
