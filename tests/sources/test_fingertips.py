"""Promises about Fingertips downloads. The rows are made up, in the publisher's layout."""

import gzip
import io

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.beginning import head
from ineqlib.sources.layouts.fingertips import LAYOUTS, SOURCE
from ineqlib.sources.recognise import recognise

(LAYOUT,) = LAYOUTS
HEADING = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to percentiles,Time period Sortable,"
    "New data,Compared to goal"
)
CELLS = {
    "id": "90366",
    "name": "Life expectancy at birth",
    "code": "E07000243",
    "area": "Stevenage",
    "type": "District",
    "sex": "Male",
    "age": "All ages",
    "kind": "",
    "category": "",
    "period": "2021 - 23",
    "value": "78.9",
    "lower": "78.1",
    "upper": "79.7",
    "count": "",
    "denominator": "",
    "note": "",
    "compared": "Similar",
    "sortable": "",
}


def line(**cells: str) -> str:
    c = CELLS | cells
    quoted = {key: f'"{text}"' for key, text in c.items()}
    return (
        "{id},{name},E12000006,East,{code},{area},{type},{sex},{age},{kind},{category},{period},"
        "{value},{lower},{upper},,,{count},{denominator},{note},,{compared},,{sortable},,"
    ).format(**quoted)


def parse(*lines: str, heading: str = HEADING, **described: str) -> Parsed:
    text = "\n".join([heading, *lines]) + "\n"
    return LAYOUT.parse(text.encode(), described)


def only(**cells: str) -> pd.Series:
    frame = parse(line(**cells)).frame
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_row_is_read_whole() -> None:
    row = only(count="12", denominator="3,687")
    assert (row["publisher"], row["publisher_id"]) == ("fingertips", "90366")
    assert (row["area_code"], row["area_name"], row["area_type"]) == (
        "E07000243",
        "Stevenage",
        "lad",
    )
    assert (row["value"], row["lower_ci"], row["upper_ci"]) == (78.9, 78.1, 79.7)
    assert (row["count"], row["denominator"]) == (12, 3687)
    assert row["period"] == "2021 - 23"
    assert row["period_end"] == pd.Timestamp("2023-12-31")
    assert (row["status"], row["source"], row["comparison"]) == ("ok", "fingertips", "similar")


def test_a_file_is_recognised_by_its_heading_whatever_column_23_is_called() -> None:
    for name in ("Compared to percentiles", "Compared to Region value or percentiles", "x"):
        heading = HEADING.replace("Compared to percentiles", name)
        assert LAYOUT.matches(head(f"\ufeff{heading}\n{line()}".encode()))
        assert len(parse(line(), heading=heading).frame) == 1


def test_the_27_column_heading_is_read_too() -> None:
    assert len(parse(line() + ",3y", heading=HEADING + ",Time period range").frame) == 1


def test_byte_order_mark_mixed_line_ends_and_line_breaks_in_names_do_no_harm() -> None:
    broken = line(name="Life expectancy\n ")
    content = f"\ufeff{HEADING}\r\n{broken}\n{line(sex='Female')}\r\n"
    frame = LAYOUT.parse(content.encode(), {}).frame
    assert frame["indicator_name"].tolist() == ["Life expectancy", "Life expectancy at birth"]


def test_england_is_the_country_under_either_of_its_area_types() -> None:
    for kind in ("Country", "England"):
        assert only(code="E92000001", area="England", type=kind)["area_type"] == "country"


@pytest.mark.parametrize(("code", "kind"), [("E05000001", "ward"), ("E54000025", "icb")])
def test_wards_and_nhs_areas_are_kept(code: str, kind: str) -> None:
    assert only(code=code)["area_type"] == kind


@pytest.mark.parametrize(
    ("kind", "category", "dimension", "subgroup", "order"),
    [
        (
            "County & UA deprivation deciles in England (IMD2015)",
            "Most deprived decile (IMD2015)",
            "area_deprivation_decile:imd2015_county_ua",
            "Most deprived tenth",
            1,
        ),
        (
            "District & UA deprivation deciles in England (IMD2019, 4/23 geography)",
            "Fifth less deprived decile (IMD2019)",
            "area_deprivation_decile:imd2019_district_ua_4_23_geography",
            "Fifth least deprived tenth",
            6,
        ),
        (
            "LSOA21 deprivation deciles within area (IMD2019)",
            "Second most deprived decile",
            "local_deprivation_decile:imd2019",
            "Second most deprived tenth",
            2,
        ),
        (
            "LSOA11 deprivation quintiles within area (IMD  trend)",
            "Average deprived quintile",
            "local_deprivation_quintile:imd_trend",
            "Middle fifth",
            3,
        ),
        (
            "LSOA21 deprivation deciles in England (IMD2025)",
            "Least deprived decile",
            "national_deprivation_decile:iod2025",
            "Least deprived tenth",
            10,
        ),
    ],
)
def test_deprivation_groups_keep_kind_index_and_order(
    kind: str, category: str, dimension: str, subgroup: str, order: int
) -> None:
    row = only(kind=kind, category=category)
    assert (row["dimension"], row["subgroup"]) == (dimension, subgroup)
    assert row["subgroup_order"] == order


def test_other_groups_keep_the_publishers_words_and_have_no_order() -> None:
    row = only(kind="Ethnic groups", category="Mixed")
    assert (row["dimension"], row["subgroup"]) == ("Ethnic groups", "Mixed")
    assert pd.isna(row["subgroup_order"])


def test_groups_told_on_old_and_new_small_areas_are_kept_once_on_the_new() -> None:
    old, new = (f"LSOA{year} deprivation deciles within area (IMD2019)" for year in (11, 21))
    parsed = parse(
        line(kind=old, category="Most deprived decile", value="78.3"),
        line(kind=new, category="Most deprived decile", value="78.4"),
        line(kind=old, category="Most deprived decile", value="78.5", period="2011 - 13"),
    )
    assert parsed.frame["value"].tolist() == [78.4, 78.5]
    assert [out.rows for out in parsed.set_aside] == [1]


@pytest.mark.parametrize(
    ("kind", "category", "is_kept"),
    [
        ("IMD2019", "IMD2015", False),
        ("IMD2019", "IMD2019", True),
        ("IMD trend", "IMD2015", True),
    ],
)
def test_a_group_is_of_the_edition_that_its_groups_are_of(kind, category, is_kept) -> None:
    kind = f"LSOA11 deprivation deciles in England ({kind})"
    parsed = parse(line(), line(kind=kind, category=f"Most deprived decile ({category})"))
    assert len(parsed.frame) == 1 + is_kept
    reasons = [aside.reason for aside in parsed.set_aside]
    assert ["name two editions" in reason for reason in reasons] == [True] * (not is_kept)


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Value cannot be calculated as number of cases is too small", "not_available"),
        ("Value suppressed for disclosure control", "suppressed"),
        ("Value suppressed for disclosure control due to small count", "suppressed"),
        ("Small numbers suppressed", "suppressed"),
        ("Value not published for confidentiality reasons", "suppressed"),
        ("Value suppressed due to incompleteness of source data", "not_available"),
        ("Value not published for data quality reasons", "not_available"),
        ("Value missing in source data", "not_available"),
        ("", "not_available"),
    ],
)
def test_a_missing_value_says_why_and_keeps_its_count_unless_withheld(
    note: str, status: str
) -> None:
    row = only(value="", lower="", upper="", count="3", note=note)
    assert pd.isna(row["value"])
    assert (row["status"], row["note"]) == (status, note)
    assert pd.isna(row["count"]) == (status == "suppressed")


def test_limits_of_a_withheld_value_are_withheld_too() -> None:
    row = only(value="", note="Value suppressed")
    assert pd.isna(row["lower_ci"]) and pd.isna(row["upper_ci"])


@pytest.mark.parametrize(
    ("words", "comparison"),
    [
        ("Better", "better"),
        ("Higher 99.8", "higher"),
        ("Lower 99.8", "lower"),
        ("Better 95%", "better"),
        ("Worse 99.8", "worse"),
        ("Higher 95.0", "higher"),
        ("Not compared", ""),
        ("Highest quintile", ""),
        ("Worse 50", ""),
        ("", ""),
    ],
)
def test_the_comparison_is_kept_whatever_its_level_of_confidence(
    words: str, comparison: str
) -> None:
    assert only(compared=words)["comparison"] == comparison


@pytest.mark.parametrize(
    ("note", "status"),
    [
        (
            "Interpret with caution - see Notes section in Definitions for details",
            "low_reliability",
        ),
        ("There is a data quality issue with this value", "low_reliability"),
        ("Provisional", "provisional"),
        ("Value for Hackney and City of London combined", "ok"),
    ],
)
def test_a_value_with_a_note_keeps_both(note: str, status: str) -> None:
    row = only(note=note)
    assert (row["status"], row["note"], row["value"]) == (status, note, 78.9)


def test_zero_is_a_value() -> None:
    assert only(value="0", lower="0", upper="1")["status"] == "ok"


@pytest.mark.parametrize("text", ["90366.0", "90,366"])
def test_the_number_of_an_indicator_is_the_publishers_however_a_program_writes_it(text) -> None:
    assert only(id=text)["publisher_id"] == "90366"


def test_sex_not_applicable_is_persons() -> None:
    assert only(sex="Not applicable")["sex"] == "Persons"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"value": "about 80"}, "value cannot be read as a number"),
        ({"lower": "?"}, "lower_ci cannot be read as a number"),
        ({"value": "inf"}, "value cannot be read as a number"),
        ({"period": "recently"}, "period cannot be read"),
        ({"id": "9.24E+04"}, "Indicator ID is not a whole number: download the file again"),
        ({"id": ""}, "Indicator ID is not a whole number: download the file again"),
        ({"code": "A81001"}, "area code is not a GSS code (a letter and eight digits)"),
        ({"code": "W06000001"}, "outside England: Wales"),
        ({"sex": "Other"}, "sex is not Persons, Male or Female"),
        ({"value": "90"}, "value lies outside its own confidence limits"),
        ({"count": "-4"}, "count is negative"),
        ({"kind": "Ethnic groups"}, "has a dimension or a subgroup, but not both"),
    ],
)
def test_what_cannot_be_used_is_set_aside_counted_and_shown(
    cells: dict[str, str], reason: str
) -> None:
    parsed = parse(line(sex="Female"), line(**cells))
    assert len(parsed.frame) == 1
    (out,) = parsed.set_aside
    assert (out.reason, out.rows) == (reason, 1)
    assert out.examples[0].startswith("row 3: '")


def test_a_web_page_is_refused() -> None:
    with pytest.raises(InputError, match="is a web page"):
        LAYOUT.parse(b"<!DOCTYPE html><html>Service unavailable</html>", {})


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InputError, match="the file is empty"):
        LAYOUT.parse(b"\n", {})


def test_rows_longer_than_the_heading_are_refused() -> None:
    with pytest.raises(InputError, match="more cells than the heading"):
        parse(line() + ",extra", line() + ",extra")


def test_a_missing_column_is_named_with_its_nearest() -> None:
    heading = HEADING.replace("Time period,Value", "Time period,Valeu")
    with pytest.raises(
        InputError, match=r"1 column\(s\) are missing: 'Value' .Did you mean 'Valeu'"
    ):
        parse(line(), heading=heading)


def test_the_attribution_carries_the_date_of_download_when_stated() -> None:
    assert parse(line()).source == SOURCE
    assert "accessed 3 May 2026, https" in parse(line(), accessed="3 May 2026").source.attribution


def _saved_by(client: str) -> bytes:
    """Return two rows as a client writes them to a file, with its column of row numbers."""
    text = "\n".join([HEADING, line(), line(sex="Female", value="78.5")]) + "\n"
    table = pd.read_csv(io.StringIO(text))
    match client:
        case "fingertips_py":
            return table.to_csv().encode()
        case "fingertips_py, saved twice":
            return pd.read_csv(io.StringIO(table.to_csv())).to_csv().encode()
        case "workbook":
            file = io.BytesIO()
            table.to_excel(file)
            return file.getvalue()
    named = table.rename(
        columns=lambda name: name.replace(" ", "." if "data.frame" in client else "")
    )
    semicolons = {"sep": ";", "decimal": ","} if "csv2" in client else {}
    return named.set_axis([1, 2]).to_csv(na_rep="NA", index_label="", **semicolons).encode()


@pytest.mark.parametrize(
    "client",
    [
        "fingertips_py",
        "fingertips_py, saved twice",
        "fingertipsR",
        "fingertipsR, data.frame",
        "fingertipsR, data.frame, write.csv2",
        "workbook",
    ],
)
def test_what_clients_save_is_the_download(client: str) -> None:
    content = _saved_by(client)
    assert recognise(content).name == "Fingertips download"
    frame = recognise(content).parse(content, {}).frame
    expected = parse(line(), line(sex="Female", value="78.5")).frame
    pd.testing.assert_frame_equal(frame, expected)


@pytest.mark.real
def test_the_one_unaltered_download_is_read_whole(real_data) -> None:
    content = (real_data / "fingertips" / "indicators-CountyUA.data.csv").read_bytes()
    assert LAYOUT.matches(head(content))
    parsed = LAYOUT.parse(content, {})
    assert (len(parsed.frame), parsed.set_aside) == (852, ())
    assert parsed.frame["indicator_name"].unique().tolist() == [
        "Campylobacter incidence rate/100,000"
    ]
    kinds = parsed.frame["dimension"].value_counts()
    assert kinds["area_deprivation_decile:imd2015_county_ua"] == 30
    assert kinds["area_deprivation_decile:imd2015_district_ua"] == 30
    assert parsed.frame["status"].value_counts().to_dict() == {"ok": 842, "not_available": 10}


@pytest.mark.real
def test_real_value_notes_become_statuses(real_data) -> None:
    content = (real_data / "fingertips" / "excerpt_92196_90801_2022-24.csv").read_bytes()
    counts = LAYOUT.parse(content, {}).frame["status"].value_counts().to_dict()
    assert counts == {"ok": 37, "low_reliability": 25, "not_available": 6}


@pytest.mark.real
def test_the_large_file_loses_no_row(real_data) -> None:
    path = real_data / "fingertips_derived" / "native_layout_reconstructed.csv.gz"
    parsed = LAYOUT.parse(gzip.decompress(path.read_bytes()), {})
    assert (len(parsed.frame), parsed.set_aside) == (55_880, ())
    assert int(parsed.frame["value"].isna().sum()) == 1976


@pytest.mark.parametrize(
    ("period", "sortable", "length", "said"),
    [
        ("2022/23 Q4", "20220400", "3m", ""),
        ("2021 - 23", "20210000", "3y", ""),
        ("2021/22", "20210000", "1y", ""),
        ("2022 Q3", "20220300", "", ""),
        ("Aug 2018 - Jul 2019", "20180000", "1y", ""),
        ("2024", "20190000", "1y", "1 row(s) have another Time period"),
        ("2021 - 23", "20210000", "1y", "row 2: 2021 - 23, 20210000, 1y"),
        ("2024", "20240000", "3y", "1 row(s) have another Time period"),
    ],
)
def test_a_period_is_held_against_what_the_file_sorts_by(
    period: str, sortable: str, length: str, said: str
) -> None:
    row = line(period=period, sortable=sortable) + f",{length}"
    parsed = parse(row, heading=f"{HEADING},Time period range")
    assert said in " ".join(parsed.remarks) if said else parsed.remarks == ()


def test_years_that_a_spreadsheet_made_a_month_are_no_month() -> None:
    made = line(period="Dec-10", sortable="20100000")
    parsed = parse(made, line(period="2021 - 23", sortable="20210000"))
    assert parsed.frame["period"].tolist() == ["2021 - 23"]
    (out,) = parsed.set_aside
    assert (out.rows, out.examples) == (1, ("row 2: 'Dec-10'",))
    assert "a spreadsheet made Dec-10 of 2010-12" in out.reason
    assert parse(line(period="Dec-10", sortable="20100012")).set_aside == ()


@pytest.mark.parametrize(
    ("cell", "status"),
    [("[c]", "suppressed"), ("[X]", "not_available"), ("[z]", "not_applicable")],
)
def test_the_shorthand_of_official_statistics_is_read_in_any_download(
    cell: str, status: str
) -> None:
    row = only(value=cell, count="3", denominator="120")
    assert (row["status"], pd.isna(row["value"])) == (status, True)
    assert pd.isna(row["lower_ci"])
    assert pd.isna(row["count"]) == (status == "suppressed")


def test_a_count_of_minus_one_is_none_and_the_value_stays() -> None:
    row = only(count="-1", denominator="-1.0")
    assert (row["value"], pd.isna(row["count"]), pd.isna(row["denominator"])) == (78.9, True, True)


def test_limits_are_read_under_their_older_headings() -> None:
    older = HEADING.replace(" 95.0", "").replace("Lower CI 99.8 limit,Upper CI 99.8 limit,", "")
    cells = line().replace('"79.7",,,', '"79.7",')
    frame = parse(cells, heading=older).frame
    assert frame[["lower_ci", "upper_ci"]].to_numpy().tolist() == [[78.1, 79.7]]


@pytest.mark.parametrize(
    ("length", "first", "last"),
    [("1y", "2023-04-01", "2024-03-31"), ("2y", "2023-01-01", "2024-12-31")],
)
def test_a_dash_is_between_as_many_years_as_the_row_says(
    length: str, first: str, last: str
) -> None:
    parsed = parse(
        line(period="2023-24", sortable="20230000") + f",{length}",
        heading=f"{HEADING},Time period range",
    )
    row = parsed.frame.iloc[0]
    assert (row["period_start"], row["period_end"]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert parsed.remarks == ()
