"""Packs that are not on this disk: copied whole, once per machine, from wherever fsspec can read.

The only module that reads from a store; publishers' files are fetched by `ineqlib.sources`.
"""

import hashlib
import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock

from ineqlib.errors import PackError
from ineqlib.files import retry_while_in_use
from ineqlib.pack.files import sha256
from ineqlib.pack.manifest import read_manifest
from ineqlib.pack.model import MANIFEST

Digests = dict[str, str]
"""File name -> SHA-256."""


def is_remote(place: str | Path) -> bool:
    """Tell whether a pack's place is an address, such as ``s3://bucket/england``."""
    # A single letter is a drive: `C://packs/mine` is a folder to Windows.
    return re.search(r"[\w+.-]{2,}://", str(place)) is not None


def cache_folder() -> Path:
    """Return where packs that were opened by an address are kept."""
    return platformdirs.user_cache_path("ineqlib") / "packs"


def local_copy(address: str) -> Path:
    """Return a folder of this machine's cache that holds the pack at an address.

    Its `pack.json` is read anew each time. Where the cache has that pack already, and undamaged,
    nothing else is copied.

    Raises
    ------
    PackError
        It cannot be read, or is not what its `pack.json` says.
    """
    import fsspec  # noqa: PLC0415 (most packs are on this disk)

    try:
        store, root = fsspec.core.url_to_fs(address.rstrip("/"))
        manifest: bytes = store.cat_file(f"{root}/{MANIFEST}")
    except Exception as error:  # each kind of store has errors of its own
        raise _unreadable(address, error) from error
    wanted = _digests(manifest, address)
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    folder = cache / hashlib.sha256(manifest).hexdigest()[:32]
    with FileLock(folder.with_suffix(".lock")):
        if not _holds(folder, wanted):
            _copy(store, root, address, folder, wanted)
    return folder


def _digests(manifest: bytes, address: str) -> Digests:
    tables = read_manifest(manifest, address).tables.values()
    wanted = {file.file: file.sha256 for table in tables for file in table.files}
    return {MANIFEST: hashlib.sha256(manifest).hexdigest(), **wanted}


def _copy(store: Any, root: str, address: str, folder: Path, wanted: Digests) -> None:
    """Copy the pack beside its place in the cache, and move it there when it is whole."""
    coming = folder.with_suffix(".coming")
    for left in (coming, folder):
        shutil.rmtree(left, ignore_errors=True)
    coming.mkdir()
    try:
        for name, digest in wanted.items():
            store.get_file(f"{root}/{name}", str(coming / name))
            if (copied := sha256(coming / name)) != digest:
                raise PackError(
                    f"{address}/{name} should have SHA-256 {digest} but has {copied}. Copy the "
                    "whole folder of the pack there again."
                )
    except PackError:
        raise
    except Exception as error:
        raise _unreadable(address, error) from error
    retry_while_in_use(partial(coming.replace, folder))


def _holds(folder: Path, wanted: Digests) -> bool:
    return all(
        (folder / name).is_file() and sha256(folder / name) == digest
        for name, digest in wanted.items()
    )


def _unreadable(address: str, error: Exception) -> PackError:
    return PackError(
        f"The pack at {address} cannot be read: {type(error).__name__}: {error}. Check the address "
        "and your right to read it; some kinds of store need a package more (s3fs for s3://, adlfs "
        "for abfs://, gcsfs for gs://, aiohttp for https://)."
    )
