"""What the interface of Stat-Xplore answers, saved as a file, is read. All figures are made up."""

import json
from typing import Any

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.recognise import recognise

AREA, MONTH, SEX = "str:field:UC:AREA", "str:field:UC:MONTH", "str:field:UC:SEX"
MEASURE = "str:count:UC:PEOPLE"
FIELDS = {
    AREA: ["str:value:UC:AREA:E07000243", "str:value:UC:AREA:E07000103"],
    MONTH: ["str:value:UC:MONTH:202505"],
    SEX: ["str:value:UC:SEX:1", "str:value:UC:SEX:2"],
}
LABELS = {AREA: ("Stevenage", "Watford"), MONTH: ("202505 (May-25)",), SEX: ("Male", "Female")}
NAMES = {AREA: "National - Regional - LA - OAs", MONTH: "Month", SEX: "Gender"}


def answer(values: Any = ([[10, None]], [[30, 45]]), **other: Any) -> bytes:
    fields = [
        {"uri": field, "label": NAMES[field], "items": [
            {"uris": [uri], "labels": [label]}
            for uri, label in zip(uris, LABELS[field], strict=True)]}
        for field, uris in FIELDS.items()
    ]  # fmt: skip
    whole = {
        "measures": [{"uri": MEASURE, "label": "People on Universal Credit"}],
        "fields": fields,
        "cubes": {MEASURE: {"values": values, "precision": 0}},
    }
    return json.dumps(whole | other).encode()


def test_a_table_is_read_as_the_services_files_are() -> None:
    content = answer()
    parsed = recognise(content).parse(content, {})
    rows = parsed.frame
    assert rows[["area_code", "area_name", "sex", "period"]].values.tolist() == [
        ["E07000243", "Stevenage", "Male", "May 2025"],
        ["E07000243", "Stevenage", "Female", "May 2025"],
        ["E07000103", "Watford", "Male", "May 2025"],
        ["E07000103", "Watford", "Female", "May 2025"],
    ]
    assert rows["status"].tolist() == ["ok", "not_available", "ok", "ok"]
    assert set(rows["indicator_name"]) == {"People on Universal Credit"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (answer(measures=[{"uri": "a", "label": "A"}, {"uri": "b", "label": "B"}]), "several"),
        (answer().replace(b":E0", b":Z-"), "without areas"),
        (answer(cubes={}), r"new layout \('str:count"),
        (answer([[[10, 20, 30]], [[45]]]), "3 figures where its fields have 2 items"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        recognise(content).parse(content, {})
