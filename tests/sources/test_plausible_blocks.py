"""A large table is examined some indicators at a time, and the same is found in it."""

from importlib import import_module

import pytest

from ineqlib.sources.plausible import possible_checks
from ineqlib.sources.plausible.finding import Context

from .tables import TODAY, downloaded, examined

AREAS = ("E07000240", "E07000241", "E07000242", "E07000243")
NAMES = dict(zip(AREAS, ("St Albans", "Welwyn Hatfield", "Watford", "Stevenage"), strict=True))


def rows() -> list[dict[str, object]]:
    """Give rows of five indicators in turn, some of which cannot be believed."""
    made = [
        {
            "indicator": f"Made-up share {number}",
            "area_code": area,
            "area_name": NAMES[area],
            "period": f"{year}/{year - 1999:02d}",
            "value": 10.0 + number,
            "unit": "%",
        }
        for year in range(2010, 2020)
        for number in range(5)
        for area in AREAS
    ]
    made[45]["value"] = -1.0
    made[82] |= {"value": 1200.0}  # 100 times as much, and a tenth
    made[90] |= {"value": 1.2}
    made[17]["area_name"] = NAMES[AREAS[3]]  # as after a wrong sort
    made[118] |= {"dimension": "Age band", "subgroup": "05-Sep"}
    made[149] |= {"dimension": "Age band", "subgroup": "10-Nov"}
    made[33] |= {"count": 9.0, "denominator": 4.0}
    return made


def test_a_unit_is_read_once_for_each_different_text_and_not_for_each_row(monkeypatch):
    asked = []
    units = import_module("ineqlib.sources.units")
    plain = units._plain
    monkeypatch.setattr(units, "_plain", lambda unit: asked.append(unit) or plain(unit))
    table = downloaded(*rows())
    asked.clear()
    examined(table)
    assert 0 < len(asked) < len(table)


@pytest.mark.parametrize("order", ["in turn", "one after the other"])
def test_a_large_table_is_examined_in_parts_and_nothing_else_is_found(monkeypatch, order):
    made = rows()
    if order != "in turn":
        made.sort(key=lambda row: str(row["indicator"]))
    table = downloaded(*made)
    whole = examined(table)
    checks = {finding.check for finding in whole.findings}
    across = {"text_is_a_date", "name_of_another_area"}
    assert across < checks
    assert len(checks - across) >= 3
    monkeypatch.setattr(import_module("ineqlib.sources.plausible.examine"), "BLOCK", 50)
    parts = examined(table)
    assert parts.kept.tolist() == whole.kept.tolist()
    assert set(parts.findings) == set(whole.findings)
    assert len(parts.findings) == len(whole.findings)


def test_small_tables_are_asked_together_and_alone_only_by_what_may_doubt_them():
    """A table with an indicator of another is not put together with it: rows would be compared."""
    usual = [
        {"indicator": "Share", "period": str(year), "value": 10.0} for year in range(2010, 2020)
    ]
    sound, other = downloaded(*usual), downloaded(*({**row, "indicator": "Rate"} for row in usual))
    tenfold = downloaded({**usual[0], "period": "2020", "value": 100.0})
    wrong = downloaded(*({**row, "indicator": "Life", "value": -1.0} for row in usual))
    tables = [sound, other, tenfold, wrong]
    possible = [
        {check.name for check in mine if not check.across}
        for mine in possible_checks(tables, Context(TODAY))
    ]
    assert possible[:2] == [set(), set()]
    assert "jump_between_periods" in possible[2], "which is alone, and asked by every check"
    assert possible[3] == {"minus_one"}
