"""Whether the pack in place is the one that a build would make."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ineqlib.errors import PackError
from ineqlib.pack.code_version import key_of
from ineqlib.pack.open import open_pack
from ineqlib.pack.report import BuildReport


def fingerprint(folder: Path, hashes: Mapping[Path, str], stated: Sequence[object]) -> str:
    """Return the digest of all that decides what a pack holds; empty where a file is unreadable.

    Parameters
    ----------
    folder
        Under which the files are.
    hashes
        SHA-256 of each file that is read; empty for one that cannot be.
    stated
        What else there is: descriptions, the day.
    """
    if not all(hashes.values()):
        return ""
    content = {path.relative_to(folder).as_posix(): sha for path, sha in hashes.items()}
    return key_of(ascii(content), stated)


def unchanged(out: Path, title: str, made_from: str) -> BuildReport | None:
    """Return the report of the pack in place, if it is whole and was made from the same.

    Parameters
    ----------
    out
        Folder of the pack.
    title
        That the pack should have.
    made_from
        See `fingerprint`.
    """
    with suppress(PackError):
        pack = open_pack(out)
        if made_from and pack.meta.made_from == made_from and pack.title == title:
            return replace(pack.report, path=out, unchanged=True)
    return None
