"""What runs in a worker: it waits for one job, does it, and ends.

The zygote is a process that has made ready once and forks a worker for each order; a fork shares
everything that has been imported and opened, and nothing it does is seen by the next.
"""

import gc
import os
import random
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing import current_process, parent_process
from multiprocessing.connection import Client, Connection
from typing import Any

Prepare = Callable[[], object]
Send = Callable[[object], None]

_IN_WORKER = False


def in_worker() -> bool:
    """Tell whether this process is a worker with a job: fresh, and to be thrown away after it."""
    return _IN_WORKER


def nothing() -> None:
    """Prepare nothing."""


def work(address: Any, key: bytes, prepare: Prepare = nothing) -> None:
    """Make ready, wait for a job, do it and send what comes of it."""
    if hasattr(os, "setsid"):
        os.setsid()  # what a job starts ends with it, and Ctrl-C is the parent's to handle
    current_process().daemon = False  # a job may start processes of its own
    try:
        connection = Client(address, authkey=key)
    except OSError:
        return  # nobody waits for this one any more
    with connection:
        try:
            prepare()
        except BaseException:
            connection.send(("failed", traceback.format_exc()))
            return
        connection.send(("ready", os.getpid()))
        try:
            function, args, memory = connection.recv()
        except EOFError:
            return  # there was no job for this one
        _end_with_parent()
        _limit_memory(memory)
        connection.send(("started", None))
        _do(connection, function, args)


def zygote(control: Connection, address: Any, key: bytes, prepare: Prepare) -> None:
    """Make ready once, then fork a worker for each order until the parent is gone."""
    # Ctrl-C is the parent's to handle; the system clears away workers that have ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        prepare()
    except BaseException:
        control.send(("failed", traceback.format_exc()))
        return
    gc.collect()
    gc.freeze()  # the collector would otherwise copy every shared page into every worker
    control.send(("ready", os.getpid()))
    while True:
        try:
            control.recv()
        except EOFError:
            return
        if os.fork() == 0:
            control.close()
            _be_a_worker(address, key)


def _be_a_worker(address: Any, key: bytes) -> None:
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _seed_afresh()
        work(address, key)
        status = 0
    finally:
        # No exit handler of the zygote's may run here.
        os._exit(status)


def _do(connection: Connection, function: Callable[..., object], args: tuple[Any, ...]) -> None:
    global _IN_WORKER  # noqa: PLW0603 (it is a property of the process)
    _IN_WORKER = True
    try:
        result = function(lambda message: connection.send(("message", message)), *args)
    except BaseException:
        connection.send(("raised", traceback.format_exc()))
    else:
        connection.send(("result", result))


def _seed_afresh() -> None:
    """Give this fork random numbers of its own: all forks of one process share its generator."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(limit: int | None) -> None:
    """Let the job have `limit` bytes beyond what the process holds now, where the system can."""
    if limit is None or not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415 (not on Windows)

    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 (no file of anyone's)
        held = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + limit, resource.RLIM_INFINITY))
