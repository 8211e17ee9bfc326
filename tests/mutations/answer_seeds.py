"""Small answers of services and tables of councils' books, with invented numbers."""

import json
import random
from collections.abc import Iterator

from .numbers import PLACES, share, years
from .table import Roles, Seed

_EVERYBODY = {"sequence": 11, "value": "Persons", "type": "Persons", "isAggregate": True}


def seeds_of_answers(rng: random.Random) -> Iterator[Seed]:
    """Fingertips' successor, Stat-Xplore's interface, the ONS's lives, and what councils spent."""
    yield _successor(rng)
    yield _cube(rng)
    yield _lives(rng)
    yield _spending(rng)


def _successor(rng: random.Random) -> Seed:
    areas = []
    for code, name in PLACES:
        figures = []
        for year in range(2020, 2024):
            value, lower, upper, count, _ = share(rng, 14, 8000)
            figures.append(
                {
                    "datePeriod": {
                        "type": "Calendar",
                        "from": f"{year}-01-01",
                        "to": f"{year}-12-31",
                    },
                    **{"count": int(count), "value": float(value)},
                    **{"lowerCi": float(lower), "upperCi": float(upper)},
                    "deprivation": _EVERYBODY,
                    "benchmarkComparison": {
                        **{"outcome": "Better", "benchmarkAreaCode": "E92000001"}
                    },
                }
            )
        segment = {
            "age": {"value": "18+ yrs", "isAggregate": True},
            "sex": {"value": "Persons", "isAggregate": True},
            "healthData": figures,
        }
        areas.append({"areaCode": code, "areaName": name, "indicatorSegments": [segment]})
    answer = {"indicatorId": 92443, "name": "Smoking", "areaHealthData": areas}
    layout = "Fingertips' successor"
    return Seed(layout, layout, text=json.dumps(answer).encode())


def _cube(rng: random.Random) -> Seed:
    months = ("March 2025", "April 2025", "May 2025")
    fields = [
        {
            "uri": "str:field:UC:AREA",
            "label": "National - Regional - LA - OAs",
            "items": [
                {"uris": [f"str:value:UC:AREA:{code}"], "labels": [name]} for code, name in PLACES
            ],
        },
        {
            "uri": "str:field:UC:MONTH",
            "label": "Month",
            "items": [
                {"uris": [f"str:value:UC:MONTH:{n}"], "labels": [month]}
                for n, month in enumerate(months)
            ],
        },
    ]
    values = [[rng.randint(4_000, 9_000) for _ in months] for _ in PLACES]
    measure = "str:count:UC:PEOPLE"
    answer = {
        "measures": [{"uri": measure, "label": "People on Universal Credit"}],
        "fields": fields,
        "cubes": {measure: {"values": values}},
    }
    layout = "Stat-Xplore's interface"
    return Seed(layout, layout, text=json.dumps(answer).encode())


def _lives(rng: random.Random) -> Seed:
    columns = (
        *("Period", "Country", "Area type", "Area code", "Area name", "Sex", "Age group"),
        *("Life expectancy", "Lower confidence interval", "Upper confidence interval"),
    )
    rows = [
        (
            f"{year} to {year + 2}",
            "England",
            "Local Areas",
            code,
            name,
            sex,
            "<1",
            *years(rng, usual),
        )
        for code, name in PLACES
        for year in (2020, 2021, 2022)
        for sex, usual in (("Male", 79), ("Female", 83))
    ]
    roles = Roles(
        *("Life expectancy", "Lower confidence interval", "Upper confidence interval", "", ""),
        *("Period", "Area code", "Area name", "Sex"),
    )
    layout = "ONS life expectancy for local areas"
    return Seed(layout, layout, columns, tuple(rows), roles, form="xlsx")


def _spending(rng: random.Random) -> Seed:
    columns = (
        *("year_ending", "ONS_code", "LA_LGF_code", "LA_name", "status", "LA_class"),
        *("RS_edu_net_exp", "RS_phs_net_exp", "RS_phs_tot_exp"),
    )
    rows = [
        (
            *(f"{year}03", code, f"E{number}", name, "Certified", "Shire District"),
            *(str(rng.randint(100, 90_000)) for _ in range(3)),
        )
        for number, (code, name) in enumerate(PLACES, 1_930)
        for year in (2024, 2025)
    ]
    roles = Roles("RS_phs_net_exp", period="year_ending", code="ONS_code", name="LA_name")
    return Seed("Revenue Outturn", "Revenue Outturn", columns, tuple(rows), roles, is_used=False)
