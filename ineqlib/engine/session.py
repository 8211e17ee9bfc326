"""The session of a kernel whose client is in its process: messages are handed over, not sent."""

import os
from typing import Any

from jupyter_client.session import Session


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

    def _received(self, part: dict[str, Any]) -> dict[str, Any]:
        """Return a part of a message as its receiver has it: through JSON, all but its texts.

        They are nearly all of what a page is made of, and come out of JSON as they went in.
        """
        shown = part.get("data")
        texts: dict[str, str] = {}
        if isinstance(shown, dict):
            texts = {
                kind: text for kind, text in shown.items() if _is_text(kind) and _is_text(text)
            }
            part = {**part, "data": shown | dict.fromkeys(texts, "")}
        received: dict[str, Any] = self.unpack(self.pack(part)) if part else {}
        if texts:
            received["data"] |= texts
        return received


def _is_text(value: object) -> bool:
    """Tell whether a value is a plain text without halves of characters, which JSON changes."""
    if type(value) is not str:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
