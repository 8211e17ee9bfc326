"""Whether the figures of a page are the pack's, and about the right places."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ineqlib.document.parse_page import PageRead, Shown
from ineqlib.errors import listed
from ineqlib.facts.profile import Profile
from ineqlib.text import plural

Row = dict[str, str]
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.(\d+))?")


def facts_problems(read: PageRead, profile: Profile, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the facts that travel with a page and the numbers shown from them.

    Facts of the briefing's own sections are held against a fresh computation, other published ones
    against the rows they say they came from; what a notebook has computed besides is only held
    against the number shown.
    """
    yield from _places(read, profile, names)
    wrong = wrong_facts(read, profile)
    if wrong:
        which = listed((f"{row['id']} is {_told(row, told)}" for row, told in wrong), 3)
        yield f"Of {len(read.facts)} figures, {len(wrong)} are not the pack's: {which}."
    shown = {row["id"]: row["text"] for row in read.facts}
    if read.rows and dict(read.rows) != shown:
        differing = {name for name, _ in set(read.rows) ^ set(shown.items())}
        yield (
            f"The table of all figures is not the file's: {plural(len(differing), 'row')} differ, "
            f"such as {listed(sorted(differing), 3)}."
        )
    astray = list(_astray(read))
    if astray:
        of = f"Of {len(read.shown)} numbers in the text"
        yield f"{of}, {len(astray)} are not their facts': {listed(astray, 3)}."


def _told(row: Row, pack: str) -> str:
    """Say what a page has and what the pack has."""
    if row["text"] == pack:
        return f"{pack} as shown, but {row['value']} in the file, which the pack does not say"
    return f"{row['text']}, not {pack}"


def _places(read: PageRead, profile: Profile, names: Mapping[str, str]) -> Iterator[str]:
    area = profile.area
    counts = Counter(row["area_code"] for row in read.facts if row["area_code"])
    related = _related(profile)
    strangers = {code: count for code, count in counts.items() if code not in related}
    if strangers:
        which = listed(
            f"{names.get(code, code)} ({code}, {plural(count, 'figure')})"
            for code, count in strangers.items()
        )
        yield (
            f"Figures of places that {area.name} ({area.code}) is not compared with are among the "
            f"page's own: {which}."
        )
    if counts and area.code not in counts:
        yield f"The page holds {plural(len(read.facts), 'figure')}, none of them about {area.name}."


def _related(profile: Profile) -> set[str]:
    area = profile.area
    above = {area.parent_code, area.region_code, area.country_code}
    beside = {each.code for each in profile.pack.districts(area.parent_code or area.code)}
    return {area.code} | above | beside | set(profile.neighbours)


def wrong_facts(read: PageRead, profile: Profile) -> list[tuple[Row, str]]:
    """Return the facts of a page that differ from the pack's, each with what the pack has."""
    book = profile.book.facts
    wrong, traced = [], []
    for row in read.facts:
        fact = book.get(row["id"])
        if fact is None:
            traced.append(row)
        elif not one_number(row["value"], fact.value) or row["text"] != fact.text:
            wrong.append((row, fact.text))
    return wrong + _untrue(traced, profile)


def _untrue(facts: list[Row], profile: Profile) -> list[tuple[Row, str]]:
    """Return published facts that are not what their row of the pack says."""
    published = [row for row in facts if row["method"] == "published" and row["rows"].isdigit()]
    if not published:
        return []
    known = {row.row: (row.area_code, row.value) for row in profile.rows}
    wanted = {int(row["rows"]) for row in published}
    if absent := sorted(wanted - set(known)):
        columns = ["row", "area_code", "value"]
        more = profile.pack.table("observations", [("row", "in", absent)], columns)
        known |= {row.row: (row.area_code, row.value) for row in more.itertuples()}
    wrong = []
    for row in published:
        number = int(row["rows"])
        code, value = known.get(number, ("", math.nan))
        if not code:
            wrong.append((row, f"in the pack, which has no row {number}"))
        elif code != row["area_code"]:
            wrong.append((row, f"about {row['area_name']}: its row is {code}'s"))
        elif not one_number(row["value"], value):
            wrong.append((row, f"{value:g}"))
    return wrong


def _astray(read: PageRead) -> Iterator[str]:
    """Describe each number in the prose that is not its fact's value or limit, as it is written."""
    facts = {row["id"]: row for row in read.facts}
    for shown in read.shown:
        fact = facts.get(shown.fact)
        if fact is None:
            yield f"“{shown.text}” has no fact on the page"
        elif not any(
            one_number(shown.value, sign * float(fact[column]))
            for column in ("value", "lower_ci", "upper_ci")
            if fact[column]
            for sign in (1, -1)  # the words may give the direction of a difference
        ):
            yield f"“{shown.text}” carries {shown.value}, its fact says {fact['text']}"
        elif not _reads_as(shown):
            yield f"“{shown.text}” stands for {shown.value}"


def _reads_as(shown: Shown) -> bool:
    """Tell whether the text is the value, rounded."""
    found = _NUMBER.search(shown.text)
    if found is None:
        return True
    written = float(found[0].replace("−", "-").replace(",", ""))
    room = 0.5 * 10.0 ** -len(found[1] or "")
    return abs(abs(written) - abs(float(shown.value))) <= room * (1 + 1e-6)


def one_number(text: str, value: float) -> bool:
    """Tell whether a number written on a page is this one; ten digits are written."""
    try:
        return math.isclose(float(text), value, rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False


def whose_figures(read: PageRead, profile: Profile) -> str:
    """Say which other area the wrong figures are true of, where there is exactly one."""
    wrong = [
        row
        for row, _ in wrong_facts(read, profile)
        if row["area_code"] == profile.area.code
        and row["method"] == "published"
        and not row["subgroup"]
    ]
    if not wrong:
        return ""
    columns = ["indicator_id", "sex", "value", "area_code", "area_name"]
    ids = sorted({row["indicator_id"] for row in wrong})
    rows = profile.pack.observations(indicator=ids, dimension="", columns=columns)
    suspects: set[tuple[str, str]] | None = None
    for row in wrong:
        same = rows[
            (rows["indicator_id"] == row["indicator_id"])
            & (rows["sex"] == row["sex"])
            & ((rows["value"] - float(row["value"])).abs() < 1e-9)
        ]
        named = set(zip(same["area_name"], same["area_code"], strict=True))
        suspects = named if suspects is None else suspects & named
    if not suspects or len(suspects) > 1:
        return ""
    [(name, code)] = suspects
    return f" They are the figures of {name} ({code})."
