"""Running a notebook for another process, which is told of all that its kernel says."""

from typing import Any

import nbformat

from ineqlib.engine.kernel import InProcessClient

PARTS = ("msg_type", "header", "parent_header", "metadata", "content")


class TellingManager:
    """Stands in for Papermill's record of the run, and passes on what it is told."""

    def __init__(self, nb: nbformat.NotebookNode, send: Any) -> None:
        self.nb, self.send = nb, send

    def cell_start(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Tell that a cell's turn has come."""
        self.send(("start", cell_index, None))

    def cell_exception(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Nothing: the other side sees it in the reply."""

    def cell_complete(self, cell: Any, cell_index: int, **_: Any) -> None:
        """Tell that a cell is done with."""
        self.send(("complete", cell_index, None))

    def autosave_cell(self) -> None:
        """Nothing: the one who is told saves."""


class TellingClient(InProcessClient):
    """Tells of each message as well as taking it."""

    def begin(self, cell: nbformat.NotebookNode, index: int) -> None:
        """Tell that a cell is about to run."""
        self.nb_man.send(("run", index, None))
        super().begin(cell, index)

    def hear(self, message: dict[str, Any], cell: nbformat.NotebookNode, index: int) -> None:
        """Tell what the kernel says."""
        told = {name: message[name] for name in PARTS}
        told["buffers"] = [bytes(buffer) for buffer in message.get("buffers", [])]
        self.nb_man.send(("message", index, told))
        super().hear(message, cell, index)

    def replied(self, index: int, reply: dict[str, Any]) -> None:
        """Tell the kernel's reply."""
        self.nb_man.send(("reply", index, {"header": reply["header"], "content": reply["content"]}))
