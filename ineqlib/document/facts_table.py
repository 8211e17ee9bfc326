"""The facts of a page, as a table to read and a file to keep; neither needs JavaScript."""

import csv
import io
import re
from typing import Any

from markupsafe import Markup, escape

from ineqlib.charts.figure import table_html
from ineqlib.text import number, without_formulas

_DECIMALS = re.compile(r"\d\.(\d+)")
_IN_WORDS = re.compile(r'data-fact="([^"]*)"')
_BLANK = "[z]"
_ESCAPED = b'%\r\n\t#"&<>'
"""What a link, or the attribute it stands in, would not keep; the percent sign comes first."""


def facts_section(facts: list[dict[str, Any]], body: str, *, name: str) -> Markup:
    """Write the section "Every figure on this page": a download of all, a table of those in words.

    Parameters
    ----------
    facts
        One dictionary per fact.
    body
        HTML of the page's content, whose numbers carry their facts' ids.
    name
        Start of the file's name.
    """
    if not facts:
        return Markup("")
    in_words = set(_IN_WORDS.findall(body))
    rows = [fact for fact in facts if fact["id"] in in_words]
    table = table_html(
        _readable(rows),
        caption="Every figure in the words of this page",
        row_ids=[f"fact-{fact['id']}" for fact in rows],
    )
    shown = f"Show the {len(rows)} figures of the text as a table"
    folded = f"<details><summary>{shown}</summary>{table}</details>" if rows else ""
    return Markup(
        '<section class="facts" aria-labelledby="facts-heading">'
        '<h2 id="facts-heading">Every figure on this page</h2>'
        "<p>The file has every number of this page and of each year in its charts, unrounded. The "
        "table has those in the text. Both say where a number comes from and how it was made. [z] "
        "means that a column does not apply.</p>"
        f'<p><a class="download" download="{escape(name)}-facts.csv" '
        f'href="{csv_link(_csv(facts))}">'
        f"Download all {len(facts)} figures (CSV)</a></p>"
        f"{folded}</section>"
    )


def csv_link(text: str) -> str:
    """Write a link that holds a CSV file, for an attribute in double quotes.

    The file begins with a byte order mark, by which spreadsheets know UTF-8. Of its characters only
    those are escaped that must be: the whole in base64 takes a quarter more.

    Parameters
    ----------
    text
        Content of the file; ends with a line break.
    """
    content = text.encode("utf-8")
    for character in _ESCAPED:
        content = content.replace(bytes([character]), b"%%%02X" % character)
    return f"data:text/csv;charset=utf-8,%EF%BB%BF{content.decode('utf-8')}"


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
    return {name: [row[name] or _BLANK for row in rows] for name in (rows[0] if rows else ())}


def _interval(fact: dict[str, Any]) -> str:
    if fact.get("lower_ci") is None or fact.get("upper_ci") is None:
        return ""
    shown = _DECIMALS.search(fact["text"])
    decimals = len(shown[1]) if shown else 0
    return f"{number(fact['lower_ci'], decimals)} to {number(fact['upper_ci'], decimals)}"


def _csv(facts: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(column for fact in facts for column in fact))
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    cells = (without_formulas([fact.get(column) for fact in facts]) for column in columns)
    writer.writerows(zip(*cells, strict=True))
    return file.getvalue()
