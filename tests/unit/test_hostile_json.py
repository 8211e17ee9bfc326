"""JSON nested without end is refused in words wherever a command reads it, and never a fault."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.files import parse_json

DEEP = "[" * 200_000
FORMAT_3 = json.dumps({"nbformat": 3, "metadata": {}, "cells": []})
OWN = "area_code,indicator,period,value\nE07000243,Warm homes visits,2023,1\n"

Words = list[str]


def a_notebook(folder: Path) -> Words:
    (folder / "book.ipynb").write_text(DEEP, encoding="utf-8")
    return ["page", str(folder / "book.ipynb"), "--out", str(folder / "page.html")]


def a_notebook_of_another_format(folder: Path) -> Words:
    (folder / "book.ipynb").write_text(FORMAT_3, encoding="utf-8")
    return ["page", str(folder / "book.ipynb"), "--out", str(folder / "page.html")]


def a_manifest(folder: Path) -> Words:
    (folder / "manifest.json").write_text(DEEP, encoding="utf-8")
    return ["diff", str(folder), str(folder)]


def descriptions(folder: Path) -> Words:
    (folder / "indicators.json").write_text(DEEP, encoding="utf-8")
    return ["check", "--drift", str(folder / "indicators.json")]


def a_pack(folder: Path) -> Words:
    (folder / "pack.json").write_text(DEEP, encoding="utf-8")
    return ["areas", "--pack", str(folder)]


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (a_notebook, 4, "cannot be read as a notebook: ValueError('it is nested too deep')"),
        (a_notebook_of_another_format, 4, "it is not of format 4, which JupyterLab saves"),
        (a_manifest, 4, "manifest.json cannot be read"),
        (descriptions, 4, "it is nested too deep"),
        (a_pack, 5, "pack.json cannot be read: it is nested too deep"),
    ],
)
def test_it_is_refused_in_words(
    tmp_path: Path, make: Callable[[Path], Words], code: int, says: str
) -> None:
    result = CliRunner().invoke(main, make(tmp_path))
    assert result.exit_code == code
    assert says in result.output


def test_where_it_only_says_more_of_files_they_are_read_without(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "own.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "provenance.json").write_text(DEEP, encoding="utf-8")
    result = CliRunner().invoke(main, ["build", str(files), "--out", str(tmp_path / "pack")])
    assert result.exit_code == 0


def test_what_is_json_is_given_back() -> None:
    assert parse_json(b'{"a": [1]}') == {"a": [1]}
    with pytest.raises(ValueError, match="nested too deep"):
        parse_json(DEEP)
