"""Import this first in a process of our own, to have its libraries without their slowest imports.

jsonschema (which notebooks are checked with) can tell whether a text is an internationalised web
address, if `rfc3987_syntax` is installed, or a duration, if `isoduration` is; JupyterLab installs
both. Importing the first builds a grammar for more than a second, in every process, the second
takes as long as a twentieth of all other imports, and nothing here asks such questions. So they are
made to look as if they were not installed while jsonschema is imported, and can be imported again
after that. Papermill imports `requests`, which takes as long, to read notebooks at web addresses:
it is imported when first something is asked of it. In a process that does not import this module
nothing changes.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from ineqlib.processes.hidden_modules import hidden

_SLOW = ("rfc3987_syntax", "isoduration")
_LATER = "requests"


def _import_it(name: str) -> Any:
    if sys.modules.get(_LATER) is _in_its_place:
        del sys.modules[_LATER]
    return getattr(import_module(_LATER), name)


_in_its_place = ModuleType(_LATER)
_in_its_place.__spec__ = find_spec(_LATER)  # by which others ask whether it is installed
_in_its_place.__getattr__ = _import_it  # type: ignore[method-assign]

if "jsonschema" not in sys.modules:
    with hidden(*_SLOW):
        import jsonschema  # noqa: F401

if _in_its_place.__spec__ is not None:
    sys.modules.setdefault(_LATER, _in_its_place)
