"""Figures of an indicator as the service gives them that is to replace Fingertips (JSON)."""

from dataclasses import replace
from typing import Any

import pandas as pd

from ineqlib.errors import InputError
from ineqlib.sources.base import Head, Layout, Parsed, Source
from ineqlib.sources.layouts.fingertips import groups_of
from ineqlib.sources.reading.json_text import parse_json
from ineqlib.sources.tidy import stated, tidy

SOURCE = Source(
    id="fingertips_next",
    title="Public health data (successor of Fingertips)",
    publisher="Department of Health and Social Care",
    licence="Open Government Licence v3.0",
    attribution=(
        "© Crown copyright. Department of Health and Social Care, public health data. Contains "
        "public sector information licensed under the Open Government Licence v3.0."
    ),
)
ENGLAND = "E92000001"
_NUMBERS = {
    "value": "value",
    "lower_ci": "lowerCi",
    "upper_ci": "upperCi",
    "count": "count",
    "denominator": "denominator",
}


def _matches(head: Head) -> bool:
    return "areaHealthData" in head.properties


def _parse(content: bytes, described: dict[str, str]) -> Parsed:
    answer = parse_json(content)
    try:
        rows = [
            _row(answer, area, segment, figure)
            for area in answer["areaHealthData"]
            for segment in area["indicatorSegments"]
            for figure in segment["healthData"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"The answer of Fingertips' successor is damaged, or its layout has changed: {error}. "
            "Download the same indicator from Fingertips."
        ) from error
    if not rows:
        raise InputError(
            "The answer of Fingertips' successor has no figures: it knows none of the areas asked."
        )
    raw = pd.DataFrame(rows)
    raw = raw.assign(**groups_of(raw["category_type"], raw["category"]))
    return replace(tidy(raw, stated(SOURCE, described)), rows_read=len(rows))


def _row(answer: Any, area: Any, segment: Any, figure: Any) -> dict[str, Any]:
    period, deprivation = figure["datePeriod"], figure.get("deprivation") or {}
    everybody = deprivation.get("isAggregate", True)
    age = segment.get("age") or figure.get("ageBand") or {}
    benchmark = figure.get("benchmarkComparison") or {}
    compared = benchmark.get("benchmarkAreaCode") == ENGLAND
    words = {
        "publisher_id": answer["indicatorId"],
        "indicator_name": answer["name"],
        "area_code": area["areaCode"],
        "area_name": area["areaName"],
        "sex": segment["sex"]["value"],
        "age": age.get("value", ""),
        "category_type": "" if everybody else deprivation["type"],
        "category": "" if everybody else deprivation["value"],
        "comparison": benchmark.get("outcome", "") if compared else "",
        **{name: figure.get(key) for name, key in _NUMBERS.items()},
    }
    return {
        "publisher": "fingertips",
        "period": f"{period['from']}/{period['to']}",
        **{name: _text(name, value) for name, value in words.items()},
    }


def _text(name: str, value: Any) -> str:
    if value is None and name in _NUMBERS:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(f"{name} is {value!r}")
    return str(value)


LAYOUTS = (Layout("Fingertips' successor", _matches, _parse),)
