"""Published labels are recomputed: what is planted is found, what cannot be known is not judged."""

import pandas as pd
import pytest

from ineqlib.audit import audit_labels
from ineqlib.audit.labels import LabelReport
from ineqlib.errors import ContradictionError, InputError
from ineqlib.sources.published_labels import read_labels

HEADING = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to Region value or percentiles,"
    "Time period Sortable,New data,Compared to goal"
)
SMOKING, UNKNOWN, LIFE = "92443", "99999", "90366"
ENGLAND, REGION = "E92000001", "E12000006"


def line(code: str = "E07000243", **cells: object) -> str:
    given = {
        **{"id": SMOKING, "name": "Invented", "parent": REGION, "kind": "", "category": ""},
        **{"period": "2024", "value": "", "low": "", "high": "", "low998": "", "high998": ""},
        **{"count": "", "out_of": "", "trend": "", "label": "", "of_parent": ""},
    } | cells
    return (
        "{id},{name},{parent},,{code},Place,District,Persons,18+ yrs,{kind},{category},{period},"
        "{value},{low},{high},{low998},{high998},{count},{out_of},,{trend},{label},{of_parent},"
        "20240000,,"
    ).format(**given, code=code)


def audited(*lines: str) -> LabelReport:
    return audit_labels(read_labels("\n".join([HEADING, *lines, ""]).encode()))


def england(value: float = 12.3456781, **cells: object) -> str:
    return line(ENGLAND, parent="", value=value, low=value - 0.1, high=value + 0.1, **cells)


def areas(*labels: str, id: str = SMOKING) -> list[str]:
    """Areas that are far below England's 12.3, each with a label."""
    return [
        line(f"E0700{n:04}", id=id, value=9.1234567 + n / 100, low=8.5, high=11.2345671, label=text)
        for n, text in enumerate(labels, start=8)
    ]


def only(report: LabelReport) -> dict[str, object]:
    (finding,) = report.findings.to_dict("records")
    return finding


def test_a_label_agrees_and_the_finding_says_by_which_rule() -> None:
    report = audited(england(), *areas(*["Better"] * 5))
    assert report.findings["verdict"].tolist() == ["agrees"] * 5
    assert "rule 1" in report.findings["rule"][0]
    report.require_none()


def test_an_exchanged_label_is_told_with_area_period_figures_and_ours() -> None:
    report = audited(england(), *areas("Better", "Better", "Better", "Better", "Worse"))
    (wrong,) = report.wrong.to_dict("records")
    expected = {"indicator": SMOKING, "area_code": "E07000012", "period": "2024", "ours": "better"}
    assert expected.items() <= wrong.items()
    assert wrong["figures"] == "9.24346 (8.5 to 11.2346); Place 12.3457"
    assert "on the other side" in report.as_text(20)
    with pytest.raises(ContradictionError, match="1 published label contradict"):
        report.require_none()


def test_the_ends_of_the_limits_are_within() -> None:
    at_end = line("E07000240", value=11.1, low=10.2, high=12.3456781, label="Better")
    report = audited(england(), *areas(*["Better"] * 6), at_end)
    assert report.wrong["ours"].tolist() == ["similar"]
    assert report.wrong["why"].tolist() == ["Place's value is an end of the area's 95% limits"]


def test_within_their_rounding_figures_contradict_nothing() -> None:
    rounded = [
        line(f"E0700{n:04}", value=9.1, low=8.5, high=11.2, label="Better") for n in range(8, 14)
    ]
    at_end = line("E07000240", value=11.1, low=10.2, high=12.3, label="Better")
    report = audited(line(ENGLAND, value=12.3, low=12.2, high=12.4), *rounded, at_end)
    assert report.findings["verdict"].tolist() == ["agrees"] * 7


def test_a_polarity_against_the_meaning_is_told_of_every_label_it_turns() -> None:
    report = audited(england(), *areas(*["Worse"] * 4))
    assert len(report.wrong) == 4
    assert report.wrong["why"].str.startswith("wrong polarity: a high value is bad").all()
    assert set(report.wrong["ours"]) == {"better"}


def test_of_an_indicator_that_nobody_knows_the_labels_settle_the_polarity() -> None:
    report = audited(england(id=UNKNOWN), *areas(*["Worse"] * 4, "Better", id=UNKNOWN))
    assert report.wrong["published"].tolist() == ["Better"]


def test_without_limits_only_the_side_is_judged() -> None:
    bare = [
        line("E07000240", value=9.5, label="Better"),
        line("E07000241", value=9.5, label="Worse"),
        line("E07000242", value=9.5, label="Similar"),
    ]
    report = audited(line(ENGLAND, value=12.3), *bare)
    assert report.findings["verdict"].tolist() == [
        "cannot be recomputed",
        "wrong",
        "cannot be recomputed",
    ]


def test_an_indicator_compared_at_99_8_is_not_called_wrong() -> None:
    def area(n: int, label: str, half: float) -> str:
        wide = {"low998": 10 - 1.58 * half, "high998": 10 + 1.58 * half}
        code = f"E0700{n:04}"
        return line(code, value=10, low=10 - half, high=10 + half, label=label, **wide)

    labels = [area(n, "Similar", 1.91234567) for n in range(8, 20)]
    report = audited(england(), *labels, *(area(n, "Better", 1.01234567) for n in range(20, 30)))
    assert set(report.findings["verdict"]) == {"agrees"}
    assert "rule 1 at 99.8%" in report.findings["rule"][0]


def test_a_label_of_fifths_or_one_of_a_group_is_left_open() -> None:
    grouped = line("E07000240", value=9.1234567, low=8.5, high=10.1, label="2nd quintile")
    kind = {"kind": "Ethnic groups", "category": "Asian"}
    of_group = line("E07000241", value=13.9, low=13, high=14.8, label="Better", **kind)
    report = audited(england(), *areas(*["Better"] * 5), grouped, of_group)
    left = report.findings[report.findings["verdict"] == "cannot be recomputed"]
    assert left["published"].tolist() == ["2nd quintile", "Better"]
    assert "unreliable" in left["why"].iloc[0]


def test_the_parent_area_is_compared_with_too() -> None:
    region = line(REGION, value=9.2, low=9.1, high=9.3)
    (good, bad) = (
        line(f"E0700024{n}", value=9.1234567, low=8.5, high=10.1, of_parent=text)
        for n, text in enumerate(("Similar", "Worse"))
    )
    report = audited(england(), region, good, bad)
    assert set(report.findings["label"]) == {"compared with the parent area"}
    assert report.findings["verdict"].tolist() == ["agrees", "wrong"]


def series(label: str, counts: tuple[int, ...] = (500, 560, 640, 700, 780), **cells: object) -> str:
    """Five years of a rising share, the newest with a label of trend."""
    lines = []
    for n, count in enumerate(counts):
        value = count / 50
        given = {"value": value, "low": value - 0.4, "high": value + 0.4, "out_of": 5000}
        newest = n == len(counts) - 1
        given |= {"count": count, "period": 2020 + n, "trend": label if newest else ""}
        lines.append(line(**(given | cells)))
    return "\n".join(lines)


def test_a_trend_agrees_by_both_methods() -> None:
    finding = only(audited(series("Increasing and getting worse")))
    assert finding["verdict"] == "agrees"
    assert finding["rule"] == "weighted regression, chi-squared for proportions"


def test_a_trend_the_other_way_is_found_and_the_known_fault_named() -> None:
    finding = only(audited(series("Decreasing and getting better")))
    assert (finding["verdict"], finding["ours"]) == ("wrong", "increasing")
    assert "not to set the direction of proportions" in finding["why"]
    assert finding["figures"] == "2020 10, 2021 11.2, 2022 12.8, 2023 14, 2024 15.6"


@pytest.mark.parametrize(
    ("label", "counts", "words"),
    [
        ("No significant change", (500, 560, 640, 700, 780), "show a trend"),
        ("Increasing and getting worse", (500, 505, 495, 503, 500), "show no trend"),
        ("Increasing and getting better", (500, 560, 640, 700, 780), "wrong polarity"),
    ],
)
def test_a_trend_that_is_none_and_one_that_is_judged_wrongly(
    label: str, counts: tuple[int, ...], words: str
) -> None:
    finding = only(audited(series(label, counts)))
    assert finding["verdict"] == "wrong"
    assert words in str(finding["why"])


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        (series("Cannot be calculated", (500, 560, 640)), "agrees", "fewer than 5"),
        (series("Increasing", (500, 560, 640)), "cannot be recomputed", "fewer than 5"),
        (series("Cannot be calculated", id=LIFE), "agrees", "rates and proportions"),
        (series("Cannot be calculated"), "cannot be recomputed", "does not say why"),
    ],
)
def test_what_the_rule_gives_no_trend_for(text: str, verdict: str, words: str) -> None:
    finding = only(audited(text))
    assert finding["verdict"] == verdict
    assert words in f"{finding['rule']}{finding['why']}"


def test_a_gap_ends_the_run_of_points() -> None:
    gap = series("Increasing and getting worse").split("\n")
    gap[1] = line(period=2021)
    finding = only(audited("\n".join(gap)))
    assert (finding["verdict"], "fewer than 5" in str(finding["why"])) == (
        "cannot be recomputed",
        True,
    )


def test_a_file_without_labels_and_one_that_is_no_download_are_told_so() -> None:
    assert audited(england()).summary.startswith("No published label")
    other = b"area_code,area_name,period,indicator,value\nE07000243,Stevenage,2024,Mine,3\n"
    with pytest.raises(InputError, match="not a Fingertips download"):
        read_labels(other)
    with pytest.raises(InputError, match="Rows with labels lack"):
        audit_labels(pd.DataFrame({"indicator": ["a"]}))
