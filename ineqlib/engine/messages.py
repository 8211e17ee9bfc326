"""Messages of a kernel that runs in the process of those who ask it: handed over, not sent."""

import os
from typing import Any

from ipykernel.iostream import IOPubThread
from jupyter_client.session import Session


class UnstartedThread(IOPubThread):
    """ipykernel's thread for what it publishes, not started, and without sockets to wake it by.

    ZeroMQ would start threads for them, and a process with threads is not to be forked.
    """

    def _setup_event_pipe(self) -> None:
        pass


class DirectSession(Session):
    """The kernel's session: what it publishes is handled at once, one message at a time.

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
        """Hand over what is published; put the rest where it is asked for."""
        kernel: Any = self.parent
        if stream not in (kernel.iopub_socket, kernel.iopub_thread):
            options = {"buffers": buffers, "track": track, "header": header, "metadata": metadata}
            return super().send(stream, msg_or_type, content, parent, ident, **options)
        if os.getpid() != kernel.pid:  # a fork has only a copy of the notebook
            return None
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, header, metadata)
        made = {name: self.unpack(self.pack(message[name])) for name in ("content", "metadata")}
        views = [memoryview(buffer) for buffer in buffers or message.get("buffers", [])]
        with kernel.publishing:
            kernel.on_message({**message, **made, "buffers": views})
        return message
