"""The labels of the real files are recomputed, none is called wrong; planted errors are found."""

import csv
import io

import pytest

from ineqlib.audit import audit_labels
from ineqlib.audit.labels import LabelReport
from ineqlib.facts.published_labels import labels_of_pack
from ineqlib.sources.content import read_content
from ineqlib.sources.published_labels import ENGLAND, read_labels

GENUINE = "fingertips/indicators-CountyUA.data.csv"
EXCERPT = "fingertips/excerpt_92196_90801_2022-24.csv"
LOWER, UPPER, VALUE = "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Value"


@pytest.fixture(scope="module")
def rows_of(real_data):
    """Rows of a real file as dictionaries, to plant errors in."""

    def read(name: str) -> list[dict[str, str]]:
        text = (real_data / name).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return read


def audited(rows: list[dict[str, str]]) -> LabelReport:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows({name: cell or "" for name, cell in row.items() if name} for row in rows)
    return audit_labels(read_labels(text.getvalue().encode()))


def test_every_label_of_the_genuine_download_is_recomputed_and_none_is_called_wrong(
    real_data,
) -> None:
    report = audit_labels(read_labels(read_content(real_data / GENUINE)))
    assert report.counts["agrees"].to_dict() == {
        "compared with the country": 852,
        "compared with the parent area": 852,
        "recent trend": 182,
    }
    assert len(report.findings) == 852 + 852 + 182
    by_rule = report.findings["rule"].value_counts()
    assert by_rule["rule 1"] == 750 + 450


def test_the_sixty_labels_of_the_excerpt_are_recomputed(real_data) -> None:
    report = audit_labels(read_labels(read_content(real_data / EXCERPT)))
    assert set(report.findings["verdict"]) == {"agrees"}
    is_compared = report.findings["published"].isin(["Better", "Similar", "Worse"])
    compared = report.findings[is_compared]
    assert len(compared) == 60
    assert (compared["published"].str.lower() == compared["ours"]).sum() == 60


def test_a_label_that_was_exchanged_is_found(rows_of) -> None:
    rows = rows_of(GENUINE)
    planted = [row for row in rows if row[ENGLAND] == "Better"][40]
    planted[ENGLAND] = "Worse"
    (wrong,) = audited(rows).wrong.to_dict("records")
    assert (wrong["area_name"], wrong["published"]) == (planted["Area Name"], "Worse")
    assert (wrong["ours"], "on the other side" in wrong["why"]) == ("better", True)


@pytest.mark.parametrize("name", [GENUINE, EXCERPT])
def test_an_end_of_the_limits_taken_as_outside_is_found(rows_of, name: str) -> None:
    rows = rows_of(name)
    planted = next(row for row in rows if row[ENGLAND] == "Better")
    england = next(
        row
        for row in rows
        if row["Area Code"] == "E92000001"
        and not row["Category Type"]
        and all(row[key] == planted[key] for key in ("Indicator ID", "Time period", "Age"))
    )
    planted[UPPER] = england[VALUE]
    wrong = audited(rows).wrong
    (wrong,) = wrong[wrong["label"] == "compared with the country"].to_dict("records")
    assert (wrong["area_name"], wrong["ours"]) == (planted["Area Name"], "similar")
    assert "is an end of the area's 95% limits" in wrong["why"]


def test_labels_by_the_wrong_polarity_are_all_found(rows_of) -> None:
    rows = [row for row in rows_of(EXCERPT) if row["Indicator ID"] == "92196"]
    turned = {"Better": "Worse", "Worse": "Better"}
    for row in rows:
        row[ENGLAND] = turned.get(row[ENGLAND], row[ENGLAND])
    wrong = audited(rows).wrong
    assert len(wrong) == sum(row[ENGLAND] in turned for row in rows) == 6
    assert wrong["why"].str.startswith("wrong polarity").all()


def test_a_similar_that_is_none_and_a_worse_that_is_similar_are_found(rows_of) -> None:
    rows = rows_of(GENUINE)
    similar = [row for row in rows if row[ENGLAND] == "Similar"][100]
    worse = [row for row in rows if row[ENGLAND] == "Worse"][100]
    above = float(similar[VALUE]) > 96
    similar[ENGLAND], worse[ENGLAND] = "Worse" if above else "Better", "Similar"
    wrong = audited(rows).wrong
    assert set(wrong["area_name"]) == {similar["Area Name"], worse["Area Name"]}


def test_no_label_of_the_pack_of_the_real_files_is_called_wrong(pack) -> None:
    report = audit_labels(labels_of_pack(pack))
    assert len(report.wrong) == 0
    assert report.counts.loc["compared with the country", "agrees"] > 2_500
    # The pack keeps the trends that one file has.
    assert report.counts.loc["recent trend", "agrees"] > 60
