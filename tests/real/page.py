"""A finished briefing taken apart, and the authorities whose briefings the tests make."""

import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
from lxml import html

from ineqlib.catalogue import load_catalogue

DISTRICTS = {"E07000243": "Stevenage", "E07000240": "St Albans"}
"""Two of Hertfordshire's ten; St Albans has changed its code."""
SINGLE_TIER = {
    "E06000052": "Cornwall",
    "E08000012": "Liverpool",
    "E09000012": "Hackney",
}
"""One of each kind: unitary, metropolitan and in London."""
AREAS = DISTRICTS | SINGLE_TIER
SEXES = {"Male": "men", "Female": "women"}
COUNTY, ENGLAND = "E10000015", "E92000001"


_UNIT = re.compile(r"(.*) \((.*)\)")
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")


@dataclass(frozen=True)
class Page:
    """A finished briefing, taken apart."""

    path: Path
    text: str

    @cached_property
    def root(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def prose(self) -> list[tuple[str, float, str]]:
        """Every number of the text: id of its fact, its value, and what a reader sees."""
        return [
            (each.get("data-fact"), float(each.get("value")), each.text_content())
            for each in self.root.iterfind(".//data[@data-fact]")
        ]

    def shown(self, fact: str) -> list[str]:
        """What a reader sees of one fact: the figure, then its limits, as often as it is said."""
        return [text for each, _, text in self.prose if each == fact]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The figures the reader can download."""
        (link,) = self.root.xpath('//a[@class="download"]/@href')
        content = unquote(link.partition(",")[2]).removeprefix("\ufeff")
        return pd.read_csv(io.StringIO(content), dtype={"rows": str}, keep_default_na=False)

    @property
    def spoken(self) -> str:
        """The words of the page, without scripts and drawings."""
        return plain(" ".join(self.root.xpath("//main//text()[not(ancestor::svg)]")))

    def figures(self, *, starting: str) -> list[str]:
        return [name for name in self.root.xpath("//figure/@id") if name.startswith(starting)]

    def table(self, figure: str) -> dict[str, dict[str, str]]:
        """The table twin of a figure: row name -> column -> cell."""
        (table,) = self.root.xpath(f'//figure[@id="{figure}"]//table')
        return rows_of(table)

    @property
    def glance(self) -> dict[str, dict[str, str]]:
        """The rows of every spine chart's table."""
        tables = self.root.xpath('//figure[starts-with(@id, "at-a-glance")]//table')
        return {name: row for table in tables for name, row in rows_of(table).items()}

    def fact(self, **columns: str) -> pd.Series:
        """The one fact with these columns."""
        found = self.facts
        for name, value in columns.items():
            found = found[found[name] == value]
        assert len(found) == 1, f"{len(found)} facts with {columns}"
        return found.iloc[0]


def rows_of(table: html.HtmlElement) -> dict[str, dict[str, str]]:
    """Row name -> column -> cell, with its unit and both its limits in it."""
    names = [plain(cell.text_content()) for cell in table.xpath("./thead/tr/th")]
    rows = [
        [plain(cell.text_content()) for cell in row.xpath("./th|./td")]
        for row in table.xpath("./tbody/tr")
    ]
    return {row[0]: _as_read(dict(zip(names, row, strict=True))) for row in rows}


def _as_read(row: dict[str, str]) -> dict[str, str]:
    """Put units, which the headings or a column have, and limits, which are two columns, back."""
    read = {}
    for name, cell in row.items():
        stem, is_lower, _ = name.partition(", lower")
        in_heading = _UNIT.fullmatch(stem)
        stem, unit = in_heading.groups() if in_heading else (stem, row.get("Unit", ""))
        if is_lower:
            upper = row[f"{name.removesuffix('lower')}upper"]
            read[stem] = cell if cell.startswith("[") else f"{cell} to {upper}"
        elif _NUMBER.fullmatch(cell) and not unit.startswith("[") and stem != "Period":
            read[stem] = f"{cell}{'' if unit == '%' else ' '}{unit}".rstrip()
        else:
            read[stem] = cell
    return read


def named(indicator: str, sex: str = "") -> str:
    """What the page calls an indicator."""
    name = load_catalogue()[indicator].public_name
    return f"{name}, {SEXES[sex]}" if sex else name


def plain(text: str) -> str:
    return " ".join(text.split())
