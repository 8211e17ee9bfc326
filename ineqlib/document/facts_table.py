"""The facts of a page, as a table to read and a file to keep; neither needs JavaScript."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress

from markupsafe import Markup, escape

from ineqlib.charts.figure import table_html
from ineqlib.document.origin import NOWHERE, Origin
from ineqlib.errors import RenderError
from ineqlib.spreadsheet import as_it_was, csv_lines_as_they_are
from ineqlib.text import SHORTHAND, number, plural

_DECIMALS = re.compile(r"\d\.(\d+)")
_IN_WORDS = re.compile(r'data-fact="([^"]*)"')
_MARK = re.compile(r"\[[a-z]\]")
_BLANK = "[z]"
_END = "\r\n"
_LIKE_A_DATE = re.compile(r",(?:\d{4}/(?:0[1-9]|1[0-2])|\d{1,2}-(?:[1-9]|1[0-2])|1[0-2]-\d\d),")
"""A cell of which a spreadsheet makes a date: 2011/12, the ages 5-9 and 10-14."""
_SAID_ELSEWHERE = {"decimals", "mark", "source", "unit"}
"""Columns left out of the file to download: `text` has the number with its decimals, mark and unit,
and `rows` says from which rows of the pack, and so from which source, it came."""
_ESCAPED = b'%\r\n\t#"&<>'
"""What a link, or the attribute it stands in, would not keep; the percent sign comes first."""


@dataclass(frozen=True)
class FactsFile:
    """The CSV file of a page's facts.

    Parameters
    ----------
    text
        Its content: a heading, and a row for each fact, whose id comes first.
    """

    text: str

    @cached_property
    def _rows(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.text, newline="")))

    @cached_property
    def ids(self) -> list[str]:
        """Ids of its facts, in order."""
        return [row[0] for row in self._rows[1:]]

    def records(self, ids: set[str]) -> list[dict[str, str]]:
        """Return some of its facts as texts by the names of their columns, in order."""
        heading, *rows = self._rows or [[]]
        return [
            dict(zip(heading, map(as_it_was, row), strict=True)) for row in rows if row[0] in ids
        ]

    @cached_property
    def link(self) -> str:
        """The file to download as a link: without what is said elsewhere.

        Its rows end in a line feed alone: the carriage return before it would take three bytes.
        """
        is_kept = [name not in _SAID_ELSEWHERE for name in self._rows[0]]
        rows = csv_lines_as_they_are(compress(row, is_kept) for row in self._rows)
        return csv_link("".join([f"{row.removesuffix(_END)}\n" for row in rows]))

    @cached_property
    def warning(self) -> str:
        """What to do where a spreadsheet would not show the file as it is; else nothing."""
        if not _LIKE_A_DATE.search(self.text):
            return ""
        return (
            " Import the file into a spreadsheet with period and age as text: opened directly, "
            "some of them become dates."
        )

    @classmethod
    def joined(cls, texts: Sequence[str]) -> "FactsFile":
        """Return one file of several that may have facts in common.

        Raises
        ------
        RenderError
            A fact differs between two of them.
        """
        if len(set(texts)) <= 1:
            return facts_file(texts[0] if texts else "")
        facts: dict[str, list[str]] = {}
        for row in (row for text in texts for row in cls(text)._rows):
            if facts.setdefault(row[0], row) != row:
                raise RenderError(f"The notebook shows two different facts with the id '{row[0]}'.")
        return cls("".join(csv_lines_as_they_are(facts.values())))


@lru_cache(maxsize=1)
def facts_file(text: str) -> FactsFile:
    """Return the file with this content, the same for all who ask for it before for another."""
    return FactsFile(text)


def facts_section(facts: FactsFile, body: str, *, name: str, origin: Origin = NOWHERE) -> Markup:
    """Write the section "Every figure on this page": a download of all, a table of those in words.

    Parameters
    ----------
    facts
        All facts of the page.
    body
        HTML of the page's content, whose numbers carry their facts' ids.
    name
        Start of the file's name.
    origin
        From which files the figures come.
    """
    if not facts.ids:
        return Markup("")
    rows = facts.records(set(_IN_WORDS.findall(body)))
    used = origin.of({(fact["indicator_id"], fact["source"]) for fact in rows})
    table = table_html(
        _readable(rows, used),
        caption="Every figure in the words of this page",
        row_ids=[f"fact-{fact['id']}" for fact in rows],
    )
    shown = f"Show the {plural(len(rows), 'figure')} of the text as a table"
    every = f"{'the' if len(facts.ids) == 1 else 'all'} {plural(len(facts.ids), 'figure')}"
    traced = files_table(used) if origin.pack else ""
    folded = f"<details><summary>{shown}</summary>{traced}{table}</details>" if rows else ""
    return Markup(
        '<section class="facts" aria-labelledby="facts-heading">'
        '<h2 id="facts-heading">Every figure on this page</h2>'
        "<p>The file has every number of this page and of each year in its charts, unrounded, how "
        "it was made and from which rows of the pack. The table has those in the text, with their "
        f"sources. [z] means that a column does not apply.{_marks_of(body)}{facts.warning}</p>"
        f'<p><a class="download" download="{escape(name)}-facts.csv" '
        f'href="{facts.link}">'
        f"Download {every} (CSV)</a></p>"
        f"{folded}</section>"
    )


def _marks_of(body: str) -> str:
    """Say what the marks on a page mean, as far as it does not say so itself."""
    marks = set(_MARK.findall(body)) - {_BLANK}
    return "".join(
        f" {mark}: {words}."
        for mark, words in SHORTHAND.items()
        if mark in marks and words not in body
    )


def files_table(origin: Origin) -> str:
    """Write how a figure is traced, and the files that the figures of the table come from."""
    how = (
        '<p>To follow a figure to its file and publisher, each step proved: <code>ineq trace "'
        'NAME OF THE FIGURE" "THIS PAGE"</code>. A click on a number shows it whole.</p>'
    )
    if not origin.files:
        return how
    caption = "The files behind these figures, by their numbers under Source"
    return how + table_html(origin.table(), caption=caption)


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


def _readable(facts: list[dict[str, str]], origin: Origin) -> dict[str, list[str]]:
    rows = [
        {
            "Figure": fact["text"],
            "95% interval": _interval(fact),
            "Indicator": fact["indicator_id"],
            "Place": fact["area_name"],
            "Group": fact["subgroup"],
            "Period": fact["period"],
            "Sex": fact["sex"],
            "Age": fact["age"],
            "Method": fact["method"],
            "Source": origin.named(fact["indicator_id"], fact["source"]),
        }
        for fact in facts
    ]
    return {name: [row[name] or _BLANK for row in rows] for name in (rows[0] if rows else ())}


def _interval(fact: dict[str, str]) -> str:
    if not fact["lower_ci"] or not fact["upper_ci"]:
        return ""
    shown = _DECIMALS.search(fact["text"])
    decimals = len(shown[1]) if shown else 0
    limits = (float(fact[name]) for name in ("lower_ci", "upper_ci"))
    return " to ".join(number(limit, decimals) for limit in limits)
