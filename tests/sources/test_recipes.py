"""A layout and a check are written as CONTRIBUTING tells it: what stands there works as it is."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources import recognise as recognising
from ineqlib.sources.plausible import CHECKS, Context
from ineqlib.sources.plausible.finding import Check, Doubt

from .tables import TODAY, downloaded

PARKS = b"""LA code,LA name,Year,Near a park (%)
E07000243,Stevenage,2024,81.5
E07000241,Welwyn Hatfield,2024,[x]
"""


def chapter(repo: Path, title: str) -> str:
    text = (repo / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


def typed(text: str) -> str:
    """The one block of Python of a chapter."""
    [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return code


def test_a_layout_as_told_reads_its_file(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="Not a layout"):
        recognising.recognise(PARKS)
    module = ModuleType("parks")
    exec(typed(chapter(repo, "Add a publisher's layout")), module.__dict__)
    monkeypatch.setattr(recognising, "LAYOUTS", (*module.LAYOUTS, *recognising.LAYOUTS))
    layout = recognising.recognise(PARKS)
    assert layout.name == "Office for Parks"
    parsed = layout.parse(PARKS, {})
    rows = parsed.frame.set_index("area_name")
    assert rows["value"].to_dict() == pytest.approx(
        {"Stevenage": 81.5, "Welwyn Hatfield": float("nan")}, nan_ok=True
    )
    assert rows["status"].to_dict() == {"Stevenage": "ok", "Welwyn Hatfield": "not_available"}
    assert (parsed.rows_read, parsed.set_aside, parsed.source.id) == (2, (), "parks")


def test_a_check_as_told_doubts_what_it_should(repo: Path) -> None:
    told = chapter(repo, "Add a check of figures")
    names: dict[str, Any] = {
        "pd": pd, "Context": Context, "Iterator": Iterator, "Doubt": Doubt, "Check": Check
    }  # fmt: skip
    exec(typed(told), names)
    [row] = re.findall(r"`(Check\(.*?\))`", told, re.DOTALL)
    check = eval(row, names)
    assert check.name not in {known.name for known in CHECKS}
    table = downloaded(*({"unit": "%", "value": value} for value in (100.0, 99.9)))
    assert [doubt.rows.tolist() for doubt in check.find(table, Context(TODAY))] == [[True, False]]
    assert not list(check.find(table.iloc[1:], Context(TODAY)))
