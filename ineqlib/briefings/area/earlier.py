"""The last briefing of an area, read back from its page: what its figures were then."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from ineqlib.briefings.kinds import AREA_BRIEFING
from ineqlib.document.parse_page import PageRead, read_page
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.facts.fact import Fact, fact_id
from ineqlib.narrative.reader import AUDIENCES, Reader
from ineqlib.pack import Area
from ineqlib.periods import parse_period

Key = tuple[str, str, str]
"""Indicator, sex and age."""
HEAD = 2_000
"""Characters of a page that hold its title."""
_TITLE = re.compile(r'<html [^>]*data-title="([^"]*)"')
_DECIMALS = re.compile(r"\d\.(\d+)")
_PUBLISHED = re.compile(r"<span>Published ([^<]*)</span>")
_ANNEX = "at_a_glance"


@dataclass(frozen=True)
class Earlier:
    """What the last briefing said."""

    published: str
    """When it came out; empty where it does not say."""
    is_whole: bool
    """Whether it holds every figure, and not only those that it tells."""
    figures: Mapping[Key, Fact]


def title_of(area: Area, reader: Reader) -> str:
    """Write the title of an area's briefing for a reader."""
    return f"{area.name}: {reader.title}"


def find_earlier(previous: str, area: Area, reader: Reader) -> Path | None:
    """Return the page of an earlier run, given it or a folder; None if this has other areas' alone.

    A page for another reader, or of another area, is refused.
    """
    path, title = Path(previous), title_of(area, reader)
    if path.is_dir():
        titles = _titles(path, path.stat().st_mtime_ns)
        if title not in titles and not any(name.endswith(f": {reader.title}") for name in titles):
            has = f"It has {listed(titles, 3)}." if titles else "It has no page of a briefing."
            raise ParameterError(
                f"'previous' is the folder {path.name}, where no page is a “{reader.title}”. {has}"
            )
        return titles.get(title)
    if not path.is_file():
        beside = [page.name for page in path.parent.glob("*")]
        raise ParameterError(
            f"'previous' is {previous}, and there is nothing.{nearest(path.name, beside)} Give the "
            "folder of an earlier run, or the page of this area in it; leave it out for the first."
        )
    _require_alike(path, title, reader)
    return path


def _require_alike(path: Path, title: str, reader: Reader) -> None:
    own = _title(path)
    if not own:
        raise ParameterError(
            f"'previous' is {path.name}, which is no page of a briefing. Give the HTML page that "
            "an earlier run made."
        )
    name, _, kind = own.partition(": ")
    if kind != reader.title:
        audience = next((name for name, other in AUDIENCES.items() if other.title == kind), "")
        for_whom = f"for the audience '{audience}'" if audience else f"a “{kind}”"
        raise ParameterError(
            f"'previous' is {path.name}, which is {for_whom}; this briefing is for "
            f"'{reader.name}'. What two readers are told cannot be compared: give the page of "
            "this one."
        )
    if own != title:
        area = title.partition(": ")[0]
        raise ParameterError(
            f"'previous' is {path.name}, which is about {name}, not about {area}. Give the page of "
            f"{area}, or the folder that has it."
        )


@cache
def _titles(folder: Path, changed: int) -> dict[str, Path]:
    """Return the pages of a folder that are documents, by title, as it was when it changed."""
    pages = sorted(folder.glob("*.html"))
    return {title: page for page in pages if (title := _title(page))}


def _title(page: Path) -> str:
    try:
        with page.open(encoding="utf-8") as file:
            title = _TITLE.search(file.read(HEAD))
    except (OSError, UnicodeDecodeError):
        return ""
    return unescape(title[1]) if title else ""


def read_earlier(page: Path, area: Area) -> Earlier:
    """Read what the last briefing of an area said; a page without figures is refused."""
    text = page.read_text(encoding="utf-8")
    read = read_page(text)
    if read.kind != AREA_BRIEFING.name or not read.facts:
        raise ParameterError(
            f"'previous' is {page.name}, which holds no figures that a briefing could be compared "
            "with. Give the page as the earlier run made it."
        )
    if read.subject_code != area.code:
        raise ParameterError(
            f"'previous' is {page.name}, which is about the area {read.subject_code}; "
            f"{area.name} is {area.code}."
        )
    published = _PUBLISHED.search(text)
    return Earlier(
        unescape(published[1]) if published else "",
        any(section.name == _ANNEX for section in read.sections),
        _newest(read, area),
    )


def _newest(read: PageRead, area: Area) -> dict[Key, Fact]:
    """Return the newest published figure of the whole area of each series."""
    newest: dict[Key, Fact] = {}
    for row in read.facts:
        is_own = row["area_code"] == area.code and row["method"] == "published"
        if not is_own or row["subgroup"] or not row["value"]:
            continue
        fact = _fact(row)
        key = fact.indicator_id, fact.sex, fact.age
        if key not in newest or _end(fact) > _end(newest[key]):
            newest[key] = fact
    return newest


def _end(fact: Fact) -> str:
    return parse_period(fact.period)[1].isoformat()


def _fact(row: Mapping[str, str]) -> Fact:
    """Read a fact from a page's file, whose text alone says how many decimals it has."""
    decimals = _DECIMALS.search(row["text"])
    return Fact(
        id=fact_id("last-briefing", row["id"]),
        value=float(row["value"]),
        text=row["text"],
        decimals=len(decimals[1]) if decimals else 0,
        indicator_id=row["indicator_id"],
        area_code=row["area_code"],
        area_name=row["area_name"],
        period=row["period"],
        sex=row["sex"],
        age=row["age"],
        method="published, as the last briefing had it",
    )
