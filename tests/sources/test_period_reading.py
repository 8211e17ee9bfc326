"""What settles which of two readings of a period is meant: never habit."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.period_reading import UNREADABLE, check_period_kind, read_periods

FINANCIAL, POOLED = ("2023-04-01", "2024-03-31"), ("2023-01-01", "2024-12-31")


def read(
    *texts: str, years: float | None = None, kind: str = "", series: str = ""
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Read periods of one series, or of as many as `series` has letters."""
    frame = pd.Series(texts)
    names = pd.Series(list(series or "a" * len(texts)))
    read, unread = read_periods(frame, names, pd.Series(years, frame.index, "float64"), kind)
    spans = {
        text: (str(span.start.date()), str(span.end.date())) for (_, text), span in read.items()
    }
    return spans, list(unread.values())


@pytest.mark.parametrize("text", ["2023-24", "2023 to 2024", "23-24"])
def test_nothing_that_settles_it_is_a_question(text: str) -> None:
    spans, (reason,) = read(text)
    assert spans == {}
    assert "one financial year, or 2 calendar years?" in reason
    assert "`period_kind: financial_year`" in reason


@pytest.mark.parametrize("text", ["2023-24", "2023 to 2024", "23-24"])
@pytest.mark.parametrize(
    ("kind", "span"), [("financial_year", FINANCIAL), ("calendar_years", POOLED)]
)
def test_the_description_settles_it(text: str, kind: str, span: tuple[str, str]) -> None:
    assert read(text, kind=kind) == ({text: span}, [])


@pytest.mark.parametrize(("years", "span"), [(1, FINANCIAL), (2, POOLED)])
def test_the_catalogue_settles_it(years: float, span: tuple[str, str]) -> None:
    assert read("2023-24", years=years) == ({"2023-24": span}, [])


def test_a_catalogue_that_fits_neither_settles_nothing() -> None:
    assert read("2023-24", years=3)[0] == {}


def test_the_other_rows_of_the_series_settle_it() -> None:
    assert read("2023-24", "2022/23")[0]["2023-24"] == FINANCIAL
    assert read("2010-11", "2010-05")[0]["2010-11"] == ("2010-11-01", "2010-11-30")
    assert read("201112", "201213")[0]["201112"] == ("2011-04-01", "2012-03-31")


def test_other_series_of_the_file_settle_it_only_if_written_alike() -> None:
    assert read("2010-11", "2010-05", series="ab")[0]["2010-11"] == ("2010-11-01", "2010-11-30")
    assert read("2023-24", "2022/23", series="ab")[0] == {"2022/23": ("2022-04-01", "2023-03-31")}


def test_months_of_a_yearly_indicator_are_months() -> None:
    assert read("2010-11", "2010-05", years=1)[0]["2010-11"] == ("2010-11-01", "2010-11-30")


def test_rows_and_catalogue_that_disagree_are_a_question() -> None:
    spans, (reason,) = read("2023-24", "2020/21", years=2)
    assert "2023-24" not in spans
    assert "2 calendar years" in reason


def test_three_years_together_say_nothing_of_two() -> None:
    assert "2023-24" not in read("2023-24", "2019-21")[0]


def test_four_digits_are_a_year_unless_others_are_two_years() -> None:
    assert read("2021")[0]["2021"] == ("2021-01-01", "2021-12-31")
    assert read("2021", "2022")[0]["2021"] == ("2021-01-01", "2021-12-31")
    assert read("2021", "2122", "2223")[0]["2021"] == ("2020-04-01", "2021-03-31")
    assert read("1920", "2021")[0]["2021"] == ("2020-04-01", "2021-03-31")


def test_what_is_no_period_is_not_asked_about() -> None:
    assert read("soon") == ({}, [UNREADABLE])


def test_a_kind_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean 'financial_year'"):
        check_period_kind("financial year")
    assert check_period_kind("") == ""


@pytest.mark.parametrize("others", [["2020", "2023"], ["2120", "2123"], ["2022"], []])
@pytest.mark.parametrize("text", ["2122", "1920"])
def test_a_year_of_the_wrong_century_is_no_financial_year(text: str, others: list[str]) -> None:
    spans, reasons = read(text, *others)
    assert text not in spans
    assert "a year whose century is mistyped" in reasons[0]
    assert "`period_kind: financial_year`" in reasons[0]


@pytest.mark.parametrize(
    ("months", "others"),
    [
        (["Dec-10", "Apr-02"], ["2011-13", "2012-14"]),
        (["Oct-14", "Nov-15"], ["13-17", "14-18"]),
        (["Dec-11"], ["2012/13", "2013/14"]),
    ],
)
def test_years_that_a_spreadsheet_made_months_are_asked_about(
    months: list[str], others: list[str]
) -> None:
    spans, reasons = read(*months, *others)
    assert spans.keys() == set(others)
    assert f"the month {months[0]}, or 20" in reasons[0]
    assert f"with {others[-1]} in other rows" in reasons[0]


@pytest.mark.parametrize("others", [["2021", "2022"], ["Nov-10", "2011-13"], ["2012-17"]])
def test_months_that_give_no_years_like_the_others_are_months(others: list[str]) -> None:
    assert read("Dec-10", *others)[0]["Dec-10"] == ("2010-12-01", "2010-12-31")


def test_the_other_series_of_a_file_tell_the_century() -> None:
    assert "2122" not in read("2122", "2018", "2019", series="abb")[0]
    assert read("2122", "1718", series="ab")[0]["2122"] == ("2021-04-01", "2022-03-31")
    assert read("2122", "2223", "2018", series="aab")[0]["2122"] == ("2021-04-01", "2022-03-31")


def test_two_years_run_together_stand_where_the_description_says_so() -> None:
    spans, _ = read("2122", "2021", kind="financial_year")
    assert spans["2122"] == ("2021-04-01", "2022-03-31")
    assert spans["2021"] == ("2020-04-01", "2021-03-31")
    assert "2122" not in read("2122", kind="calendar_year")[0]


def test_two_years_run_together_that_are_near_no_year_need_no_others() -> None:
    assert read("2324")[0]["2324"] == ("2023-04-01", "2024-03-31")
