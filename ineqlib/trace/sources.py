"""From rows of a pack to the files, the downloads and the publishers they come from."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ineqlib.errors import listed
from ineqlib.facts.fact import limit_or_none
from ineqlib.observations import NOT_STATED
from ineqlib.pack import Pack
from ineqlib.pack.caches import is_kept_whole
from ineqlib.pack.provenance import PROVENANCE
from ineqlib.pack.report import FileReport
from ineqlib.text import day_in_words, plural
from ineqlib.trace.chain import Step
from ineqlib.trace.files import AtHand, FileRow, find_file, provenance_beside, rows_again


def file_steps(
    pack: Pack, rows: pd.DataFrame, indicator: str, source: str, places: Sequence[Path]
) -> Iterator[Step]:
    """Follow rows of a pack to their files, and the files to their publishers.

    `indicator` and `source` are of a figure that comes from no row, and may be empty.
    """
    pairs = list(dict.fromkeys(zip(rows["indicator_id"], rows["source"], strict=True)))
    if not pairs and (indicator or source):
        pairs = [(indicator, source)]
    files = {file.name: file for pair in pairs for file in _files_of(pack, *pair)}
    if not files:
        yield _without_files(pack, bool(pairs))
    else:
        yield from _from_files(pack, rows, list(files.values()), places)
    for name in dict.fromkeys(name for _, name in pairs if name):
        yield _publisher_step(pack, name, [file for file in files.values() if file.source == name])


def _files_of(pack: Pack, indicator: str, source: str) -> tuple[FileReport, ...]:
    if indicator:
        return pack.files_of(indicator, source)
    return tuple(file for file in pack.report.files if file.rows_kept and file.source == source)


def _without_files(pack: Pack, has_source: bool) -> Step:
    if not has_source:
        words = "It rests on no file of its own: the figures that it was made of can be followed."
        return Step("file", "holds", words)
    if pack.fictional and not pack.meta.inputs:
        words = (
            f"No file is behind it: ineqlib made the pack up ({pack.meta.vintage}). `ineq demo "
            "--pack` with another folder makes the same tables again, to compare."
        )
        return Step("file", "holds", words)
    words = (
        "The pack does not note which of its files gave these figures, as `ineq build` does. "
        "Build the pack again from the same files, and the page from that."
    )
    return Step("file", "open", words)


def _from_files(
    pack: Pack, rows: pd.DataFrame, files: list[FileReport], places: Sequence[Path]
) -> Iterator[Step]:
    """Follow rows to each file that may have given them: at least one must have each row."""
    codes = {code: _codes_of(pack, code) for code in rows["area_code"].unique()}
    proved: set[int] = set()
    set_aside_for: set[int] = set()
    unseen = False
    for file in files:
        at_hand = find_file(file, places)
        mine = rows[(rows["source"] == file.source) & rows["indicator_id"].isin(file.indicators)]
        step, agreeing = _file_step(file, at_hand, mine, codes)
        proved |= agreeing
        in_file = [int(row) for row, others in step.details.get("found", {}).items() if others]
        set_aside_for.update(in_file)
        unseen |= at_hand is None
        yield step
        if at_hand is None or mine.empty or in_file:
            yield _download_step(file, at_hand)
    lost = rows[~rows["row"].isin(proved)]
    if unseen or lost.empty:
        return  # the step of a file that is not at hand has said what is needed
    numbers = lost["row"].tolist()
    which = f"{plural(len(lost), 'row')} of the pack ({listed(numbers)})"
    made_here = lost[(lost["note"] != "") & ~lost["row"].isin(set_aside_for)]
    if len(made_here) == len(lost):
        words = (
            f"{which}: no file has a figure of these areas. When the pack was built it was made "
            f"from others, as its note says: {listed(made_here['note'].unique(), 3)}"
        )
        yield Step("file", "open", words, {"rows": numbers})
        return
    words = (
        f"what {which} says is in none of the files that the pack says it was built from, read "
        "again with the same layouts."
    )
    yield Step("file", "breaks", words, {"rows": numbers})


def _codes_of(pack: Pack, code: str) -> list[str]:
    """Return the codes that a file may have for an area: its own and those it had before."""
    changes = pack.area_changes
    before = changes[(changes["new_code"] == code) & (changes["kind"] == "renamed")]
    return [code, *before["old_code"]]


def _file_step(
    file: FileReport, at_hand: AtHand | None, rows: pd.DataFrame, codes: Mapping[str, Sequence[str]]
) -> tuple[Step, set[int]]:
    """Return what is found of rows in a file, and the rows of the pack that it says the same of."""
    details: dict[str, Any] = {
        "file": file.name,
        "sha256": file.sha256,
        "layout": file.recognised_as,
    }
    if at_hand is None:
        words = (
            f"{file.name} is not at hand, so its rows were not read again. Give the folder that "
            f"has it with --downloads; it is the file with SHA-256 {file.sha256}."
        )
        return Step("file", "open", words, details), set()
    if at_hand.sha256 != file.sha256:
        words = (
            f"{file.name} was changed after the pack was built from it: its SHA-256 is "
            f"{at_hand.sha256}, the pack was built from {file.sha256}."
        )
        return Step("file", "breaks", words, details), set()
    said = "; ".join(f"{key} {text}" for key, text in file.stated.items())
    stated = f" Its description states: {said}." if said else ""
    about = (
        f"{file.name} ({file.recognised_as}), SHA-256 {file.sha256}, is the file the pack notes."
    )
    others_of = rows_again(file, at_hand, rows, codes) if len(rows) else {}
    details["found"] = {
        str(row): [dict(other._asdict(), value=limit_or_none(other.value)) for other in others]
        for row, others in others_of.items()
    }
    lines = [line for row, others in others_of.items() for line in _rows_in_words(row, others)]
    agreeing = {row for row, others in others_of.items() if any(other.agrees for other in others)}
    words = "\n".join([f"{about}{stated}", *lines])
    return Step("file", "holds", words, details), agreeing


def _rows_in_words(row: int, others: Sequence[FileRow]) -> Iterator[str]:
    if not others:
        yield f"row {row} of the pack: not in this file"
    for other in others:
        sheet = f" of the sheet '{other.sheet}'" if other.sheet else ""
        says = "the same" if other.agrees else "another figure, which was set aside for it"
        yield f"row {row} of the pack: row {other.number:,}{sheet} says {other.value:.10g}, {says}"


def _download_step(file: FileReport, at_hand: AtHand | None) -> Step:
    """Hold a file against what was noted when it was fetched."""
    if not file.origins:
        return _by_hand_step(file)
    beside = provenance_beside(at_hand) if at_hand else None
    kept = {part["sha256"]: is_kept_whole(part["sha256"]) for part in file.origins}
    details = {"made_from": file.origins}
    for fault in _faults(file, beside, kept):
        return Step("download", "breaks", fault, details)
    return Step("download", "holds", _fetched_words(file, kept, beside), details)


def _by_hand_step(file: FileReport) -> Step:
    """Tell where a file is from that no pull has fetched."""
    if file.urls:
        day = file.day or "no day stated"
        words = f"{file.name} is from {file.urls[0]}, as a person stated; {day}."
        return Step("download", "holds", words, {"url": file.urls[0], **file.days})
    when = f" ({file.day})" if file.day else ", or when"
    words = (
        f"Nothing notes from which address {file.name} was downloaded{when}. `ineq pull` notes it "
        "by itself; for a file fetched by hand, `url` and `accessed` in a description do "
        "(docs/packs.md)."
    )
    return Step("download", "open", words)


def _faults(
    file: FileReport, beside: Mapping[str, Any] | None, kept: Mapping[str, bool | None]
) -> Iterator[str]:
    """Say in what a file is not what was fetched."""
    name, parts = file.name, file.origins
    if beside is not None and beside.get("sha256") != file.sha256:
        yield (
            f"{PROVENANCE} beside {name} says that what was fetched had SHA-256 "
            f"{beside.get('sha256')}, the pack was built from {file.sha256}."
        )
    if beside is not None and (wrong := _unlike_parts(file, beside)):
        yield f"{PROVENANCE} beside {name} says of {wrong} otherwise than the pack."
    if len(parts) == 1 and parts[0]["sha256"] != file.sha256:
        yield (
            f"{name} is one answer as it came, with SHA-256 {parts[0]['sha256']} when it was "
            f"fetched, but the pack was built from {file.sha256}."
        )
    if altered := listed(sha for sha, is_whole in kept.items() if is_whole is False):
        yield f"of what was fetched for {name}, the bytes kept under {altered} were altered."


def _unlike_parts(file: FileReport, beside: Mapping[str, Any]) -> str:
    """Return what a pull notes otherwise of the answers a file was made from than the pack does."""
    noted = beside.get("made_from", [])
    for part, other in zip(file.origins, noted, strict=False):
        for key, value in part.items():
            if other.get(key) != value:
                return f"the {key} of {part['what']}"
    return "" if len(noted) == len(file.origins) else "how many answers it was made from"


def _fetched_words(
    file: FileReport, kept: Mapping[str, bool | None], beside: Mapping[str, Any] | None
) -> str:
    first, *_ = parts = file.origins
    publisher = f"{first['publisher']} ({first['licence']})"
    day = day_in_words(min(part["fetched"] for part in parts)[:10])
    whole = "as it came" if len(parts) == 1 else f"put together from {len(parts)} answers"
    proved = dict.fromkeys(words for part in parts for words in part["proved"])
    lines = [
        f"{file.name} was fetched on {day} from {publisher}, {whole}:",
        *(f"{part['url']} SHA-256 {part['sha256']}" for part in parts),
        f"Proved of it then: {'; '.join(proved)}.",
    ]
    there = sum(bool(is_whole) for is_whole in kept.values())
    lines.append(
        f"{PROVENANCE} beside the file says the same." * (beside is not None)
        + f" {there} of {plural(len(kept), 'answer')} is kept on this computer, unaltered."
    )
    return "\n".join(line.strip() for line in lines)


def _publisher_step(pack: Pack, source: str, files: Sequence[FileReport]) -> Step:
    """Say who published what, under which licence."""
    sources = pack.sources
    is_made_up = pack.fictional and not pack.meta.inputs  # then it has one source for everything
    rows = (sources if is_made_up else sources[sources["source_id"] == source]).to_dict("records")
    if not rows:
        words = (
            f"the pack says nothing of the source '{source}': publisher and licence are unknown."
        )
        return Step("publisher", "open", words)
    [about] = rows
    days = list(dict.fromkeys(file.day for file in files if file.day))
    licence = about["licence"]
    if licence in ("", NOT_STATED):
        licence = "Its licence is not stated: ask who made it before it is passed on"
    words = f"{about['title']}, {about['publisher']}. {licence}. {about['attribution']}"
    if days:
        words += f" Files {listed(days, 3)}."
    return Step("publisher", "holds", words, {name: str(text) for name, text in about.items()})
