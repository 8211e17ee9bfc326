"""What is written below Python reaches its cell whole; what is published comes as JSON has it."""

import os
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from ineqlib.engine.streams import Descriptor, DirectSession


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


class Loud(str):
    """A text of a notebook's own class."""


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"execution_state": "busy"},
        {"code": "x = 'ä'", "execution_count": 3, "silent": False, "wait": None},
        {"data": {"text/html": "<p>", "application/json": {"csv": "a,b", "rows": (1, 2.5)}}},
        {"data": {"text/plain": "byte \udcff", "image/png": b"\x89PNG"}, "metadata": {}},
        {"data": {"application/json": {1: "a", None: "b"}}, "transient": {Loud("id"): Loud("x")}},
        {"data": {"application/json": [datetime(2026, 1, 1, tzinfo=UTC), {"deep": [True]}]}},
    ],
)
def test_what_is_published_without_json_is_what_had_come_out_of_it(part: dict[str, Any]) -> None:
    session = DirectSession()
    received = session._received(part)
    through_json = session.unpack(session.pack(part))
    assert received == through_json
    assert kinds(received) == kinds(through_json)


def kinds(value: Any) -> Any:
    """Return the types of a value and of all in it."""
    if isinstance(value, dict):
        return type(value), [(kinds(name), kinds(inner)) for name, inner in value.items()]
    return type(value), [kinds(inner) for inner in value] if isinstance(value, list) else ()


def test_what_a_notebook_changes_afterwards_is_not_changed_in_what_it_has_published() -> None:
    part = {"data": {"application/json": {"csv": "a"}, "text/plain": "before"}}
    received = DirectSession()._received(part)
    part["data"]["application/json"]["csv"] = part["data"]["text/plain"] = "after"  # type: ignore[index]
    assert received == {"data": {"application/json": {"csv": "a"}, "text/plain": "before"}}
