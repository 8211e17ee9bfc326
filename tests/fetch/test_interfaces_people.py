"""People by sex and age, as Nomis answers them: whole, or refused. All figures are made up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import ineqlib as iq
from ineqlib.errors import FetchError, InputError, ParameterError, UnknownArea
from ineqlib.measures import ABRIDGED_BANDS, ESP2013, dsr
from ineqlib.pack import open_pack
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces.nomis import people_by_age
from ineqlib.sources.layouts.people_by_age import BANDS, read_people

from .loopback import Loopback, Reply, Seen
from .recorded import answer

STEVENAGE, HERTS = "E07000243", "E10000015"
HEADER = (
    '"GEOGRAPHY_CODE","GEOGRAPHY_NAME","DATE","DATE_NAME","GENDER_NAME","C_AGE_NAME","OBS_VALUE",'
    '"RECORD_COUNT"'
)
AGES = ["Age 0", *(f"Age {age}" for age in range(1, 90)), "Aged 90+"]


def lines(areas: list[str], years: list[str]) -> list[str]:
    """Cells without their count: 10 men of each age, 20 women."""
    return [
        f'"{code}","Town, the",{year},"{year}","{sex}","{age}",{people}'
        for code in areas
        for year in years
        for sex, each in (("Male", 10), ("Female", 20))
        for age, people in [("All Ages", each * 91), *((age, each) for age in AGES)]
    ]


def cells(rows: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in (HEADER, *(f"{r},{len(rows)}" for r in rows))).encode()


def nomis(seen: Seen, _number: int) -> Reply:
    asked = {name: values[0] for name, values in parse_qs(urlsplit(seen.url).query).items()}
    return Reply(cells(lines(asked["geography"].split(","), asked["date"].split(","))))


def test_people_are_asked_by_single_years_and_read_in_bands_of_life_tables(
    fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    publishers.answer = nomis
    query = people_by_age((STEVENAGE, HERTS), ("2023", "2024"))
    content, pages = fetcher().fetch_pages(query)
    assert (
        "NM_2002_1.data.csv?geography=E07000243,E10000015&date=2023,2024&gender=1,2"
        "&c_age=200,101...191&measures=20100&select=geography_code"
    ) in pages[0].url
    assert pages[0].proved[0] == "736 of 736 rows counted by the service"
    people = read_people(content)
    assert len(people) == 2 * 2 * 3 * len(BANDS)
    one = people[(people["area_code"] == HERTS) & (people["year"] == "2024")]
    of_sex = {sex: rows["population"].tolist() for sex, rows in one.groupby("sex")}
    assert of_sex["Male"] == [10, 40, *[50] * 17, 10]
    assert of_sex["Persons"] == [30, 120, *[150] * 17, 30]
    assert one["age_band"].tolist() == [*BANDS] * 3
    assert [int(band.split("-")[0].rstrip("+")) for band in BANDS] == [*ABRIDGED_BANDS]


ROWS = lines([STEVENAGE], ["2024"])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row for row in ROWS if '"Male","Age 40"' not in row], "1 of 2 populations are not whole"),
        ([*ROWS, ROWS[7].replace(",10", ",11")], "91 of 91 ages are there, in 92 rows"),
        ([*ROWS[:5], ROWS[5].replace(",10", ",3"), *ROWS[6:]], r"come to 903, and .* to 910"),
        ([*ROWS[:5], ROWS[5].replace(",10", ","), *ROWS[6:]], "1 of 2 populations do not add up"),
        ([row for row in ROWS if "All Ages" not in row], "2 of 2 populations do not add up"),
        ([row.replace("Aged 90+", "Aged 85+ or so") for row in ROWS], r"1 age\(s\) .* Aged 85\+"),
        ([row.replace("Female", "Total") for row in ROWS], r"1 sex\(s\) .* not known: Total"),
    ],
)
def test_people_are_refused_that_are_not_whole(rows: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_people(cells(rows))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (cells(lines([STEVENAGE], ["2023"])), "1 of 1 year asked is not answered: 2024"),
        (cells(ROWS)[:-60], "cut short"),
        (b"".join(cells(ROWS).splitlines(keepends=True)[:-9]), "175 of 184 rows came"),
    ],
)
def test_of_another_year_or_cut_they_are_not_even_joined(
    content: bytes, words: str, fetcher: Callable[..., Fetcher], publishers: Loopback
) -> None:
    publishers.answer = lambda *_: Reply(content)
    with pytest.raises(FetchError, match=words):
        fetcher().fetch_pages(people_by_age((STEVENAGE,), ("2024",)))


def test_a_notebook_gets_people_by_name_or_code_and_makes_a_rate(
    at_home: Path, publishers: Loopback
) -> None:
    publishers.answer = publishers_with_nomis
    by_code = iq.load_people(STEVENAGE, [2024], network=at_home)
    assert [seen.host for seen in publishers.seen] == ["www.nomisweb.co.uk"]
    by_name = iq.load_people(["stevenage", "England"], [2024], network=at_home)
    assert sorted(set(by_name["area_code"])) == [STEVENAGE, "E92000001"]
    persons = by_code[by_code["sex"] == "Persons"].set_index("age_band")["population"]
    people = [persons["0"] + persons["1-4"], *persons.iloc[2:]]
    rate = dsr([12] * 19, people, ESP2013, bands=ESP2013.bands)
    assert rate.value > 0
    with pytest.raises(UnknownArea, match="Did you mean 'Stevenage'"):
        iq.load_people(["Stevanage"], [2024], network=at_home)
    with pytest.raises(ParameterError, match="found 1 and 0"):
        iq.load_people([STEVENAGE], [])


def with_own_deaths(folder: Path, areas: list[str]) -> Path:
    """Deaths of one's own among what an earlier pull has fetched."""
    rows = [
        f"{code},2022 to 2024,{sex},{band},9\n"
        for code in areas
        for sex in ("Male", "Female")
        for band in BANDS
    ]
    own = folder / "downloads" / "stevenage" / "files" / "our deaths.csv"
    own.write_text("area_code,period,sex,age_band,deaths\n" + "".join(rows), encoding="utf-8")
    return own


def publishers_with_nomis(seen: Seen, number: int) -> Reply:
    return nomis(seen, number) if "NM_2002_1" in seen.url else answer(seen, number)


def test_a_pull_asks_for_people_only_where_deaths_of_ones_own_need_them(
    ineq_pull: Callable[..., Any], publishers: Loopback, tmp_path: Path
) -> None:
    publishers.answer = publishers_with_nomis
    assert "people by age" not in ineq_pull().output
    assert not open_pack(tmp_path / "pack").has("populations")
    own = with_own_deaths(tmp_path, [STEVENAGE, HERTS])
    line = "people by age, which the deaths in our deaths.csv need: Nomis, 1 request"
    assert line in ineq_pull("--plan").output
    assert not [seen for seen in publishers.seen if "NM_2002_1" in seen.url]
    pulled = ineq_pull()
    assert pulled.exit_code == 0, pulled.output
    (asked,) = [seen.url for seen in publishers.seen if "NM_2002_1" in seen.url]
    assert "geography=E07000243,E10000015&date=2022,2023,2024&" in asked
    assert own.exists()
    pack = open_pack(tmp_path / "pack")
    people = pack.table("populations")
    assert set(people["area_code"]) == {STEVENAGE, HERTS}
    assert people.loc[people["sex"] == "Persons", "person_years"].sum() == 2 * 3 * 91 * 30
    assert len(pack.table("deaths")) == 2 * 2 * 20
    publishers.seen.clear()
    again = ineq_pull("--offline")
    assert again.exit_code == 0
    assert publishers.seen == []


def test_a_pull_goes_on_without_people_that_are_not_whole_and_says_so(
    ineq_pull: Callable[..., Any], publishers: Loopback, tmp_path: Path
) -> None:
    short = [row for row in lines([STEVENAGE], ["2022", "2023", "2024"]) if '"Age 40"' not in row]
    full = [*short, *(row.replace('"Age 4"', '"Age 104"') for row in short if '"Age 4"' in row)]
    publishers.answer = lambda seen, number: (
        Reply(cells(full)) if "NM_2002_1" in seen.url else answer(seen, number)
    )
    assert ineq_pull().exit_code == 0
    with_own_deaths(tmp_path, [STEVENAGE])
    pulled = ineq_pull()
    assert pulled.exit_code == 0, pulled.output
    assert "Without the people by age that your deaths need: Nomis, NM_2002_1" in pulled.output
    assert not open_pack(tmp_path / "pack").has("populations")
