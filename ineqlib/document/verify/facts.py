"""Whether the figures of a page are the pack's, and about the right places."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ineqlib.document.facts_table import facts_file
from ineqlib.document.model import Document
from ineqlib.document.parse_page import PageRead
from ineqlib.document.parse_tags import Shown
from ineqlib.document.subject import Subject
from ineqlib.errors import listed
from ineqlib.facts.fact import FactTable
from ineqlib.pack import Pack
from ineqlib.text import plural

Row = dict[str, str]
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.(\d+))?")


def facts_problems(read: PageRead, document: Document, pack: Pack) -> Iterator[str]:
    """Yield what is wrong with the facts that travel with a page and the numbers shown from them.

    Facts of the document are held against a fresh computation, other published ones against the
    rows they say they came from; what a notebook has computed besides is only held against the
    number shown. The file is compared as a whole first: nearly every page's is its document's.
    """
    in_words = {shown.fact for shown in read.shown}
    if has_file_of(document, read):
        rows = facts_file(document.facts.csv).records(in_words)
    else:
        rows = read.facts
        yield from _places(read, document, pack)
        wrong = wrong_facts(read, document, pack)
        if wrong:
            which = listed((f"{row['id']} is {_beside(row, own)}" for row, own in wrong), 3)
            yield f"Of {len(rows)} figures, {len(wrong)} are not the pack's: {which}."
    in_file = {row["id"]: row for row in rows}
    in_words &= in_file.keys()
    expected = {name: in_file[name]["text"] for name in in_words}
    if dict(read.rows) != expected:
        differing = {name for name, _ in set(read.rows) ^ set(expected.items())}
        yield (
            f"The table of all figures is not the file's: {plural(len(differing), 'row')} differ, "
            f"such as {listed(sorted(differing), 3)}."
        )
    pairs = {(fact.indicator_id, fact.source) for fact in map(document.facts.get, in_words) if fact}
    expected_files = document.origin.of(pairs).files
    missing = [file.name for file in expected_files if file.name not in read.words]
    if missing:
        yield (
            f"Of {plural(len(expected_files), 'file')} behind the figures, the page does not name "
            f"{len(missing)}: {listed(missing, 3)}."
        )
    strays = list(astray(read.shown, in_file))
    if strays:
        of = f"Of {len(read.shown)} numbers in the text"
        yield f"{of}, {len(strays)} are not their facts': {listed(strays, 3)}."


def has_file_of(document: Document, read: PageRead) -> bool:
    """Tell whether the file of a page's facts is that of its document, to the letter."""
    return read.download == facts_file(document.facts.csv).link


def own_facts_problems(read: PageRead, kind: str, pack: Pack) -> list[str]:
    """Return what is wrong with the facts of a page that shows no document, but answers of a pack.

    They may be about any place of the pack.
    """
    areas = pack.areas
    document = Document(
        kind=kind,
        subject=Subject("", "", kind),
        parameters={},
        title=read.title,
        summary="",
        facts=FactTable(()),
        outline={},
        places=dict(zip(areas["area_code"], areas["area_name"], strict=True)),
    )
    return list(facts_problems(read, document, pack))


def _beside(row: Row, pack: str) -> str:
    """Say what a page has and what the pack has."""
    if row["text"] == pack:
        return f"{pack} as shown, but {row['value']} in the file, which the pack does not say"
    return f"{row['text']}, not {pack}"


def _places(read: PageRead, document: Document, pack: Pack) -> Iterator[str]:
    """Find figures of a notebook's own about places that the document has nothing to do with."""
    subject = document.subject
    own = [row for row in read.facts if row["id"] not in document.facts]
    counts = Counter(row["area_code"] for row in own if row["area_code"])
    strangers = {code: count for code, count in counts.items() if code not in document.places}
    if strangers:
        known = pack.areas.set_index("area_code")["area_name"]
        which = listed(
            f"{known.get(code, code)} ({code}, {plural(count, 'figure')})"
            for code, count in strangers.items()
        )
        yield (
            f"Figures of places that {subject.name} ({subject.code}) is not compared with are "
            f"among the page's own: {which}."
        )
    places = {row["area_code"] for row in read.facts} - {""}
    if places and document.facts and subject.code not in places:
        yield (
            f"The page holds {plural(len(read.facts), 'figure')}, none of them about "
            f"{subject.name}."
        )


def wrong_facts(read: PageRead, document: Document, pack: Pack) -> list[tuple[Row, str]]:
    """Return the facts of a page that differ from the document's, each with what that has."""
    wrong, traced = [], []
    for row in read.facts:
        fact = document.facts.get(row["id"])
        if fact is None:
            traced.append(row)
        elif not same_number(row["value"], fact.value) or row["text"] != fact.text:
            wrong.append((row, fact.text))
    return wrong + _untrue(traced, pack)


def _untrue(facts: list[Row], pack: Pack) -> list[tuple[Row, str]]:
    """Return published facts that are not what their row of the pack says."""
    published = [row for row in facts if row["method"] == "published" and row["rows"].isdigit()]
    if not published:
        return []
    wanted = sorted({int(row["rows"]) for row in published})
    rows = pack.table("observations", [("row", "in", wanted)], ["row", "area_code", "value"])
    known = {row.row: (row.area_code, row.value) for row in rows.itertuples()}
    wrong = []
    for row in published:
        number = int(row["rows"])
        code, value = known.get(number, ("", math.nan))
        if not code:
            wrong.append((row, f"in the pack, which has no row {number}"))
        elif code != row["area_code"]:
            wrong.append((row, f"about {row['area_name']}: its row is {code}'s"))
        elif not same_number(row["value"], value):
            wrong.append((row, f"{value:g}"))
    return wrong


def astray(numbers: Iterable[Shown], facts: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Describe each number in the prose that is not its fact's value or limit, as it is written.

    Parameters
    ----------
    numbers
        Those shown.
    facts
        Those of the page, by their ids.
    """
    for shown in numbers:
        fact = facts.get(shown.fact)
        if fact is None:
            yield f"“{shown.text}” has no fact on the page"
        elif not any(
            same_number(shown.value, sign * float(fact[column]))
            for column in ("value", "lower_ci", "upper_ci")
            if fact[column]
            for sign in (1, -1)  # the words may give the direction of a difference
        ):
            yield f"“{shown.text}” carries {shown.value}, its fact says {fact['text']}"
        elif not _reads_as(shown):
            yield f"“{shown.text}” stands for {shown.value}"


def _reads_as(shown: Shown) -> bool:
    """Tell whether the text is the value, rounded."""
    number = _NUMBER.search(shown.text)
    if number is None:
        return True
    written = float(number[0].replace("−", "-").replace(",", ""))
    room = 0.5 * 10.0 ** -len(number[1] or "")
    return abs(abs(written) - abs(float(shown.value))) <= room * (1 + 1e-6)


def same_number(text: str, value: float) -> bool:
    """Tell whether a number written on a page is this one; ten digits are written."""
    try:
        return math.isclose(float(text), value, rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False


def whose_figures(read: PageRead, document: Document, pack: Pack) -> str:
    """Say which other area the wrong figures are true of, where there is exactly one."""
    wrong = [
        row
        for row, _ in wrong_facts(read, document, pack)
        if row["area_code"] == document.subject.code
        and row["method"] == "published"
        and not row["subgroup"]
    ]
    if not wrong:
        return ""
    columns = ["indicator_id", "sex", "value", "area_code", "area_name"]
    ids = sorted({row["indicator_id"] for row in wrong})
    rows = pack.observations(indicator=ids, dimension="", columns=columns)
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
