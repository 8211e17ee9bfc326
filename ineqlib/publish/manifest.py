"""What a batch has made, from what, and what its figures were: `manifest.json` in its folder.

The file is replaced whole at the beginning and end of a batch. What is published meanwhile is noted
in a journal beside it, a line each, so that thousands of pages cost no more each than a few.
Whoever reads the manifest reads both; a line that a batch was ended in the middle of is as if it
were not there, and its page is made again.

Both say what their own content hashes to, for what is changed by hand would else be told as ours.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.errors import InputError
from ineqlib.files import file_sha256, parse_json, retry_while_in_use, write_text

FORMAT = 2
MANIFEST = "manifest.json"
JOURNAL = "manifest.journal.jsonl"
PREVIOUS = "manifest.previous.json"
READY, FAILED = "ready", "failed"

_MARK = re.compile(rb'\s*\{\s*"format"\s*:\s*\d+\s*,\s*"is_finished"\s*:')
"""How every manifest of ours begins, whatever its format."""

_SIGNED = ',\n"sha256": "'
"""Stands at the end of a manifest, before the hash of all that comes before it."""


@dataclass(frozen=True)
class Entry:
    """One document about one subject: what was published last, how the last attempt ended.

    Parameters
    ----------
    document
        Name of the document.
    subject_code, subject_name
        What it is about.
    status
        ``ready``, or ``failed``: then `problem` says why, and the rest is about the page published
        before, if there was one.
    summary
        The document in one line.
    files
        File name -> ``sha256`` and ``bytes`` of what was published.
    recipe
        What it was made with: notebook, parameters, library (see
        `ineqlib.publish.staleness`).
    inputs
        What was read of the pack -> a digest of its rows or shapes.
    pack
        SHA-256 of the `pack.json` those are from.
    opening
        The text of its first section.
    figures
        One dictionary per newest figure: indicator, sex, age, period, value, comparison.
    problem, kept
        Why the last attempt failed, and the half-run notebook, relative to the folder.
    """

    document: str
    subject_code: str
    subject_name: str
    status: str
    summary: str = ""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    recipe: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    pack: str = ""
    opening: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""
    kept: str = ""

    @property
    def key(self) -> str:
        """What it is known by: the document, and its subject."""
        return f"{self.document}/{self.subject_code}"

    @property
    def bytes(self) -> int:
        """Size of what was published."""
        return sum(record["bytes"] for record in self.files.values())

    def is_as_published(self, folder: Path) -> bool:
        """Tell whether every file is there and is what was written."""
        return bool(self.files) and all(
            file_sha256(folder / name) == record["sha256"] for name, record in self.files.items()
        )


@dataclass
class Manifest:
    """The entries of one folder.

    Parameters
    ----------
    entries
        By key.
    pack
        ``title`` and ``sha256`` (of `pack.json`) of the pack the newest of them were made from.
    index
        ``made_from`` and ``sha256`` of the index page.
    is_finished
        False while a batch is at work, and after one that was interrupted.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    pack: dict[str, str] = field(default_factory=dict)
    index: dict[str, str] = field(default_factory=dict)
    is_finished: bool = True

    def note(self, folder: Path, entry: Entry) -> None:
        """Add an entry, or replace its earlier one, and note it in the folder's journal."""
        self.entries[entry.key] = entry
        journal = partial((folder / JOURNAL).open, "a", encoding="utf-8", newline="\n")
        with retry_while_in_use(journal) as file:
            line = _json(vars(entry))
            file.write(f"{_sha256(line)} {line}\n")

    def as_text(self) -> str:
        """Return the content of the file: one line per entry, so that two versions compare well."""
        head = {
            "format": FORMAT,
            "is_finished": self.is_finished,
            "pack": self.pack,
            "index": self.index,
        }
        documents = ",\n".join(
            f"{json.dumps(key)}: {_json(vars(entry))}" for key, entry in self.entries.items()
        )
        content = f'{_json(head)[:-1]},\n"documents": {{\n{documents}\n}}'
        return f'{content}{_SIGNED}{_sha256(content)}"}}\n'

    def write(self, folder: Path) -> None:
        """Write it into a folder, whole or not at all; the journal is in it then."""
        write_text(folder / MANIFEST, self.as_text())
        # A batch that is ended just here leaves both, and reading both gives the same.
        retry_while_in_use(partial((folder / JOURNAL).unlink, missing_ok=True))


def carries_our_mark(file: Path) -> bool:
    """Tell whether a file is a manifest of ours, be it damaged; another's begins otherwise."""
    try:
        with file.open("rb") as content:
            return _MARK.match(content.read(1000)) is not None
    except OSError:
        return False


def read_manifest(path: Path) -> Manifest:
    """Read a manifest file, or that of a folder.

    Raises
    ------
    InputError
        There is none, or it cannot be read, or is torn, damaged or of another format.
    """
    file = path / MANIFEST if path.is_dir() else path
    try:
        # First, or what a batch moves from there into the manifest just now would be in neither.
        newer = _journal(file.parent) if file.name == MANIFEST else {}
        text = retry_while_in_use(partial(file.read_text, encoding="utf-8"))
        content = parse_json(text)
        if content["format"] != FORMAT:
            raise InputError(
                f"{file} has format {content['format']}; this version of ineqlib reads format "
                f"{FORMAT}. Render the batch again, or use the version that wrote it."
            )
        if content["sha256"] != _sha256(text.rpartition(_SIGNED)[0]):
            raise InputError(
                f"{file} is not what ineqlib wrote: someone or something changed it. Render the "
                "batch again to make a new one."
            )
        entries = {key: Entry(**entry) for key, entry in content["documents"].items()}
        return Manifest(entries | newer, content["pack"], content["index"], content["is_finished"])
    except FileNotFoundError:
        raise InputError(
            f"There is no manifest at {file}. `ineq render` writes one beside the pages."
        ) from None
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror or error}. Close it in other programs, or ask "
            "for the right to read it; where it is kept in the cloud alone, have it kept on this "
            "computer too."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{file} cannot be read as a manifest ({error!r}). Render the batch again to make a "
            "new one."
        ) from error


def _journal(folder: Path) -> dict[str, Entry]:
    """Return what a batch that is at work, or was ended, has noted since it wrote the manifest."""
    if not (folder / JOURNAL).is_file():
        return {}
    entries = {}
    for line in retry_while_in_use((folder / JOURNAL).read_bytes).split(b"\n"):
        digest, _, content = line.decode("utf-8", errors="replace").partition(" ")
        if digest != _sha256(content):
            break  # the batch was ended in the middle of the line
        entry = Entry(**parse_json(content))
        entries[entry.key] = entry
    return entries


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
