"""A download in the layout of Fingertips, as large as is asked for; its numbers are made up."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

HEADING = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to percentiles,Time period Sortable,"
    "New data,Compared to goal,Time period range"
)
AREAS = 320
YEARS = range(2001, 2024)
SEXES = ("Persons", "Male", "Female")
NOTE = "Value estimated from a survey of residents - see Notes section in Definitions for details"


def write_download(path: Path, rows: int) -> None:
    """Write a file with that many rows, about 300 bytes each."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADING + "\n")
        file.writelines(itertools.islice(lines(), rows))


def lines() -> Iterator[str]:
    """Give one line after the other: indicators, years, areas and sexes in their order."""
    chance = random.Random(20260101)
    for indicator in itertools.count(99_001):
        for year, area in itertools.product(YEARS, range(AREAS)):
            people = dict.fromkeys(("Male", "Female"), 10000 + 97 * area + 11 * (year - 2000))
            counts = {sex: round(people[sex] * chance.uniform(0.2, 0.21)) for sex in people}
            for sex in SEXES:
                population = people.get(sex) or sum(people.values())
                count = counts.get(sex) or sum(counts.values())
                value = 100 * count / population
                half = 1.96 * (value * (100 - value) / population) ** 0.5
                yield (
                    f"{indicator},Made-up share of adults number {indicator} (invented figures),"
                    f"E92000001,England,E0799{area:04d},Invented district number {area},"
                    f"Districts & UAs (from Apr 2023),{sex},18+ yrs,,,{year},{value!r},"
                    f"{value - half!r},{value + half!r},{value - 1.6 * half!r},"
                    f"{value + 1.6 * half!r},{count},{population},{NOTE},Cannot be calculated,"
                    f"Similar,Not compared,{year}0000,,,1y\n"
                )
