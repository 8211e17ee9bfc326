"""Opening a pack by its folder, its name or its address."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ineqlib.errors import InputError, OutputError, PackError, listed, nearest
from ineqlib.files import unreadable
from ineqlib.pack.manifest import read_manifest
from ineqlib.pack.model import MANIFEST, PackMeta
from ineqlib.pack.pack import Pack
from ineqlib.pack.place import give_back
from ineqlib.pack.remote import is_remote, local_copy
from ineqlib.pack.store import Common
from ineqlib.pack.verify import require_inside

DATA = Path("data")
PACKS = DATA / "packs"
"""Where packs given by bare name are looked for, under the current folder or one above it."""
MADE_BY = {"demo": "ineq demo", "training": "ineq demo --training"}
"""Name of a fictional pack -> the command that makes it."""


def open_pack(path: Pack | str | Path, *, verify: bool = True) -> Pack:
    """Open a pack by folder, or by bare name under ``data/packs``, or by address.

    Parameters
    ----------
    path
        What has an address, such as ``s3://bucket/england``, is first copied to this machine. A
        pack that is open already is given back.
    verify
        Compare every table with its SHA-256 and with what a table of its name holds before it is
        used, unless this process has done so and the file has not been written since.

    Returns
    -------
    Pack
        Nothing of its tables has been read yet.

    Raises
    ------
    PackError
        There is no such pack, its format is another one, or a table is not what a pack has, is not
        what was written, or lies outside the folder.
    InputError
        What is given is no path.
    """
    if isinstance(path, Pack):
        return path
    if not isinstance(path, str | Path):
        raise InputError(
            f"`path` must be a folder, a name, an address or a pack, and is {path!r:.60}. Give for "
            'example open_pack("demo"), the pack that `ineq demo` makes.'
        )
    folder = local_copy(str(path)) if is_remote(path) else find_pack(Path(path))
    try:
        manifest = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise PackError(unreadable(folder / MANIFEST, error)) from error
    pack = Pack(folder, *_known(folder.resolve(), manifest))
    require_inside(folder, pack.meta.tables)
    if verify:
        pack.verify()
    return pack


@lru_cache(maxsize=2)
def _known(folder: Path, manifest: bytes) -> tuple[PackMeta, Common]:
    """Return the same for all who open the same content at the same place."""
    return read_manifest(manifest, folder.as_posix()), Common()


def find_pack(path: Path) -> Path:
    """Return the folder a path or a bare name means.

    Raises
    ------
    PackError
        There is no pack; the message says where it was looked for.
    """
    candidates = _candidates(path)
    for folder in candidates:
        if folder.name and not folder.exists():
            with suppress(OSError, OutputError):  # that there is no pack is said below
                give_back(folder)
        if (folder / MANIFEST).is_file():
            return folder
    places = list(dict.fromkeys(folder.parent for folder in candidates))
    packs = {
        name.parent.name: None for place in places for name in sorted(place.glob(f"*/{MANIFEST}"))
    }
    message = f"There is no pack at {path}."
    if path.name in MADE_BY:
        raise PackError(f"{message} To make it, run `{MADE_BY[path.name]}` first.")
    looked = listed((place.resolve() for place in places if place.is_dir()), 4)
    exist = f" Packs in {looked}: {listed(packs, 20)}." if packs else ""
    raise PackError(f"{message}{exist}{nearest(path.name, packs)} `ineq build` makes one.")


def packs_around(*places: Path) -> list[str]:
    """Return the names of the packs in some places, such as `PACKS`, of this folder or one above.

    The nearest come first; each is opened by its name.
    """
    here = Path.cwd()
    folders = [folder / place for folder in (here, *here.parents) for place in places]
    files = [file for folder in folders for file in sorted(folder.glob(f"*/{MANIFEST}"))]
    return list(dict.fromkeys(file.parent.name for file in files))


def _candidates(path: Path) -> list[Path]:
    """Return where a pack may be: as given, and from the current folder or one above it.

    A notebook runs in its own folder, and the packs are beside that.
    """
    if path.is_absolute():
        return [path]
    above = [Path(), *(Path(*[".."] * up) for up in range(1, len(Path.cwd().parts)))]
    if len(path.parts) > 1:
        return [folder / path for folder in above]
    return [path, *(folder / place / path for folder in above for place in (PACKS, DATA))]
