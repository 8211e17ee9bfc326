"""What a kernel publishes, put into the notebook by Papermill's own client.

The same is done where the cells run and, where that is another process, once more in the one that
asked for them: outputs, later changes of earlier outputs, widgets, logs and autosaves are then
Papermill's and nbclient's in both.
"""

from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import (
    CellExecutionComplete,
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbclient.util import run_sync
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient

__all__ = ["CellExecutionError", "CellRecorder", "CellTimeoutError", "DeadKernelError", "run_sync"]


class SparingRecord:
    """Papermill's record of a run, which need not read from text when a cell was started.

    That takes it longer than to run many a cell.
    """

    def __init__(self, nb_man: Any) -> None:
        self._nb_man = nb_man

    def __getattr__(self, name: str) -> Any:
        return getattr(self._nb_man, name)

    def cell_complete(self, cell: Any, cell_index: int) -> None:
        """Record that a cell is done with, and how long it took."""
        about = cell.metadata.papermill
        started, about["start_time"] = about["start_time"], None
        self._nb_man.cell_complete(cell, cell_index)
        about["start_time"] = started
        duration = datetime.fromisoformat(about["end_time"]) - datetime.fromisoformat(started)
        about["duration"] = duration.total_seconds()


class CellRecorder(PapermillNotebookClient):
    """Papermill's client, given each cell and each message instead of asking a kernel."""

    def __init__(self, nb_man: Any, **options: Any) -> None:
        super().__init__(nb_man, **options)
        # Output widgets send replies to the kernel; subclasses that have one pass them on.
        channel = SimpleNamespace(send=self.reply_of_widget)
        session = SimpleNamespace(msg=lambda kind, **parts: {"msg_type": kind, **parts})
        self.kc: Any = SimpleNamespace(session=session, shell_channel=channel)

    def reply_of_widget(self, message: dict[str, Any]) -> None:
        """Take what a widget's stand-in sends to the kernel."""

    def is_run(self, cell: NotebookNode) -> bool:
        """Tell whether a cell is one for the kernel."""
        return (
            cell.cell_type == "code"
            and bool(cell.source.strip())
            and self.skip_cells_with_tag not in cell.metadata.get("tags", [])
        )

    def start_cell(self, cell: NotebookNode, index: int) -> None:
        """Clear a cell that is about to run."""
        if self.record_timing:
            cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False

    def record(self, message: dict[str, Any], cell: NotebookNode, index: int) -> None:
        """Put what the kernel publishes for a cell into the notebook."""
        # nbclient raises when the kernel is idle again.
        with suppress(CellExecutionComplete):
            self.process_message(message, cell, index)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Take an output as nbclient does, the commonest kinds without their copies and schema."""
        widget = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if display_id or widget or self.clear_before_next_output or not _is_plain_display(msg):
            return super().output(outs, msg, display_id, cell_index)
        content = msg["content"]
        output = NotebookNode(
            output_type=msg["msg_type"],
            metadata=from_dict(content["metadata"]),
            data=NotebookNode(content["data"]),
        )
        if msg["msg_type"] == "execute_result":
            output["execution_count"] = content["execution_count"]
        outs.append(output)
        return output

    async def finish_cell(self, cell: NotebookNode, index: int, reply: dict[str, Any]) -> None:
        """Record the kernel's reply to a cell; raise where the cell failed and may not."""
        if self.record_timing:
            cell.metadata["execution"]["shell.execute_reply"] = timestamp(reply)
        await self._check_raise_for_error(cell, index, reply)


def _is_plain_display(message: dict[str, Any]) -> bool:
    """Tell whether a message displays only texts and JSON, which every notebook may hold."""
    if message["msg_type"] not in ("display_data", "execute_result"):
        return False
    data = message["content"]["data"].items()
    return all(isinstance(shown, str) or kind.endswith("json") for kind, shown in data)
