"""Jobs the tests give to workers; functions of a module, as workers need."""

import os
import random
import signal
import time
from multiprocessing import Process

import numpy as np

OPENED: list[str] = []


def open_something(name: str) -> None:
    OPENED.append(name)


def refuse() -> None:
    raise RuntimeError("nothing to open")


def what_is_open(send) -> list[str]:
    OPENED.append("left behind")
    return OPENED


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


def hold(send, size: int) -> int:
    return len(bytearray(size))


def draw(send) -> tuple[float, float]:
    return random.random(), float(np.random.random())


def start_a_process(send) -> int:
    child = Process(target=os.getpid)
    child.start()
    child.join()
    return child.exitcode
