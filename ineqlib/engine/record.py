"""What a kernel says, put into the notebook by Papermill's own client.

The same is done where the cells run and, where that is another process, once more in the one that
asked for them: outputs, later changes of earlier outputs, widgets, logs and autosaves are then
Papermill's and nbclient's in both.
"""

from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode, from_dict
from papermill.clientwrap import PapermillNotebookClient

KEPT = frozenset(
    "allow_errors allow_error_names force_raise_errors skip_cells_with_tag record_timing "
    "store_widget_state".split()
)
"""Options of Papermill's client that mean here what they mean there."""

NEEDLESS = frozenset(
    "input_path start_timeout startup_timeout extra_arguments ipython_hist_file shutdown_kernel "
    "iopub_timeout raise_on_iopub_timeout log_output stdout_file stderr_file".split()
)
"""Options that are about a kernel's process and sockets, or are handled by name."""


class CellRecorder(PapermillNotebookClient):
    """Papermill's client, told of each cell and each message instead of asking a kernel."""

    def __init__(self, nb_man: Any, **options: Any) -> None:
        super().__init__(nb_man, **options)
        # Output widgets answer the kernel; who has one says what becomes of the answers.
        channel = SimpleNamespace(send=self.answer)
        session = SimpleNamespace(msg=lambda kind, **parts: {"msg_type": kind, **parts})
        self.kc: Any = SimpleNamespace(session=session, shell_channel=channel)

    def answer(self, message: dict[str, Any]) -> None:
        """Take what a widget's stand-in says to the kernel."""

    def is_run(self, cell: NotebookNode) -> bool:
        """Tell whether a cell is one for the kernel."""
        return (
            cell.cell_type == "code"
            and bool(cell.source.strip())
            and self.skip_cells_with_tag not in cell.metadata.get("tags", [])
        )

    def begin(self, cell: NotebookNode, index: int) -> None:
        """Clear a cell that is about to run."""
        if self.record_timing:
            cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False

    def hear(self, message: dict[str, Any], cell: NotebookNode, index: int) -> None:
        """Take what the kernel says of a cell."""
        # That the kernel is idle again is told by raising.
        with suppress(CellExecutionComplete):
            self.process_message(message, cell, index)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Take an output as nbclient does, the commonest kind without its copies and its schema."""
        widget = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if display_id or widget or self.clear_before_next_output or not _is_plain_display(msg):
            return super().output(outs, msg, display_id, cell_index)
        content = msg["content"]
        out = NotebookNode(
            output_type="display_data",
            metadata=from_dict(content["metadata"]),
            data=NotebookNode(content["data"]),
        )
        outs.append(out)
        return out

    async def end(self, cell: NotebookNode, index: int, reply: dict[str, Any]) -> None:
        """Take the kernel's reply to a cell; raise where the cell failed and may not."""
        if self.record_timing:
            cell.metadata["execution"]["shell.execute_reply"] = timestamp(reply)
        await self._check_raise_for_error(cell, index, reply)


def _is_plain_display(message: dict[str, Any]) -> bool:
    """Tell whether a message shows something, in words and in JSON as every notebook may."""
    if message["msg_type"] != "display_data":
        return False
    data = message["content"]["data"].items()
    return all(isinstance(shown, str) or kind.endswith("json") for kind, shown in data)
