"""The example of an assurance record is what the real pack gives today."""

import importlib
import re

import pytest

pytestmark = [pytest.mark.real, pytest.mark.slow]

ID = re.compile(r"id of the pack `\w+`")
"""Shapes may differ in their last digits from one machine to another."""


def test_the_example_is_fresh(pack, repo, real_data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(repo / "docs")  # as where the command runs
    maker = importlib.import_module("make_assurance")
    made = maker.page(maker.check(pack, "Stevenage", real_data))
    shown = maker.PAGE.read_text(encoding="utf-8")
    assert ID.sub("", shown) == ID.sub("", made), "run `python docs/make_assurance.py`"
