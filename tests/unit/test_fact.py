"""One fact, as it is written; and a table of facts, in which an id is one number."""

from dataclasses import replace

import pytest

from ineqlib.facts.deprivation_line import LineEnd
from ineqlib.facts.fact import Fact, FactTable, interval_text, published, value_text
from ineqlib.facts.profile import read_profile
from ineqlib.pack import Pack


def test_one_id_is_one_number() -> None:
    fact = Fact("a", 1.0, "1")
    table = FactTable([fact, Fact("a", 1.0, "1")])
    assert dict(table) == {"a": fact}
    with pytest.raises(ValueError, match="share the id a"):
        FactTable([fact, Fact("a", 2.0, "2")])


def test_the_file_of_facts_is_written_once() -> None:
    table = FactTable([Fact("a", 1.0, "1"), Fact("b", 2.0, "2")])
    first = table.csv
    assert "b,2.0,2" in first
    assert table.csv is first


def test_facts_are_found_however_deep_they_are() -> None:
    first, second, third, fourth = (Fact(name, 1.0, "1") for name in "abcd")
    end = LineEnd(0.5, fourth)
    table = FactTable.within({"x": [(first, "words")]}, None, [{"y": second}], third, end)
    assert list(table) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("status", "mark"), [("ok", ""), ("low_reliability", " [u]"), ("provisional", " [p]")]
)
def test_a_doubtful_value_is_marked(demo_pack: Pack, status: str, mark: str) -> None:
    profile = read_profile(demo_pack, "X07000001", comparators=[], indicator_set="headline")
    row = profile.rows[0]._replace(value=3.0, unit="%", status=status)
    assert published(row, 1).text == f"3.0%{mark}"


@pytest.mark.parametrize(
    ("status", "text"),
    [("suppressed", "[c]"), ("not_available", "[x]"), ("not_applicable", "[z]"), ("ok", "[x]")],
)
def test_missing_values_say_why(status: str, text: str) -> None:
    assert value_text(None, status) == text
    assert value_text(Fact("a", 1.0, "1%"), status) == "1%"


def test_an_interval_needs_both_limits() -> None:
    whole = Fact("a", 1.5, "1.5", decimals=1, lower_ci=1.0, upper_ci=2.0)
    assert interval_text(whole) == "1.0 to 2.0"
    assert interval_text(replace(whole, upper_ci=None)) == "[x]"
    assert replace(whole, lower_ci=None).limits is None
