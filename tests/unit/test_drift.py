"""What publishers say is held against the catalogue: a fault of theirs, or an edit of ours."""

import json
import shutil
from pathlib import Path

import pytest

from ineqlib.audit import DriftReport, find_drift
from ineqlib.audit.disagreements import DECIDE, DIFFERENCE, EDIT, FAULT, polarity_by_name
from ineqlib.audit.drift import ACCEPTED, retired
from ineqlib.catalogue import load_catalogue, read_catalogue
from ineqlib.catalogue.accepted import Accepted, accepted_drift
from ineqlib.catalogue.loader import HERE
from ineqlib.errors import ContradictionError, InputError
from ineqlib.sources.publisher_facts import read_facts

HEADING = "Indicator ID,Indicator,Definition,Unit,Value type,Year type,Polarity"
NEXT = (
    "IndicatorID,Polarity,BenchmarkComparisonMethod,ValueType,IndicatorName,PeriodType,Frequency,"
    "RequiresGeoAggregation"
)


def metadata(id: str, polarity: str, **changes: str) -> str:
    """A row of metadata that says what the catalogue says, but for its polarity and changes."""
    indicator, _ = load_catalogue().find("fingertips", id) or (None, None)
    assert indicator
    kind = {"rate": "Crude rate", "life_expectancy": "Life expectancy"}.get(
        indicator.value_type, indicator.value_type.capitalize()
    )
    cells = {"name": indicator.name, "unit": indicator.unit, "type": kind} | changes
    return f'{id},"{cells["name"]}",Text,{cells["unit"]},{cells["type"]},Calendar,{polarity}'


def drift(*lines: str, heading: str = HEADING, **options: object) -> DriftReport:
    content = "\r\n".join([heading, *lines, ""]).encode()
    catalogue = options.pop("catalogue", load_catalogue())
    return find_drift(read_facts(content, "metadata.csv"), catalogue, **options)


def only(report: DriftReport) -> dict[str, str]:
    (finding,) = report.findings.to_dict("records")
    return finding


def test_what_agrees_is_not_told() -> None:
    report = drift(
        metadata("90366", "RAG - High is good   "),
        metadata("92443", "RAG - Low is good   "),
        "99999,Invented,Text,%,Proportion,Calendar,Not applicable",
    )
    assert (len(report.findings), report.compared, report.unknown) == (0, 2, 1)
    report.require_none()


@pytest.mark.parametrize(
    ("line", "heading", "indicator"),
    [
        (metadata("90366", "RAG - Low is good   "), HEADING, "life_expectancy"),
        ("90362,Low is good,,,,,annually,False", NEXT, "healthy_life_expectancy"),
        ("92033,High is good,,,,,annually,False", NEXT, "year_6_obesity_5_years"),
    ],
)
def test_a_polarity_against_the_meaning_is_the_publishers_fault_and_no_edit(
    line: str, heading: str, indicator: str
) -> None:
    report = drift(line, heading=heading)
    found = only(report)
    assert (found["kind"], found["indicator"], found["edit"]) == (FAULT, indicator, "")
    assert "the publisher's flag is wrong" in report.as_text()
    report.require_none()


def test_a_wrong_polarity_of_the_catalogue_gets_its_edit_as_a_diff(tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "catalogue")
    file = tmp_path / "catalogue" / "indicators" / "F.yml"
    before = file.read_text(encoding="utf-8")
    entry = before.index("  - id: inactive_adults\n")
    at = before.index("    polarity: adverse\n", entry)
    text = before[:at] + before[at:].replace("polarity: adverse", "polarity: favourable", 1)
    file.write_text(text, encoding="utf-8")
    catalogue = read_catalogue(file.parents[1])
    assert catalogue["inactive_adults"].polarity == "favourable"
    line = metadata("93015", "RAG - Low is good   ")
    report = drift(line, catalogue=catalogue, folder=file.parents[1])
    found = only(report)
    assert found["kind"] == EDIT
    assert "+++ b/ineqlib/catalogue/indicators/F.yml" in found["edit"]
    assert "-    polarity: favourable\n+    polarity: adverse\n" in found["edit"]
    assert file.read_text(encoding="utf-8") == text
    with pytest.raises(ContradictionError, match=r"1 disagreement .* Nothing was changed"):
        report.require_none()


@pytest.mark.parametrize(
    ("changes", "key", "kind", "edit"),
    [
        ({"unit": "per 1000"}, "unit", EDIT, '+    unit: "per 1000"'),
        ({"type": "Crude rate"}, "value_type", EDIT, "+    value_type: rate"),
        ({"name": "Smoking of adults now"}, "name", EDIT, '+    name: "Smoking of adults now"'),
        ({"name": "Visits to a library"}, "name", DECIDE, ""),
    ],
)
def test_what_is_the_publishers_own_is_edited_or_decided(
    changes: dict[str, str], key: str, kind: str, edit: str
) -> None:
    found = only(drift(metadata("92443", "RAG - Low is good   ", **changes)))
    assert (found["key"], found["kind"]) == (key, kind)
    assert edit in found["edit"]


def test_a_publisher_that_makes_no_judgement_asks_for_no_edit() -> None:
    report = drift(metadata("92443", "BOB - Blue orange blue"))
    assert only(report)["kind"] == DIFFERENCE
    report.require_none()


def test_rows_of_figures_tell_ages_sexes_and_levels() -> None:
    heading = "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Time period,Value"
    name = load_catalogue()["smoking_adults"].name
    report = drift(
        f'92443,"{name}",E92000001,England,Persons,19+ yrs,2024,12.1',
        f'92443,"{name}",E05000001,A ward,Persons,19+ yrs,2024,13.1',
        heading=heading,
    )
    kinds = report.findings.set_index("key")["kind"].to_dict()
    assert kinds == {"age": EDIT, "area_levels": DIFFERENCE}
    assert '+    age: "19+ yrs"' in report.findings["edit"].iloc[0]


def test_the_list_behind_the_successors_search_tells_names_and_ages() -> None:
    entry = {
        "indicatorID": 93015,
        "indicatorName": "Physically inactive in adults aged 25 years and over",
        "polarity": "Low is good",
        "unitLabel": "%",
        "valueType": "Proportion",
        "periodType": "Yearly",
        "associatedAreaCodes": ["E92000001", "E07000243"],
    }
    facts = read_facts(json.dumps([entry]).encode(), "search.json")
    report = find_drift(facts, load_catalogue())
    assert report.findings.set_index("key")["kind"].to_dict() == {"name": DIFFERENCE, "age": DECIDE}


def test_explore_statistics_is_compared_by_its_own_ids_and_retired_ones_are_found() -> None:
    geography = {"levels": ["ctry"]}
    entries = [
        {"slug": "cigarette-smokers", "code": "Cigarette smokers", "geography": geography},
        {"slug": "new", "code": "Invented", "geography": geography},
    ]
    entries[0]["suffix"] = " per 1,000"
    facts = read_facts(json.dumps(entries).encode(), "the service")
    report = find_drift(facts, load_catalogue())
    assert (report.compared, report.unknown) == (1, 1)
    assert only(report)["key"] == "unit"
    gone = retired(facts, load_catalogue())
    assert "Female healthy life expectancy" in gone
    assert "Cigarette smokers" not in gone
    assert not [id for id in gone if id.isdigit()]


def test_what_is_accepted_is_counted_and_no_longer_told() -> None:
    line = "90362,Low is good,,,,,annually,False"
    known = Accepted("fingertips_next", "90362", "polarity", "Low is good", "A flag that is wrong.")
    report = drift(line, heading=NEXT, accepted=[known])
    assert only(report)["kind"] == ACCEPTED
    assert "healthy_life_expectancy" not in report.as_text()
    assert "accepted: 1" in report.as_text()
    other = drift(line.replace("Low is good", "No judgement"), heading=NEXT, accepted=[known])
    assert only(other)["kind"] == DIFFERENCE


def test_the_accepted_ones_of_the_package_name_indicators_and_reasons() -> None:
    catalogue = load_catalogue()
    assert accepted_drift()
    for entry in accepted_drift():
        assert catalogue.find("fingertips", entry.id), entry


def test_what_names_mean_never_contradicts_the_catalogue() -> None:
    told = 0
    for indicator in load_catalogue().indicators.values():
        meaning = polarity_by_name(indicator.name, indicator.value_type)
        told += bool(meaning)
        if indicator.polarity != "neutral":
            assert meaning in ("", indicator.polarity), indicator.name
    assert told > 60


def test_a_file_that_describes_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="does not describe indicators"):
        read_facts(b"a,b\n1,2\n", "other.csv")
    with pytest.raises(InputError, match="no list of descriptions"):
        read_facts(b'[{"name": 1}]', "other.json")
