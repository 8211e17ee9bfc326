"""What is written below Python reaches its cell whole."""

import os
from types import SimpleNamespace

from ineqlib.engine.streams import Descriptor


def test_a_byte_that_could_begin_a_mark_is_not_kept_for_the_next_cell():
    written = []
    number = os.open(os.devnull, os.O_WRONLY)
    descriptor = Descriptor(number, SimpleNamespace(write=written.append))
    descriptor._mark = b"\n is how this mark begins"
    os.write(number, b"line\n")
    descriptor.drain()
    assert "".join(written) == "line\n"


def test_what_is_written_after_the_notebook_closed_its_stream_holds_nothing_up():
    offered = []

    def closed(text):
        offered.append(text)
        raise ValueError("I/O operation on closed file")

    number = os.open(os.devnull, os.O_WRONLY)
    descriptor = Descriptor(number, SimpleNamespace(write=closed))
    for line in ("one\n", "two\n"):
        os.write(number, line.encode())
        descriptor.drain()
    assert "".join(offered) == "one\ntwo\n"


def test_waking_no_thread_where_nothing_was_written_loses_nothing_that_was():
    written = []
    number = os.open(os.devnull, os.O_WRONLY)
    descriptor = Descriptor(number, SimpleNamespace(write=written.append))
    for turn in range(300):
        os.write(number, b"%d " % turn)
        descriptor.drain()
        assert "".join(written).split() == [str(n) for n in range(turn + 1)]
        descriptor.drain()
