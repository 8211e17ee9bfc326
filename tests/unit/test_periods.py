"""Promises about reading and writing periods."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ineqlib.period_grammar import readings
from ineqlib.periods import parse_period, period_label, plain

YEARS = st.integers(1950, 2080)


def days(text: str) -> list[str]:
    return [day.date().isoformat() for day in parse_period(text)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022/23", "2022-04-01", "2023-03-31"),
        ("2022/2023", "2022-04-01", "2023-03-31"),
        ("2021 - 23", "2021-01-01", "2023-12-31"),
        ("2021-2023", "2021-01-01", "2023-12-31"),
        ("2021 – 23", "2021-01-01", "2023-12-31"),
        ("2013 to 2015", "2013-01-01", "2015-12-31"),
        ("2020/21 - 24/25", "2020-04-01", "2025-03-31"),
        ("2020/21 to 2024/25", "2020-04-01", "2025-03-31"),
        ("March 2023", "2023-03-01", "2023-03-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("Sept. 2024", "2024-09-01", "2024-09-30"),
        ("Oct 2021-Sep 2022", "2021-10-01", "2022-09-30"),
        ("2022 Q1", "2022-01-01", "2022-03-31"),
        ("2022Q3", "2022-07-01", "2022-09-30"),
        ("2021/22 Q1", "2021-04-01", "2021-06-30"),
        ("2021/22 Q4", "2022-01-01", "2022-03-31"),
        ("2021/22 Q1 - 2021/22 Q4", "2021-04-01", "2022-03-31"),
        ("2021/22 Q1 - 2022/23 Q1", "2021-04-01", "2022-06-30"),
        ("2022-03-15", "2022-03-15", "2022-03-15"),
        ("2022-01-01/P3Y", "2022-01-01", "2024-12-31"),
        ("2022-09-01/P12M", "2022-09-01", "2023-08-31"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("2001-12", "2001-12-01", "2001-12-31"),
        ("202403", "2024-03-01", "2024-03-31"),
        ("03/2023", "2023-03-01", "2023-03-31"),
        ("Jan-24", "2024-01-01", "2024-01-31"),
        ("2024 Jan", "2024-01-01", "2024-01-31"),
        ("Jan-Mar 2023", "2023-01-01", "2023-03-31"),
        ("23/24", "2023-04-01", "2024-03-31"),
        ("98/99", "1998-04-01", "1999-03-31"),
        ("2324", "2023-04-01", "2024-03-31"),
        ("1718", "2017-04-01", "2018-03-31"),
        ("1920", "2019-04-01", "2020-03-31"),
        ("202324", "2023-04-01", "2024-03-31"),
        ("201516", "2015-04-01", "2016-03-31"),
        ("20232024", "2023-04-01", "2024-03-31"),
        ("FY 2023-24", "2023-04-01", "2024-03-31"),
        ("financial year 2023 to 2024", "2023-04-01", "2024-03-31"),
        ("2023-24 academic year", "2023-04-01", "2024-03-31"),
        ("2020-21 to 2022-23", "2020-04-01", "2023-03-31"),
        ("21-23", "2021-01-01", "2023-12-31"),
        ("2022-24", "2022-01-01", "2024-12-31"),
        ("Q1 2022", "2022-01-01", "2022-03-31"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("2022-23 Q2", "2022-07-01", "2022-09-30"),
        ("Q3 2022/23", "2022-10-01", "2022-12-31"),
        ("2019/20 Q1-Q3", "2019-04-01", "2019-12-31"),
        ("2019 Q2 - 2020 Q1", "2019-04-01", "2020-03-31"),
        ("mid-2022", "2022-06-30", "2022-06-30"),
        ("year ending March 2023", "2022-04-01", "2023-03-31"),
        ("12 months to June 2024", "2023-07-01", "2024-06-30"),
        ("3 years ending 31 December 2022", "2020-01-01", "2022-12-31"),
        ("15 March 2010", "2010-03-15", "2010-03-15"),
        ("1 April 2022 to 31 March 2023", "2022-04-01", "2023-03-31"),
        ("2022-01-01/2024-12-31", "2022-01-01", "2024-12-31"),
        ("2023 / 24", "2023-04-01", "2024-03-31"),
        ("Academic year: 2022/23", "2022-04-01", "2023-03-31"),
        ("2023/24 (financial year)", "2023-04-01", "2024-03-31"),
        ("SY2023/24", "2023-04-01", "2024-03-31"),
        ("FYE 2024", "2023-04-01", "2024-03-31"),
        ("financial year ending March 2024", "2023-04-01", "2024-03-31"),
        ("y/e March 2024", "2023-04-01", "2024-03-31"),
        ("YE Mar 24", "2023-04-01", "2024-03-31"),
        ("12 months to Mar 24", "2023-04-01", "2024-03-31"),
        ("CY 2023", "2023-01-01", "2023-12-31"),
        ("Quarter 1, 2024/25", "2024-04-01", "2024-06-30"),
        ("2024 Quarter 1", "2024-01-01", "2024-03-31"),
        ("Q1 24/25", "2024-04-01", "2024-06-30"),
        ("Q4-2023", "2023-10-01", "2023-12-31"),
        ("24/25 Q1", "2024-04-01", "2024-06-30"),
        ("Aug-23 to Jul-24", "2023-08-01", "2024-07-31"),
        ("Jan-Mar 24", "2024-01-01", "2024-03-31"),
        ("1/2024", "2024-01-01", "2024-01-31"),
        ("01-2024", "2024-01-01", "2024-01-31"),
        ("2024M01", "2024-01-01", "2024-01-31"),
        ("01/04/2023 - 31/03/2024", "2023-04-01", "2024-03-31"),
        ("31/03/2024", "2024-03-31", "2024-03-31"),
        ("1st April 2023 to 31st March 2024", "2023-04-01", "2024-03-31"),
        ("2023-04-01 to 2024-03-31", "2023-04-01", "2024-03-31"),
        ("2022 mid-year", "2022-06-30", "2022-06-30"),
        ("Census 2021", "2021-03-21", "2021-03-21"),
        ("2021\u20142023", "2021-01-01", "2023-12-31"),
        ("2023.0", "2023-01-01", "2023-12-31"),
        ("202324.0", "2023-04-01", "2024-03-31"),
        ("2021-2023 combined", "2021-01-01", "2023-12-31"),
        ("2022-2024 (3 years)", "2022-01-01", "2024-12-31"),
        ("2022-23 (1 year)", "2022-04-01", "2023-03-31"),
        ("2022-23, 2 years", "2022-01-01", "2023-12-31"),
        ("2021 - 23 (3 year pooled)", "2021-01-01", "2023-12-31"),
        ("3-year average 2021-23", "2021-01-01", "2023-12-31"),
        ("2021/22 - 23/24 (3 yrs)", "2021-04-01", "2024-03-31"),
        ("2023\u204424", "2023-04-01", "2024-03-31"),
        ("2023-24 (FY)", "2023-04-01", "2024-03-31"),
        ("H1 2023/24", "2023-04-01", "2023-09-30"),
        ("2023/24 H2", "2023-10-01", "2024-03-31"),
        ("H2 2023", "2023-07-01", "2023-12-31"),
        ("Q1/2023", "2023-01-01", "2023-03-31"),
        ("12 months ending Mar-24", "2023-04-01", "2024-03-31"),
        ("year ending 31-Mar-24", "2023-04-01", "2024-03-31"),
        ("31-Mar-24", "2024-03-31", "2024-03-31"),
        ("Apr-Mar 2023/24", "2023-04-01", "2024-03-31"),
        ("Sept to Aug 2023-24", "2023-09-01", "2024-08-31"),
        ("mid-2023 population estimate", "2023-06-30", "2023-06-30"),
    ],
)
def test_every_documented_form_is_read(text: str, first: str, last: str) -> None:
    assert days(text) == [first, last]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("1998 - 00", "1998-01-01", "2000-12-31"),
        ("1997/98 - 01/02", "1997-04-01", "2002-03-31"),
    ],
)
def test_two_digit_years_turn_the_century(text: str, first: str, last: str) -> None:
    assert days(text) == [first, last]


def test_white_space_around_and_inside_does_no_harm() -> None:
    assert days(" 2021  -\n23 ") == ["2021-01-01", "2023-12-31"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "22", "2022 Q5", "2022/23 Q0", "Foo 2022", "2022-13-01", "2022-02-30"),
        *("2023-03-01 00:00:00", "45000.5", "2022-01-01/P", "2022-01-01/P0Y"),
        *("2023 - 2021", "2022/2021", "Sep 2022 - Oct 2021", "2022/23 Q2 - 2022/23 Q1"),
        *("2023 (3 years)", "2021-23 (2 years)", "3 years to 2023", "Apr-Jun 2023/24"),
        *("2024-00", "2024-13", "2325", "202325", "1822", "2124", "1066-10-14", "2022-01-01/P999Y"),
        *("31 February 2024", "Oct-Mar 2023", "2023/24/25", "2022-2022"),
        # Which is the day, and which year, nothing says.
        *("01/04/2023", "01/04/2023 - 01/06/2023", "FY24", "FY 2024", "45292", "20240101"),
    ],
)
def test_what_is_no_period_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period that can be read") as caught:
        parse_period(text)
    assert f"'{text}'" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2022", "2022"),
        ("2021 - 23", "2021 to 2023"),
        ("2022/23", "2022/23"),
        ("1999/00", "1999/00"),
        ("2020/21 - 24/25", "2020/21 to 2024/25"),
        ("2022-09-01/P1Y", "2022/23"),
        ("March 2023", "March 2023"),
        ("2022 Q3", "Jul 2022 to Sep 2022"),
        ("2021/22 Q1 - 2022/23 Q1", "Apr 2021 to Jun 2022"),
        ("2010-03-15", "15 March 2010"),
        ("year ending June 2023", "Jul 2022 to Jun 2023"),
        ("2022-01-01/P2Y", "Jan 2022 to Dec 2023"),
        ("Aug 2022 - Jul 2023", "2022/23"),
    ],
)
def test_labels_are_written_as_people_read_them(text: str, label: str) -> None:
    assert period_label(*parse_period(text)) == label


@given(YEARS, st.integers(1, 12), st.integers(1, 130))
def test_a_label_is_read_back_as_its_period(year: int, month: int, months: int) -> None:
    # A school year of August or September is labelled, as it is published, like a financial year.
    start = pd.Timestamp(year, 4 if months % 12 == 0 and month in (8, 9) else month, 1)
    end = start + pd.DateOffset(months=months) - pd.Timedelta(days=1)
    assert parse_period(period_label(start, end)) == (start, end)


WRITTEN = st.one_of(
    st.builds("{:04}-{:02}".format, st.integers(1900, 2120), st.integers(0, 99)),
    st.builds("{:02}{:02}".format, st.integers(0, 99), st.integers(0, 99)),
    st.builds("{:04}{:02}".format, st.integers(1900, 2120), st.integers(0, 99)),
    st.builds("{:02}{}{:02}".format, st.integers(0, 99), st.sampled_from("-/"), st.integers(0, 99)),
    st.builds(
        "{:04}{}{:04}".format,
        *(st.integers(1850, 2120), st.sampled_from(["-", "/", " to ", " - "])),
        st.integers(1850, 2120),
    ),
    st.builds("{}/P{}Y".format, st.dates().map(str), st.integers(0, 9999)),
    st.text("0123456789-/ PQYMtoJanMarFYending", max_size=24),
)


@given(WRITTEN)
def test_whatever_is_written_has_possible_dates_or_none_and_never_breaks(text: str) -> None:
    for reading in readings(text):
        assert reading.start <= reading.end
        assert reading.start.year >= 1900
        again = readings(period_label(reading.start, reading.end))
        if reading.start.day == 1 and reading.end.is_month_end:
            same_name = reading.start.month in (8, 9) and reading.months % 12 == 0
            assert same_name or [(way.start, way.end) for way in plain(again)] == [reading[1:]]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2023-24", ["financial_year", "calendar_years"]),
        ("2023 to 2024", ["financial_year", "calendar_years"]),
        ("2023\u201124", ["financial_year", "calendar_years"]),
        ("2023/4", ["financial_year", "month"]),
        ("2023-4", ["financial_year", "calendar_years", "month"]),
        ("2021-3", ["calendar_years", "month"]),
        ("23-24", ["financial_year", "calendar_years"]),
        ("2001-03", ["calendar_years", "month"]),
        ("2011-12", ["financial_year", "calendar_years", "month"]),
        ("201112", ["financial_year", "month"]),
    ],
)
def test_two_readings_are_asked_about_never_chosen(text: str, kinds: list[str]) -> None:
    assert [reading.kind for reading in readings(text)] == kinds
    with pytest.raises(ValueError, match=f"can be read in {len(kinds)} ways") as caught:
        parse_period(text)
    for kind in kinds:
        assert f"`period_kind: {kind}`" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-04 to 2025-03", "2024-04 - 2025-03", "2024-04/2025-03", "2024-04\u20132025-03"),
        *("202404-202503", "04/2024 - 03/2025", "Apr-24 to Mar-25", "01-Apr-2024 to 31-Mar-2025"),
        *("2024-04-01/2025-03-31", "1 April 2024-31 March 2025", "2024-4 to 2025-3"),
    ],
)
def test_from_month_to_month_is_read_however_the_months_are_written(text: str) -> None:
    assert days(text) == ["2024-04-01", "2025-03-31"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-01 to 2025-04-01",  # is the last day the first that does not belong to it?
        "2025-03 to 2024-04",
        "2024-5 to 2025-6",  # two months, or 2024/25 to 2025/26?
    ],
)
def test_a_beginning_and_an_end_that_may_mean_two_things_are_not_read(text: str) -> None:
    assert readings(text) == ()


def test_days_that_make_no_whole_months_are_named_as_days() -> None:
    week = period_label(*parse_period("2023-03-13 to 2023-03-19"))
    assert week == "13 March 2023 to 19 March 2023"
    short = period_label(*parse_period("2024-04-01 to 2025-03-30"))
    assert short == "1 April 2024 to 30 March 2025"


@given(YEARS, st.integers(1, 12))
def test_financial_years_are_read_back(year: int, years: int) -> None:
    start = pd.Timestamp(year, 4, 1)
    end = start + pd.DateOffset(years=years) - pd.Timedelta(days=1)
    assert parse_period(period_label(start, end)) == (start, end)


@given(YEARS, st.integers(1, 4), st.integers(0, 20))
def test_quarters_follow_one_another_without_a_gap(year: int, quarter: int, more: int) -> None:
    def written(number: int) -> str:
        first = year + number // 4
        return f"{first}/{(first + 1) % 100:02d} Q{number % 4 + 1}"

    begin, end = quarter - 1, quarter - 1 + more
    span = parse_period(f"{written(begin)} - {written(end)}")
    assert span == (parse_period(written(begin))[0], parse_period(written(end))[1])
    assert parse_period(written(begin + 1))[0] == parse_period(written(begin))[1] + pd.Timedelta(
        days=1
    )


def test_a_cumulative_window_is_longer_each_quarter() -> None:
    ends = [parse_period(f"2021/22 Q1 - 2021/22 Q{quarter}")[1] for quarter in (1, 2, 3, 4)]
    assert ends == sorted(set(ends))
