"""Channels between the processes of one program: where to connect, with which key, and who waits.

`multiprocessing` authenticates a client in the thread that accepts, where one that stalls would
delay all others; here each is authenticated in a thread of its own.
"""

import contextlib
import io
import pickle
import secrets
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from typing import Any, NamedTuple, Self, TypeAlias, TypeVar

from ineqlib.processes.socket_folder import SocketFolder

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection

    Channel: TypeAlias = Connection | PipeConnection
else:
    Channel: TypeAlias = Connection

RETRY_SECONDS = 0.05

Result = TypeVar("Result")


class Endpoint(NamedTuple):
    """Where a process listens, and the key it asks for."""

    address: Any
    key: bytes

    def connect(self) -> Channel:
        """Return a channel to the process.

        Raises
        ------
        OSError, EOFError, AuthenticationError
            Nobody listens there, or the key is another.
        """
        return Client(self.address, authkey=self.key)


def receive_plain(channel: Channel, classes: tuple[type, ...] = ()) -> Any:
    """Receive plain values, and instances of some classes, from a process that ran others' code.

    To unpickle anything else would let the sender run what it likes in this process.

    Raises
    ------
    OSError, EOFError
        The sender is gone.
    UnpicklingError
        It sent something else.
    """
    content = channel.recv_bytes()
    try:
        return _PlainUnpickler(content, classes).load()
    except Exception as error:  # what is no pickle at all may raise anything
        raise pickle.UnpicklingError(str(error)) from error


class _PlainUnpickler(pickle.Unpickler):
    def __init__(self, content: bytes, classes: tuple[type, ...]) -> None:
        super().__init__(io.BytesIO(content))
        self._classes = {(kind.__module__, kind.__qualname__): kind for kind in classes}

    def find_class(self, module_name: str, global_name: str) -> Any:
        if (module_name, global_name) not in self._classes:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is no plain value")
        return self._classes[module_name, global_name]


class Server:
    """Listens for clients that have the key; a context manager.

    Parameters
    ----------
    handle
        Called with the channel of each client, in a thread of its own.
    """

    def __init__(self, handle: Callable[[Channel], None]) -> None:
        self._handle, self._closed = handle, False
        self._folder = SocketFolder()
        self._listener = Listener(self._folder.address, backlog=64)
        self.endpoint = Endpoint(self._listener.address, secrets.token_bytes(32))
        start_thread(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let nobody in any more; channels that are open stay so."""
        self._closed = True
        with contextlib.suppress(OSError):
            # Wakes the accepting thread. Without a key nobody waits for an answer, which would
            # never come where that thread has just seen for itself that it may end.
            Client(self._listener.address).close()
        self._listener.close()
        self._folder.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                start_thread(self._authenticate, self._listener.accept())
            except (OSError, RuntimeError):
                if not self._closed:
                    time.sleep(RETRY_SECONDS)  # that client was lost; others still come

    def _authenticate(self, channel: Channel) -> None:
        try:
            deliver_challenge(channel, self.endpoint.key)
            answer_challenge(channel, self.endpoint.key)
        except (OSError, EOFError, AuthenticationError):
            channel.close()
        else:
            self._handle(channel)


def start_thread(function: Callable[..., object], *args: object) -> None:
    """Run a function in a thread that does not keep the program from ending."""
    threading.Thread(target=function, args=args, daemon=True).start()


def call_within(seconds: float, function: Callable[[], Result]) -> Result:
    """Return what a function returns that may never return, as where it asks one that hangs.

    Raises
    ------
    TimeoutError
        It takes longer; it goes on in its thread, and nobody waits for it.
    """
    outcome: Future[Result] = Future()

    def call() -> None:
        try:
            outcome.set_result(function())
        except BaseException as error:
            outcome.set_exception(error)

    start_thread(call)
    return outcome.result(seconds)
