"""An area of one's own, picked part by part on maps, and written into an `areas.yml`."""

import re
import textwrap
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.areas import area_type
from ineqlib.errors import OutputError, ParameterError
from ineqlib.exploring.run_file import as_yaml, write_edited, write_file
from ineqlib.geography.own_areas import PART_KEYS, read_own_areas
from ineqlib.text import slug
from ineqlib.yaml_file import read_yaml

KEY_OF = {kind: key for key, kind in reversed(PART_KEYS.items())}
"""Type of a part -> key of `areas.yml`; a unitary authority is listed as a district."""


def is_part(code: str) -> bool:
    """Tell whether an area of one's own can have this area or neighbourhood as a part."""
    return area_type(code) in KEY_OF


def write_own_area(path: Path, name: str, codes: tuple[str, ...]) -> str:
    """Write an area of one's own, of the parts with some codes, into an `areas.yml`; return its id.

    The file is made where it is not there. What is written in it stays as it is: an area that
    cannot be added for certain is refused, and so is a name that the file has.
    """
    name = " ".join(name.split())
    if not name:
        raise ParameterError("Give the area a name, such as 'The Old Town'; nothing was written.")
    entry = _entry(name, codes)
    path = path.expanduser()
    if not path.exists():
        text = as_yaml({"areas": [entry]})
        write_file(path, f"# Areas of your own, picked in the explorer.\n{text}")
        return str(entry["id"])
    known = {area.id: area.name for area in read_own_areas(path).areas}
    if entry["id"] in known or name in known.values():
        raise ParameterError(f"{path} has an area {name} already: choose another name.")
    content = read_yaml(path)
    wanted = {**content, "areas": [*content["areas"], entry]}
    text = path.read_bytes().decode("utf-8")
    if not write_edited(path, text, partial(_with_entry, entry=entry), wanted):
        raise OutputError(
            f"{name} cannot be added to {path} without changing what is in it, for 'areas' is not "
            "its last key or is written in brackets. Name another file."
        )
    return str(entry["id"])


def _with_entry(text: str, entry: dict[str, Any]) -> str:
    indent = max(re.findall(r"(?m)^( *)- (?:id|name):", text) or [""], key=len)
    return f"{text.rstrip()}\n{textwrap.indent(as_yaml([entry]), indent)}"


def _entry(name: str, codes: tuple[str, ...]) -> dict[str, Any]:
    parts = defaultdict(list)
    for code in codes:
        parts[KEY_OF[area_type(code)]].append(code)
    return {"id": f"X-{slug(name).upper()}", "name": name, **parts}
