"""Promises about what Nomis offers for download. The rows are made up, in its two layouts."""

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.base import Parsed
from ineqlib.sources.layouts import nomis
from ineqlib.sources.recognise import recognise

LONG = (
    "DATE,DATE_NAME,GEOGRAPHY_NAME,GEOGRAPHY_CODE,SEX_NAME,VARIABLE_NAME,MEASURES_NAME,OBS_VALUE,"
    "OBS_STATUS_NAME,RECORD_COUNT"
)
TITLES = '"Survey"\n"ONS Crown Copyright Reserved [from Nomis on 1 May 2026]"\n\n'
AREAS = '"local authority: district / unitary (as of April 2023)","mnemonic"'


def parse(content: str, name: str = "Nomis", **described: str) -> Parsed:
    layout = recognise(content.encode())
    assert layout.name == name
    return layout.parse(content.encode(), described)


def line(measure: str = "Variable", value: str = "70", status: str = "Normal Value") -> str:
    where = "2025-06,Jul 2024-Jun 2025,Stevenage,E07000243,Total"
    return f"{where},Employment rate,{measure},{value},{status},1"


def long(*lines: str, heading: str = LONG, **described: str) -> Parsed:
    return parse("\n".join([heading, *lines]) + "\n", **described)


def table(text: str, **described: str) -> Parsed:
    return parse(TITLES + text, "table of Nomis", **described)


def test_the_rows_of_one_figure_are_put_into_one() -> None:
    parsed = long(
        line(),
        line("Numerator", "700"),
        line("Denominator", "1000"),
        line("Confidence", "2.5"),
        line(value="").replace("Total", "Males"),
    )
    both, men = (row for _, row in parsed.frame.iterrows())
    assert (both["value"], both["lower_ci"], both["upper_ci"]) == (70, 67.5, 72.5)
    assert (both["count"], both["denominator"], both["unit"]) == (700, 1000, "%")
    assert (both["sex"], men["sex"]) == ("Persons", "Male")
    assert sum(out.rows for out in parsed.set_aside) + len(parsed.frame) == parsed.rows_read


def test_a_percentage_beside_its_number_in_rows_is_an_indicator_of_its_own() -> None:
    heading = "DATE_NAME,GEOGRAPHY_CODE,C2021_HEALTH_NAME,CELL_NAME,MEASURES_NAME,OBS_VALUE"
    cells = "2021,E07000243,Total,Good health"
    parsed = long(f"{cells},Value,310", f"{cells},Percent,41.5", heading=heading)
    named = parsed.frame[["indicator_name", "value", "unit"]].values.tolist()
    assert named == [["Good health", 310, ""], ["Good health (percent)", 41.5, "%"]]
    (alone,) = long(f"{cells},Percent,41.5", heading=heading).frame["indicator_name"]
    assert alone == "Good health"


def test_the_period_is_the_year_and_not_its_last_month() -> None:
    row = long(line()).frame.iloc[0]
    assert row["period_start"] == pd.Timestamp("2024-07-01")
    without = LONG.replace("DATE_NAME,", "")
    with pytest.raises(InputError, match="`period_kind: month`"):
        long(line().replace("Jul 2024-Jun 2025,", ""), heading=without)


@pytest.mark.parametrize(
    ("why", "status"),
    [
        ("Estimate not available: sample size is disclosive (0-2)", "suppressed"),
        ("Estimate unreliable since the group sample size is small (3-9)", "not_available"),
        ("These figures are missing.", "not_available"),
    ],
)
def test_the_words_of_the_status_tell_why_there_is_no_value(why: str, status: str) -> None:
    row = long(line(value="", status=why)).frame.iloc[0]
    assert (row["status"], row["note"]) == (status, why)


def test_a_file_that_nomis_cut_is_refused(monkeypatch) -> None:
    with pytest.raises(InputError, match="1 of 5,000 rows"):
        long(line().removesuffix("1") + "5000")
    monkeypatch.setattr(nomis, "GUEST_CELLS", 2)
    heading = LONG.removesuffix(",RECORD_COUNT")
    lines = [line().removesuffix(",1"), line("Numerator").removesuffix(",1")]
    with pytest.raises(InputError, match="exactly 2 rows"):
        long(*lines, heading=heading)


def test_classifications_are_groups_and_their_totals_are_everybody() -> None:
    heading = "DATE_NAME,GEOGRAPHY_CODE,CELL_NAME,C2021_ETH_20_NAME,OBS_VALUE"
    rows = long(
        "2021,E07000243,Residents,Total: All usual residents,90",
        "2021,E07000243,Residents,Asian,12",
        heading=heading,
    ).frame
    assert rows["dimension"].tolist() == ["", "eth"]
    assert rows["subgroup"].tolist() == ["", "Asian"]


def test_a_class_that_all_rows_are_of_is_in_the_name_unless_that_is_stated() -> None:
    """Figures of one ethnic group alone were everybody's."""
    heading = "DATE_NAME,GEOGRAPHY_CODE,CELL_NAME,C2021_ETH_20_NAME,RURAL_URBAN_NAME,OBS_VALUE"
    rows = ("2021,E07000243,Residents,Asian,Total,12", "2021,E07000242,Residents,Asian,Total,13")
    assert set(long(*rows, heading=heading).frame["indicator_name"]) == {"Residents: Asian"}
    rows = tuple(row.replace("Asian", "All people") for row in rows)
    assert set(long(*rows, heading=heading).frame["indicator_name"]) == {"Residents"}
    named = long(*rows, heading=heading, indicator="Asian residents").frame
    assert set(named["indicator_name"]) == {"Asian residents: Residents"}


def test_a_file_that_does_not_say_what_it_counts_is_asked() -> None:
    heading = "DATE_NAME,GEOGRAPHY_CODE,OBS_VALUE"
    with pytest.raises(InputError, match="`indicator: Resident population`"):
        long("2021,E07000243,90", heading=heading)
    rows = long("2021,E07000243,90", heading=heading, indicator="Residents", unit="people").frame
    assert rows[["indicator_name", "unit"]].values.tolist() == [["Residents", "people"]]


def test_a_table_has_its_period_sex_and_unit_in_the_titles_above() -> None:
    parsed = table(
        f'"Population :","All usual residents"\n"Units      :","Persons"\n"Date       :","2021"\n'
        f'"Sex        :","Male"\n\n{AREAS},"All Ages","Aged 65+"\n\n'
        '"Stevenage","E07000243",100,"!"\n\n\nThese figures are made up.\n'
    )
    rows = parsed.frame
    assert rows["age"].tolist() == ["All Ages", "Aged 65+"]
    assert set(rows["sex"]) == {"Male"}
    assert set(rows["period"]) == {"2021"}
    assert set(rows["unit"]) == {"persons"}
    assert set(rows["indicator_name"]) == {"Survey"}
    assert rows["status"].tolist() == ["ok", "suppressed"]
    assert (parsed.rows_read, parsed.rows_added) == (1, 1)


def test_a_narrow_table_is_not_mistaken_for_its_titles() -> None:
    rows = table(f'"Date :","2021"\n\n{AREAS},"Deaths"\n"Stevenage","E07000243",12\n').frame
    assert rows[["indicator_name", "value"]].values.tolist() == [["Survey: Deaths", 12]]


def test_periods_in_the_heading_have_their_confidence_beside_them() -> None:
    rows = table(
        f'"variable :","% with poor health"\n\n{AREAS},"Jan 2022-Dec 2022","Conf",'
        '"Jan 2023-Dec 2023","Conf"\n"Stevenage","E07000243",10.5,2,"*","*"\n'
        '"Luton","E06000032",12,1,13,1.5\n'
    ).frame
    assert rows["period_end"].dt.year.tolist() == [2022, 2023, 2022, 2023]
    assert rows["lower_ci"].iloc[[0, 2, 3]].tolist() == [8.5, 11, 11.5]
    assert rows["status"].tolist() == ["ok", "not_available", "ok", "ok"]
    assert set(rows["unit"]) == {"%"}


def test_a_percentage_beside_its_number_is_an_indicator_of_its_own() -> None:
    rows = table(
        f'"Date :","2021"\n\n{AREAS},"All","Bad health","%"\n"Stevenage","E07000243",200,10,5\n'
    ).frame
    assert rows["indicator_name"].tolist() == [
        "Survey: All",
        "Survey: Bad health",
        "Survey: Bad health (%)",
    ]
    assert rows["unit"].tolist() == ["", "", "%"]


def test_tables_below_each_other_are_refused() -> None:
    one = f'"Sex :","Male"\n\n{AREAS},"2021","2022"\n"Stevenage","E07000243",1,2\n'
    with pytest.raises(InputError, match="2 tables below each other"):
        table(one + one)


@pytest.mark.parametrize(
    ("date", "is_told"), [("2025-06", False), ("2025", False), ("2024-03", True), ("2019", True)]
)
def test_a_date_that_is_not_the_end_of_the_period_named_is_told(date: str, is_told: bool) -> None:
    remarks = " ".join(long(line().replace("2025-06", date)).remarks)
    assert ("not the end of the period" in remarks) is is_told
