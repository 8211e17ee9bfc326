"""Import this first in a process of our own, to have its libraries without their slowest imports.

jsonschema (which notebooks are checked with) can tell whether a text is an internationalised web
address, if `rfc3987_syntax` is installed, or a duration, if `isoduration` is; JupyterLab installs
both. Importing the first builds a grammar for more than a second, in every process, the second
takes as long as a twentieth of all other imports, and nothing here asks such questions. So they are
made to look as if they were not installed while jsonschema is imported, and can be imported again
after that. In a process that does not import this module nothing changes.
"""

import sys

from ineqlib.processes.hidden_modules import hidden

_SLOW = ("rfc3987_syntax", "isoduration")

if "jsonschema" not in sys.modules:
    with hidden(*_SLOW):
        import jsonschema  # noqa: F401
