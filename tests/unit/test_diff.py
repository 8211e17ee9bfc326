"""What changed since the last briefings is told by kind, document by document, and counted."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ineqlib.errors import InputError, UnknownArea
from ineqlib.publish.diff import (
    COLUMNS,
    COMPARED,
    EARLIER,
    GONE_DOCUMENT,
    GONE_INDICATOR,
    NEW_DOCUMENT,
    NEW_INDICATOR,
    NEW_PERIOD,
    NEWLY_DIFFERENT,
    NO_LONGER,
    REVISED,
    TURNED,
    Changes,
    compare_manifests,
    diff,
)
from ineqlib.publish.diff_text import MOST_LINES, as_text
from ineqlib.publish.manifest import Entry, Manifest

OLD = {
    "indicator": "smoking_adults",
    "sex": "Persons",
    "age": "18+ yrs",
    "period": "2023",
    "value": 12.5,
    "comparison": "similar",
}


def entry(code: str, *figures: dict[str, Any], **options: Any) -> Entry:
    given = {"status": "ready", "files": {"page.html": {"sha256": "0", "bytes": 1}}, **options}
    recipe = {"library": "ineqlib 0.1.0 (abc), Python 3.11"}
    name = f"Place {code[-1]}"
    return Entry("area_briefing", code, name, figures=list(figures), recipe=recipe, **given)


def manifest(*entries: Entry, title: str = "Figures") -> Manifest:
    return Manifest({each.key: each for each in entries}, {"title": title})


def between(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Kinds of change when one area's figure becomes another."""
    changes = compare_manifests(
        manifest(entry("X07000001", old)), manifest(entry("X07000001", new))
    )
    return list(changes.rows["kind"])


@pytest.mark.parametrize(
    ("new", "kinds"),
    [
        ({}, []),
        ({"value": 12.5 + 1e-13}, []),
        ({"value": 12.6}, [REVISED]),
        ({"value": None}, [REVISED]),
        ({"period": "2024", "value": 11.0}, [NEW_PERIOD]),
        ({"period": "2022"}, [EARLIER]),
        ({"period": "Survey wave 9"}, [NEW_PERIOD]),
        ({"comparison": "worse"}, [NEWLY_DIFFERENT]),
        ({"comparison": "not compared"}, [COMPARED]),
        ({"period": "2024", "comparison": "better"}, [NEWLY_DIFFERENT, NEW_PERIOD]),
        ({"sex": "Female"}, [NEW_INDICATOR, GONE_INDICATOR]),
    ],
)
def test_each_change_has_its_kind(new: dict[str, Any], kinds: list[str]) -> None:
    assert between(OLD, OLD | new) == kinds


def test_comparisons_turn_round_and_back() -> None:
    worse = OLD | {"comparison": "worse"}
    assert between(worse, OLD) == [NO_LONGER]
    assert between(worse, OLD | {"comparison": "better"}) == [TURNED]
    assert between(OLD | {"value": None}, OLD | {"value": None}) == []


def several() -> Changes:
    old = manifest(
        entry("X07000001", OLD), entry("X07000002", OLD), entry("X07000003", OLD), title="Old"
    )
    revised = OLD | {"value": 1234.567}
    new = manifest(
        entry("X07000001", OLD | {"period": "2024", "comparison": "worse"}),
        entry("X07000002", revised, status="failed"),
        entry("X07000004", OLD),
        title="New",
    )
    return compare_manifests(old, new)


def test_documents_that_came_and_went_are_told_and_rows_are_in_the_order_of_interest() -> None:
    changes = several()
    assert list(changes.rows.columns) == list(COLUMNS)
    assert list(changes.rows["kind"]) == [
        *(NEWLY_DIFFERENT, NEW_PERIOD, REVISED, NEW_DOCUMENT, GONE_DOCUMENT)
    ]
    assert changes.in_both == 2


def test_the_list_begins_with_both_sides_and_the_counts() -> None:
    lines = as_text(several()).splitlines()
    assert lines[:4] == [
        "From  “Old”, made with ineqlib 0.1.0 (abc)",
        "to    “New”, made with ineqlib 0.1.0 (abc); last attempt failed for Place 2",
        "",
        "2 documents in both; 5 changes in 4 areas.",
    ]
    assert "Newly different from the country (1 figure in 1 area)" in lines
    smoking = "Smoking prevalence in adults (aged 18 and over), current smokers"
    assert f"  {smoking}, similar → worse: Place 1" in lines
    assert any(line.endswith("2023 → 2024: Place 1") for line in lines)
    assert any(line.endswith("2023: Place 2 12.5 → 1,234.6") for line in lines)
    assert lines[-1] == "  Place 3 (area_briefing)"


def test_nothing_changed_is_said_in_so_many_words() -> None:
    same = manifest(entry("X07000001", OLD))
    assert as_text(compare_manifests(same, same)).endswith("1 document in both; nothing changed.")


def test_a_long_list_says_where_the_rest_is() -> None:
    figures = [OLD | {"indicator": f"own_{number}"} for number in range(MOST_LINES + 3)]
    later = [each | {"period": "2024"} for each in figures]
    text = as_text(
        compare_manifests(
            manifest(entry("X07000001", *figures)), manifest(entry("X07000001", *later))
        )
    )
    assert text.endswith("  and 3 more; --out has them all")


def test_an_area_never_published_has_no_figures_to_compare() -> None:
    unpublished = entry("X07000001", files={}, status="failed")
    changes = compare_manifests(manifest(unpublished), manifest(entry("X07000001", OLD)))
    assert list(changes.rows["kind"]) == [NEW_DOCUMENT]
    assert changes.old.failed == ("Place 1",)


def test_one_area_alone_by_name_or_code() -> None:
    changes = several()
    assert list(changes.of("place 2").rows["kind"]) == [REVISED]
    assert list(changes.of("X07000001").rows["kind"]) == [NEWLY_DIFFERENT, NEW_PERIOD]
    with pytest.raises(UnknownArea, match="Did you mean 'Place 2'"):
        changes.of("Plaice 2")


def test_two_folders_are_read_and_a_missing_one_named(tmp_path: Path) -> None:
    manifest(entry("X07000001", OLD)).write(tmp_path)
    assert diff(tmp_path, tmp_path / "manifest.json").rows.empty
    with pytest.raises(InputError, match="no manifest"):
        diff(tmp_path, tmp_path / "nowhere")


def test_two_documents_about_one_area_are_compared_each_with_its_own() -> None:
    briefing = entry("X07000001", OLD)
    other = replace(briefing, document="methods", figures=[OLD | {"value": 1.0}])
    changed = replace(other, figures=[OLD | {"value": 2.0}])
    changes = compare_manifests(manifest(briefing, other), manifest(briefing, changed))
    assert changes.rows[["document", "kind"]].to_numpy().tolist() == [["methods", REVISED]]
    assert changes.in_both == 2
