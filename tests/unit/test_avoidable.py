"""Avoidable deaths: the list keeps to what was read, and deaths are counted by it by hand."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from ineqlib.catalogue import load_avoidable_causes
from ineqlib.catalogue.avoidable_causes import FILE, PARTS, read_avoidable_causes
from ineqlib.errors import InputError
from ineqlib.facts import avoidable_deaths, avoidable_shares

LIST = load_avoidable_causes()


def part_of(code: str) -> str:
    place = LIST.place_of(code)
    return "none" if place is None else LIST.causes[place].part


def deaths(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["icd10", "age", "sex", "deaths"])


def spoilt(path: Path, change) -> Path:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_the_packaged_list_names_each_cause_once() -> None:
    assert LIST.age_below == 75
    names = [cause.cause for cause in LIST.causes]
    assert len(set(names)) == len(names)


def test_the_half_counted_causes_are_the_eight_of_the_publication() -> None:
    half = {cause.cause for cause in LIST.causes if cause.part == "half"}
    assert half == {
        *("Tuberculosis", "Cervical cancer", "Diabetes mellitus", "Aortic aneurysm"),
        *("Hypertensive diseases", "Ischaemic heart diseases", "Cerebrovascular diseases"),
        "Other atherosclerosis",
    }


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("preventable", "A00 A09.9 A40.3 A41.3 B24 C34.9 C45 D53 E24.4 G00.1 J09 J44.1 K70 K74.2"),
        ("preventable", "K85.2 Q05 U07.1 U50.9 V99 W00 X39.9 X45 X46 X59 X60 X84 X85 Y09 Y14 Y34"),
        ("half", "A15 B90 C53 E10 E14.9 I10 I13 I15 I20 I25.9 I60 I69 I70 I71.4 I73.9 J65"),
        ("treatable", "A38 A40.9 A41.0 C18 C21 C50 C62 C91.1 D10 D36 E07 E24.0 G41 I00 I26 I82.9"),
        ("treatable", "J18.9 J20 J39 J45 K28 K85.0 K86.9 N76.6 N40 O99 P96 Q28 Y40 Y70 Y84"),
        ("none", "A10 A49.9 C17 C23 C61 C91.2 D37 E16 F17 G30 I14 I50.0 I73.0 I82.8 J84"),
        ("none", "K74.3 K74.5 K86.4 N39 Q02 Q30 R99 U09.9 Y35 Y85 Y89.9"),
    ],
)
def test_codes_are_where_the_publication_has_them(part: str, codes: str) -> None:
    read = codes.split()
    assert {code: part_of(code) for code in read} == dict.fromkeys(read, part)


def test_a_code_is_read_with_and_without_its_dot_and_whatever_follows_the_fourth() -> None:
    assert {part_of(code) for code in ("I73.9", "I739", "i739", " I7390", "I73.9X")} == {"half"}
    assert part_of("J18X") == part_of("J18") == part_of("J18-") == "treatable"


@pytest.mark.parametrize("code", ["A40", "E24", "G00", "I73", "I82", "K74", "K85", "C91"])
def test_a_code_whose_fourth_character_decides_is_refused_without_it(code: str) -> None:
    with pytest.raises(InputError, match=f"'{code}': the fourth character decides"):
        LIST.place_of(code)


def test_deaths_are_counted_by_hand() -> None:
    table = deaths(
        ("C34.1", 62, "male", 10),  # preventable
        ("I21.9", "70-74", "female", 9),  # half
        ("I21.9", "75-79", "female", 20),  # too old
        ("C18.0", 74, "male", 4),  # treatable
        ("C50.9", 50, "female", 6),  # treatable
        ("C50.9", 50, "male", 1),  # counted for women alone
        ("G30.1", 70, "female", 5),  # not avoidable
    )
    counted = avoidable_deaths(table).loc["all"]
    assert counted.to_dict() == {
        "deaths": 55.0,
        "preventable": 10 + 4.5,
        "treatable": 4.5 + 4 + 6,
        "avoidable": 10 + 9 + 4 + 6,
    }


def test_groups_add_up_to_all_and_causes_can_be_counted_by() -> None:
    table = deaths(("C34", 40, "male", 2), ("E11.9", 60, "female", 3), ("C34", 80, "male", 7))
    by_cause = avoidable_deaths(table, by=["cause"])
    assert by_cause["avoidable"].to_dict() == {
        "Lung cancer": 2.0,
        "Diabetes mellitus": 3.0,
        "not avoidable": 0.0,
    }
    pd.testing.assert_series_equal(
        by_cause.sum(), avoidable_deaths(table).loc["all"], check_names=False
    )
    areas = table.assign(area=["a", "b", "a"])
    assert avoidable_deaths(areas, by=["area"])["deaths"].to_dict() == {"a": 9.0, "b": 3.0}


def test_every_code_is_whole_preventable_treatable_or_half_of_each() -> None:
    codes = list(LIST.by_code)
    shares = avoidable_shares(codes, ["0-74"] * len(codes), ["female"] * len(codes))
    assert {*zip(shares["preventable"], shares["treatable"], strict=True)} == {*PARTS.values()}
    old = avoidable_shares(codes, ["75+"] * len(codes), ["female"] * len(codes))
    assert not old[["preventable", "treatable"]].to_numpy().any()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("lung", 60, "male", 1), "'lung' is no code of ICD-10"),
        (("C34", "65-79", "male", 1), "65-79 is on both sides of 75"),
        (("C34", "old", "male", 1), "1 of 1 labels are no age band: old"),
        (("C34", 60, "M", 1), "1 of 1 rows have 'M'. Expected one of male, female, persons"),
        (("C34", 60, "male", -1), "1 of 1 rows have .*-1.*. Expected a number of deaths"),
        (("C34", 60, "male", None), "Expected a number of deaths"),
        (("C50.1", 60, "persons", 1), "Breast cancer .* Give its deaths by sex"),
    ],
)
def test_a_row_that_cannot_be_counted_is_told(row: tuple, message: str) -> None:
    with pytest.raises(InputError, match=message):
        avoidable_deaths(deaths(row))


def test_a_table_of_another_shape_is_told() -> None:
    table = deaths(("C34", 60, "male", 1))
    with pytest.raises(InputError, match="no column sex"):
        avoidable_deaths(table.drop(columns="sex"))
    with pytest.raises(InputError, match="by: year cannot be counted by"):
        avoidable_deaths(table, by=["year"])
    with pytest.raises(InputError, match="no rows"):
        avoidable_deaths(table.iloc[:0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["causes"][0].update(codes="A00-A99"), "is given to 'Intestinal diseases' and"),
        (lambda c: c["causes"][0].update(codes="A0-A9"), "'A0-A9' is no code of ICD-10"),
        (lambda c: c["causes"][0].update(codes="A09-A00"), "ends before it begins"),
        (lambda c: c["causes"][0].update(part="both"), "is 'both', expected one of"),
        (lambda c: c["list"].update(read_in=["one place"]), "'list read_in': .*too short"),
    ],
)
def test_a_fault_in_the_list_is_told(tmp_path: Path, change, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_avoidable_causes(spoilt(tmp_path / "causes.yml", change))
