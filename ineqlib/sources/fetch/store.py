"""Everything that was fetched, by its hash: the bytes, and where, when and under which licence.

    fetched/bytes/<SHA-256>          the bytes of an answer
    fetched/answers/<address>.json   what is known of it
    fetched/coming/<address>.part    one that is not whole yet
    fetched/locks/<address>.lock     held by who fetches it

A record is written last and whole, and its bytes are compared with their hash at each reading, so
that whoever is killed, or fills the disk, leaves nothing that would be believed.
"""

import errno
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from functools import partial as bound
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock, Timeout

from ineqlib.errors import FetchError, OutputError
from ineqlib.files import TEMPORARY, file_sha256, parse_json, retry_while_in_use, settle, write_text
from ineqlib.sources.base import Source
from ineqlib.sources.fetch.partial import Partial
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.proof import Proof

_KEPT_HEADERS = ("ETag", "Last-Modified", "Date", "Content-Type", "Content-Disposition")


@dataclass(frozen=True)
class Download:
    """An answer that was proved whole: its bytes, and all that is known of where they come from."""

    path: Path
    url: str
    final_url: str
    """Where the bytes came from, after redirects."""
    what: str
    sha256: str
    size: int
    fetched: datetime
    """When they came, by the clock of this computer."""
    confirmed: datetime
    """When the publisher said last that they still hold."""
    headers: dict[str, str]
    source: Source
    expectation: str
    """What it was proved against."""
    proved: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    """What is worth saying of them, and why a copy is used where it is one."""
    is_copy: bool = False
    """Whether this is the copy that was kept, unasked or because the publisher failed."""

    def content(self) -> bytes:
        """Return the bytes."""
        with self._there():
            return self.path.read_bytes()

    def copy_to(self, path: Path) -> None:
        """Write the bytes to a file, without holding them."""
        with self._there():
            shutil.copyfile(self.path, path)

    @contextmanager
    def _there(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise FetchError(
                f"{self.what}: the copy was deleted while it was in use. Run the command again."
            ) from error

    def with_remark(self, remark: str) -> "Download":
        """Return the same with a remark more."""
        return replace(self, remarks=(*self.remarks, remark))


class Store:
    """The folder of what was fetched, which several processes may use at once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or store_folder()

    def key(self, query: Query) -> str:
        """Return the name in the store of an address."""
        return hashlib.sha256(query.url.encode()).hexdigest()[:40]

    @contextmanager
    def locked(self, query: Query, seconds: float) -> Iterator[Partial]:
        """Hold an address against other processes, and give the place of what comes."""
        with self._written():
            for name in ("bytes", "answers", "coming", "locks"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            try:
                with FileLock(self._lock_file(self.key(query)), timeout=seconds):
                    partial = Partial(self.folder / "coming" / f"{self.key(query)}.part")
                    try:
                        yield partial
                    except OSError:
                        partial.remove()
                        raise
            except Timeout as error:
                raise OutputError(
                    f"{query.what} has been fetched by another process for {seconds:,.0f} seconds. "
                    "Stop that process, or wait for it."
                ) from error

    def find(self, query: Query) -> Download | None:
        """Return what was fetched from an address; None where nothing whole is kept."""
        return self._read(self.folder / "answers" / f"{self.key(query)}.json")

    def place(
        self,
        query: Query,
        content: bytes,
        final_url: str,
        headers: dict[str, str],
        proof: Proof,
        now: datetime,
    ) -> Download:
        """Keep an answer that was proved, under its hash and its address."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / "bytes" / digest
        if file_sha256(path) != digest:
            beside = path.with_name(f".{self.key(query)}{TEMPORARY}")
            try:
                beside.write_bytes(content)
                settle(beside)
                retry_while_in_use(bound(beside.replace, path))
            finally:
                beside.unlink(missing_ok=True)
        download = Download(
            path=path,
            url=query.url,
            final_url=final_url,
            what=query.what,
            sha256=digest,
            size=len(content),
            fetched=now,
            confirmed=now,
            headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
            source=query.source,
            expectation=expectation_digest(query),
            proved=proof.proved,
            remarks=proof.remarks,
        )
        self.record(query, download)
        return download

    def record(self, query: Query, download: Download) -> None:
        """Write down what is known of an answer."""
        known = asdict(replace(download, is_copy=False))
        known |= {name: known[name].isoformat() for name in ("fetched", "confirmed")}
        del known["path"], known["is_copy"]
        text = json.dumps(known, ensure_ascii=False, indent=1)
        write_text(self.folder / "answers" / f"{self.key(query)}.json", text)

    def downloads(self) -> list[Download]:
        """Return everything that is kept and whole, in the order of what it is."""
        every = map(self._read, (self.folder / "answers").glob("*.json"))
        return sorted(filter(None, every), key=lambda download: (download.what, download.url))

    def _read(self, file: Path) -> Download | None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            known: dict[str, Any] = parse_json(file.read_bytes())
            path = self.folder / "bytes" / known["sha256"]
            if file_sha256(path) != known["sha256"]:
                return None
            known |= {
                name: datetime.fromisoformat(known[name]) for name in ("fetched", "confirmed")
            }
            known |= {name: tuple(known[name]) for name in ("proved", "remarks")}
            known |= {"source": Source(**known["source"]), "path": path}
            names = {field.name for field in fields(Download)}
            return Download(**{name: value for name, value in known.items() if name in names})
        return None

    def _lock_file(self, key: str) -> Path:
        return self.folder / "locks" / f"{key}.lock"

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Say in one message that the disk is full, or that the folder cannot be written."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                reason = "the disk is full"
                advice = (
                    "Make room (`ineq cache` lists what is kept, `ineq cache clear` deletes it)"
                )
            elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                reason = error.strerror or str(error)
                advice = "Give yourself the right to write there"
            else:
                raise
            raise OutputError(
                f"What is fetched cannot be kept in {self.folder}: {reason}. {advice}, and run the "
                "same command again: what was fetched before this is kept."
            ) from error


def store_folder() -> Path:
    """Return where what is fetched is kept."""
    return platformdirs.user_cache_path("ineqlib") / "fetched"


def expectation_digest(query: Query) -> str:
    """Return what stands for an expectation: a copy proved against another is proved anew."""
    return hashlib.sha256(repr(query.expectation).encode()).hexdigest()[:16]
