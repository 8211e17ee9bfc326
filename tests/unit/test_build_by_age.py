"""Deaths by age of one's own and people by age give what areas of one's own are else refused."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.life_expectancy_gap.asked import Asked
from ineqlib.briefings.life_expectancy_gap.parts import sides_of
from ineqlib.errors import InputError
from ineqlib.facts.deaths_by_age import deaths_of_ends
from ineqlib.measures import ABRIDGED_BANDS, life_expectancy
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.sources.layouts.by_age import DEATHS_LAYOUT, parse_people
from ineqlib.sources.layouts.people_by_age import BANDS
from ineqlib.sources.recognise import recognise

from ..fetch.right import HEADER

PLACES = {"E07000243": "Stevenage", "E07000099": "North Hertfordshire"}
YEARS = (2022, 2023, 2024)
PEOPLE = np.array([900, 3_600, *np.linspace(5_000, 1_500, 17).round(), 700])
DEATHS = (np.array([5, 2, 1, 1, *np.geomspace(3, 400, 16).round()]) * 3).astype(int)
AREAS = "areas: [{id: X-NORTH, name: The North, districts: [Stevenage, North Hertfordshire]}]"
SIZES = {"E07000243": 1, "E07000099": 2}
"""How many times as many people there are; the second has a quarter more deaths a head."""


def died(code: str) -> np.ndarray:
    return DEATHS if SIZES[code] == 1 else (DEATHS * 2.5).astype(int)


def lived(code: str) -> np.ndarray:
    return PEOPLE * SIZES[code]


def deaths_csv(**changes: str) -> str:
    lines = [
        f"{code},2022 - 24,Female,{band},{count}"
        for code in PLACES
        for band, count in zip(BANDS, died(code), strict=True)
    ]
    text = "\n".join(["Area code,period,sex,age_band,deaths", *lines, ""])
    for before, after in changes.items():
        text = text.replace(before, after)
    return text


def years_of(deaths: np.ndarray, people: np.ndarray) -> float:
    return float(life_expectancy(deaths, people * 3, bands=ABRIDGED_BANDS).value)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Published life expectancy of two districts, deaths of one's own, and people by age."""
    monkeypatch.chdir(tmp_path)
    files = tmp_path / "files"
    files.mkdir()
    (tmp_path / "areas.yml").write_text(AREAS, encoding="utf-8")
    rows = [
        f"90366,Life expectancy at birth,E92000001,England,{code},{name},District,Female,All ages"
        f",,,2022 - 24,{years_of(died(code), lived(code)):.6f},,,,,,,,,,,20220000,,"
        for code, name in PLACES.items()
    ]
    (files / "le.csv").write_text("\r\n".join([HEADER, *rows, ""]), encoding="utf-8")
    (files / "deaths.csv").write_text(deaths_csv(), encoding="utf-8")
    people = [
        f"{code},{name},{year},Female,{band},{count:.0f}"
        for code, name in PLACES.items()
        for year in YEARS
        for band, count in zip(BANDS, lived(code), strict=True)
    ]
    heading = "area_code,area_name,year,sex,age_band,population"
    (files / "people.csv").write_text("\n".join([heading, *people, ""]), encoding="utf-8")
    return files


def of_the_north(path: Path) -> pd.DataFrame:
    return open_pack(path).observations(area="The North")


def test_life_expectancy_of_an_own_area_is_made_from_them(folder: Path, tmp_path: Path) -> None:
    report = build(folder, tmp_path / "pack", areas=tmp_path / "areas.yml")
    kept = {file.name: (file.kind, file.rows_kept) for file in report.files}
    assert kept["deaths.csv"] == ("deaths", 40)
    assert kept["people.csv"] == ("populations", 120)
    made = of_the_north(tmp_path / "pack")
    both = [sum(of(code) for code in PLACES) for of in (died, lived)]
    assert made["value"].tolist() == pytest.approx([years_of(*both)])
    assert "from their deaths and people by age" in made["note"].iloc[0]
    people = open_pack(tmp_path / "pack").table("populations")
    assert people["person_years"].sum() == 3 * 3 * PEOPLE.sum()


def test_what_takes_a_gap_apart_by_groups_does_without_deaths_of_whole_areas(
    folder: Path, tmp_path: Path
) -> None:
    build(folder, tmp_path / "pack")
    pack = open_pack(tmp_path / "pack")
    pack.read_through()
    assert deaths_of_ends(pack, "E07000243") is None
    asked = Asked(pack.area("Stevenage"), None, is_inside=True, sexes=("Female",), is_ohid=False)
    assert "holds no deaths and people by age of Stevenage" in str(sides_of(pack, asked, "Female"))


def test_without_people_or_with_a_year_missing_it_is_refused(folder: Path, tmp_path: Path) -> None:
    people = folder / "people.csv"
    lines = people.read_text(encoding="utf-8").splitlines()
    people.write_text("\n".join([line for line in lines if ",2023," not in line]), encoding="utf-8")
    build(folder, tmp_path / "pack", areas=tmp_path / "areas.yml")
    assert of_the_north(tmp_path / "pack")["value"].isna().all()
    people.unlink()
    report = build(folder, tmp_path / "pack", areas=tmp_path / "areas.yml")
    (file,) = [file for file in report.files if file.name == "deaths.csv"]
    assert (file.rows_kept, file.rows_set_aside) == (0, 40)
    assert "no measure is made of deaths without people by age" in file.remarks[0]
    assert not open_pack(tmp_path / "pack").has("deaths")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"2022 - 24": "2022/23"}, r"40 row\(s\): period is not whole calendar years"),
        ({"Female": "Women"}, r"40 row\(s\): sex is not Male, Female, Persons"),
        ({",90+,": ",85+,"}, r"2 row\(s\): age_band is not .* \(row 21, 41\)"),
        ({",0,15\n": ",0,[c]\n"}, r"1 row\(s\): deaths is not a count"),
        ({"E07000243": "Stevenage"}, r"20 row\(s\): area_code is not a GSS code"),
        ({"E07000099": "E07000243"}, r"20 row\(s\): the same deaths are there twice"),
        ({"E07000243,2022 - 24,Female,90+,": "E07000243,2024,Female,90+,"}, "2 of 3 tables lack"),
    ],
)
def test_deaths_that_cannot_be_right_are_refused(changes: dict[str, str], words: str) -> None:
    content = deaths_csv(**changes).encode()
    assert recognise(content) is DEATHS_LAYOUT
    with pytest.raises(InputError, match=words):
        DEATHS_LAYOUT.parse(content, {})


@pytest.mark.parametrize("cell", ["", "NA", "*"])
@pytest.mark.parametrize("column", ["year", "population"])
def test_people_without_a_year_or_a_number_are_refused_with_their_row(
    column: str, cell: str
) -> None:
    row = {"area_code": "E07000243", "area_name": "Stevenage", "year": "2024", "sex": "Male"}
    row |= {"age_band": "0", "population": "900"}
    lines = (",".join(cells) for cells in (row, row.values(), (row | {column: cell}).values()))
    with pytest.raises(InputError, match=rf"{column}.*\brow 3\b"):
        parse_people("\n".join([*lines, ""]).encode(), {})


def said(folder: Path, **files: str) -> dict[str, str]:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = build(folder, folder.parent / "told", title="Told")
    return {file.name.removesuffix(".csv"): file.as_text() for file in report.files}


def test_deaths_that_two_files_tell_differently_are_not_believed(folder: Path) -> None:
    for others in (
        deaths_csv(**{",90+,": ",90+,1"}),
        re.sub(r"(?m)(\d)$", r"\g<1>1", deaths_csv()),
    ):
        text = said(folder, others=others)
        for name in ("deaths", "others"):
            assert "nothing says which is the later edition" in text[name]
            assert "fault of ineqlib" not in text[name]


def test_deaths_of_nobody_are_told(folder: Path) -> None:
    text = said(folder, deaths=deaths_csv(E07000099="E07000098", **{",90+,": ",90+,999"}))
    assert "no measure is made of their deaths: E07000098 2022 - 24." in text["deaths"]
    assert (
        "more people died than there were in 1 row (E07000243 Female 90+ 2022 - 24)"
        in (text["deaths"])
    )


def test_files_that_repeat_all_rows_of_another_are_accounted_for_once(folder: Path) -> None:
    text = said(folder, again=(folder / "people.csv").read_text(encoding="utf-8"))
    assert "cannot be accounted for" not in "".join(text.values())
    assert "no table of a pack needs it" not in "".join(text.values())


def test_deaths_of_everybody_are_those_of_men_and_women() -> None:
    rows = [
        f"E07000243,2023,{sex},{band},{number}"
        for sex, number in (("Male", 100), ("Female", 120), ("Persons", 220))
        for band in BANDS
    ]
    heading = "area_code,period,sex,age_band,deaths"
    right = "\n".join([heading, *rows, ""])
    assert len(DEATHS_LAYOUT.parse(right.encode(), {}).frame) == len(rows)
    with pytest.raises(InputError, match=r"1 number.* 2023, all, 90\+ has 320, and 100 and 120"):
        DEATHS_LAYOUT.parse(right.replace("Persons,90+,220", "Persons,90+,320").encode(), {})
