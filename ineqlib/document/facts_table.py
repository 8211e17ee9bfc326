"""The facts of a page, as a table to read and a file to keep; neither needs JavaScript."""

import base64
import re
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from ineqlib.charts.figure import table_html
from ineqlib.text import number

_DECIMALS = re.compile(r"\d\.(\d+)")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_BLANK = "[z]"


def facts_section(facts: list[dict[str, Any]], *, name: str) -> Markup:
    """Write the closed box "Every figure on this page" with its table and its download.

    Parameters
    ----------
    facts
        One dictionary per fact, in the order shown.
    name
        Start of the file's name.
    """
    if not facts:
        return Markup("")
    table = table_html(
        _readable(facts),
        caption="Every figure on this page",
        row_ids=[f"fact-{fact['id']}" for fact in facts],
    )
    content = base64.b64encode(_csv(facts).encode("utf-8-sig")).decode("ascii")
    return Markup(
        '<section class="facts" aria-labelledby="facts-heading">'
        '<h2 id="facts-heading">Every figure on this page</h2>'
        "<p>Each number in the text, where it comes from and how it was made. [z] means that a "
        "column does not apply. Unrounded values are in the file.</p>"
        f'<p><a class="download" download="{escape(name)}-facts.csv" '
        f'href="data:text/csv;charset=utf-8;base64,{content}">'
        f"Download all {len(facts)} figures (CSV)</a></p>"
        f"<details><summary>Show the {len(facts)} figures as a table</summary>{table}</details>"
        "</section>"
    )


def _readable(facts: list[dict[str, Any]]) -> dict[str, list[str]]:
    rows = [
        {
            "Figure": fact["text"],
            "95% interval": _interval(fact),
            "Indicator": fact.get("indicator_id"),
            "Place": fact.get("area_name"),
            "Group": fact.get("subgroup"),
            "Period": fact.get("period"),
            "Sex": fact.get("sex"),
            "Age": fact.get("age"),
            "Method": fact.get("method"),
            "Source": fact.get("source"),
        }
        for fact in facts
    ]
    return {name: [row[name] or _BLANK for row in rows] for name in rows[0]}


def _interval(fact: dict[str, Any]) -> str:
    if fact.get("lower_ci") is None or fact.get("upper_ci") is None:
        return ""
    shown = _DECIMALS.search(fact["text"])
    decimals = len(shown[1]) if shown else 0
    return f"{number(fact['lower_ci'], decimals)} to {number(fact['upper_ci'], decimals)}"


def _csv(facts: list[dict[str, Any]]) -> str:
    guarded = [{key: _as_text(value) for key, value in fact.items()} for fact in facts]
    return pd.DataFrame(guarded).to_csv(index=False, lineterminator="\r\n")


def _as_text(value: Any) -> Any:
    """Keep a spreadsheet from reading a name that begins like a formula as one."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
