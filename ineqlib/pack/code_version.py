"""Which code makes packs: what was made by other code is not taken over."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ineqlib.pack.files import digest_of, sha256

_PACKAGE = Path(__file__).resolve().parents[1]
_ROOMS = ("sources", "pack", "catalogue", "geography", "measures")
"""What a pack rests on, besides the modules beside them."""
_CODE = (".py", ".yml", ".yaml", ".csv", ".json")
_LIBRARIES = ("numpy", "pandas", "pyarrow", "geopandas", "shapely", "pyogrio", "openpyxl", "xlrd")


def key_of(*decisive: object) -> str:
    """Return the key of what the present code makes of all that decides it.

    Raises
    ------
    TypeError
        JSON has no word for something, which would be no part of the key.
    """
    return hashlib.sha256(json.dumps([code_fingerprint(), *decisive]).encode("ascii")).hexdigest()


@cache
def code_fingerprint() -> str:
    """Return the SHA-256 of the code that makes packs, and of the versions of what it rests on."""
    places = [_PACKAGE.glob("*"), *((_PACKAGE / room).rglob("*") for room in _ROOMS)]
    files = sorted(path for place in places for path in place if path.suffix in _CODE)
    content = {path.relative_to(_PACKAGE).as_posix(): sha256(path) for path in files}
    return digest_of([content, {name: version(name) for name in _LIBRARIES}])
