"""SHA-256 of the files of a folder, remembered for as long as nobody has written them."""

import time
from contextlib import suppress
from pathlib import Path

from ineqlib.files import file_sha256
from ineqlib.pack.files import digest_of
from ineqlib.pack.kept import recall, remember
from ineqlib.pack.row_groups import written

LARGE = 10_000_000
"""Bytes of a file from which its hash is remembered: less is hashed in a few milliseconds."""

JUST_NOW = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use ticks every two seconds."""


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file; empty where it cannot be read.

    That of a large file is remembered for as long as nobody has written it, as git does: a file
    that was written a moment before it was hashed may be written again within one tick of the
    clock, and is hashed the next time too.
    """
    try:
        before, now = written(path), time.time_ns()
    except OSError:
        return ""
    if before.size < LARGE:
        return file_sha256(path)
    key = digest_of(["hash", str(path.resolve())])
    known = recall(key)
    if known and known[0] == list(before):
        return str(known[1])
    digest = file_sha256(path)
    is_settled = now - max(before.modified, before.changed) > JUST_NOW
    with suppress(OSError):  # it is gone by now
        if digest and is_settled and written(path) == before:
            remember(key, [before, digest])
    return digest
