"""A delimited text read in one piece gives just what it gives row by row, or is left to that."""

from collections.abc import Callable

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources import content as reading
from ineqlib.sources.base import Account, Content
from ineqlib.sources.reading import json_text, regular
from ineqlib.sources.recognise import recognise

HEADING = "code,name,age,value\n"
LINE = "E07000243,Stevenage,<75 yrs,14.26\n"
WHOLE = {
    "plain": LINE,
    "quotes, commas and marks inside": 'E07000243,"Town, of",5" tall,"a ""b"""\n"x",y,#REF!,{1}\n',
    "spaces and empty cells": "E07000243,Stevenage ,a b,\n,,,1\n",
    "a mark of the order of bytes": "﻿",
    "ends of lines of Windows": LINE.replace("\n", "\r\n"),
    "numbers as they stand": 'E07000243,x,007,"1,234"\n',
}
LEFT = {
    "a line end in a cell": 'E07000243,"Stev\nenage",x,1\n',
    "a blank line": f"\n{LINE}",
    "a space before a cell": "E07000243, Stevenage,x,1\n",
    "a short row": "E07000243,Stevenage\n",
    "a long row": "E07000243,Stevenage,x,1,2\n",
    "the heading again": HEADING,
    "notes": "Source: made up,,,\n",
    "a web page": "<html>,,x,1\n",
    "a last line without an end": "E07000243,Stevenage,x,1",
    "other letters": "E07000243,Stévenage,x,1\n",
    "a quotation mark that is not closed": f'E07000243,"Stevenage,x,1\n{LINE}',
}


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular, "LEAST", 0)


def text_of(name: str) -> bytes:
    if name == "a mark of the order of bytes":
        return f"{WHOLE[name]}{HEADING}{3 * LINE}".encode()
    added = (WHOLE | LEFT)[name]
    return f"{HEADING}{3 * LINE}{added}".encode("cp1252" if name == "other letters" else "utf-8")


def read(text: bytes) -> tuple[pd.DataFrame | str, Account]:
    content = Content(text)
    try:
        return reading._read_text(content, content.account), content.account
    except InputError as error:
        return str(error), content.account


def counting(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[object]:
    results: list[object] = []
    function: Callable[..., object] = getattr(module, name)
    monkeypatch.setattr(
        module, name, lambda *given: results.append(function(*given)) or results[-1]
    )
    return results


@pytest.mark.parametrize("name", [*WHOLE, *LEFT])
def test_one_piece_gives_what_row_by_row_gives(name, monkeypatch):
    results = counting(monkeypatch, reading, "read_whole_lines")
    table, account = read(text_of(name))
    assert not results or (results[0] is None) == (name in LEFT)
    monkeypatch.setattr(regular, "LEAST", 1_000_000)
    row_by_row, as_before = read(text_of(name))
    assert account == as_before
    if isinstance(row_by_row, str):
        assert table == row_by_row
    else:
        pd.testing.assert_frame_equal(table, row_by_row)


def test_json_is_parsed_once_for_who_looks_and_who_reads(monkeypatch):
    parsed = counting(monkeypatch, json_text.json, "loads")
    square = [[[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]]
    shape = {"type": "Polygon", "coordinates": square}
    named = {"LAD24CD": "E07000243", "LAD24NM": "Stevenage"}
    feature = {"type": "Feature", "properties": named, "geometry": shape}
    whole = json_text.json.dumps({"type": "FeatureCollection", "features": [feature]})
    content = Content(whole.encode())
    layout = recognise(content)
    assert len(layout.parse(content, {}).frame) == 1
    assert len(parsed) == 1
