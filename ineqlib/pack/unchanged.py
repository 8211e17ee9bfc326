"""Whether the pack in place is the one that a build would make."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ineqlib.errors import PackError
from ineqlib.pack.files import digest_of
from ineqlib.pack.kept import code_fingerprint
from ineqlib.pack.open import open_pack
from ineqlib.pack.report import BuildReport
from ineqlib.pack.write import sha256


def fingerprint(folder: Path, files: Sequence[Path], stated: Sequence[object]) -> str:
    """Return the digest of all that decides what a pack holds; empty where a file is unreadable.

    Parameters
    ----------
    folder
        Under which the files are.
    files
        Those that are read.
    stated
        What else there is: descriptions, the day.
    """
    try:
        content = {path.relative_to(folder).as_posix(): sha256(path) for path in files}
    except OSError:
        return ""
    return digest_of([code_fingerprint(), ascii(content), stated])


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
