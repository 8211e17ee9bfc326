"""Jobs the tests give to workers; functions of a module, as workers need."""

import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing import Process
from pathlib import Path
from typing import NamedTuple

OPENED: list[str] = []


def open_something(name: str) -> None:
    OPENED.append(name)


def wait_for(send, mark: Path) -> None:
    while not mark.exists():
        time.sleep(0.02)


def refuse() -> None:
    raise RuntimeError("nothing to open")


def be_killed_at_first(marks: str, times: int) -> None:
    """Make ready, but not before this process was lost that many times."""
    if len(list(Path(marks).iterdir())) < times:
        (Path(marks) / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def what_is_open(send) -> list[str]:
    OPENED.append("left behind")
    return OPENED


def draw_a_dot(send) -> str:
    from ineqlib.charts.draw.draw import draw

    return draw({"data": {"values": [{}]}, "mark": "point"})


def pid(send) -> int:
    return os.getpid()


def count(send, upto: int) -> str:
    for number in range(upto):
        send(number)
    return "done"


def raise_error(send) -> None:
    raise ValueError("this job is broken")


def leave(send) -> None:
    os._exit(3)


def be_killed(send) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(send, seconds: float) -> None:
    time.sleep(seconds)


def compute(send, seconds: float) -> None:
    while time.process_time() < seconds:
        pass


def hold(send, size: int) -> int:
    return len(bytearray(size))


def draw(send) -> tuple[float, float]:
    import numpy as np  # slow, and no other job needs it

    return random.random(), float(np.random.random())


def start_a_process(send) -> int:
    child = Process(target=os.getpid)
    child.start()
    child.join()
    return child.exitcode


def leave_a_program(send) -> int:
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"]).pid


def leave_a_thread(send) -> str:
    threading.Thread(target=time.sleep, args=(120,)).start()
    return "done"


def fork(send) -> int:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    return os.getpid()


def big(send, size: int) -> bytes:
    return bytes(size)


def cannot_be_sent(send):
    return lambda: None


def chatter(send, seconds: float) -> None:
    while True:
        send("still here")
        time.sleep(seconds)


def from_threads(send, count: int, size: int) -> None:
    threads = [threading.Thread(target=send, args=(bytes(size),)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def what_is_read(send) -> str:
    return sys.stdin.read()


def send_half_a_message(send) -> None:
    """Send the first bytes of something long, and no more."""
    os.write(channel_of(send).fileno(), b"\0\1\0\0begun")
    time.sleep(120)


def hang_at_first(marks: str) -> None:
    """Never be ready; another that makes ready afterwards is."""
    with suppress(FileExistsError):
        (Path(marks) / "hung").touch(exist_ok=False)
        time.sleep(120)


def leave_at_a_fork() -> None:
    """Have this process end when it is to fork."""
    os.fork = lambda: os._exit(3)


def find_no_room_to_fork() -> None:
    """Have the next fork of this process fail, and those after it not."""
    fork = os.fork

    def refuse_once() -> int:
        os.fork = fork
        raise BlockingIOError("no room")

    os.fork = refuse_once


class Unreadable:
    """Pickled by the parent, refused by the worker."""

    def __reduce__(self):
        return (refuse, ())


class Runs:
    """Makes a folder wherever it is unpickled."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __reduce__(self):
        return (os.mkdir, (self.folder,))


def return_what_runs(send, folder: str) -> Runs:
    return Runs(folder)


def send_what_runs(send, folder: str) -> str:
    send({"deep": [Runs(folder)]})
    return "done"


def channel_of(send):
    (inner,) = (cell.cell_contents for cell in send.__closure__)
    return next(
        cell.cell_contents
        for cell in inner.__closure__
        if hasattr(cell.cell_contents, "send_bytes")
    )


def send_bytes(send, content: bytes) -> None:
    channel_of(send).send_bytes(content)


class Figure(NamedTuple):
    name: str
    value: float


def return_a_figure(send, *values) -> list[Figure]:
    return [Figure(*values)]


def write_to_every_socket(send) -> None:
    """Write into whatever channels this process has, its own and others'."""
    for link in list(Path("/proc/self/fd").iterdir()):
        number = int(link.name)
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, b"\0\0\0\4none")


def kill_the_parent(send) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
