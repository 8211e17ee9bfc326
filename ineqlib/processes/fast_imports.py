"""Import this first in a process of our own, to have jsonschema without its slowest import.

jsonschema (which notebooks are checked with) can tell whether a text is an internationalised web
address, if `rfc3987_syntax` is installed; JupyterLab installs it. Importing that one alone builds a
grammar for more than a second, in every process, and nothing here asks the question. So it is made
to look as if it were not installed while jsonschema is imported, and can be imported again after
that. In a process that does not import this module nothing changes.
"""

import sys

_SLOW = "rfc3987_syntax"

if "jsonschema" not in sys.modules and _SLOW not in sys.modules:
    # Python's way to say "not installed".
    sys.modules[_SLOW] = None  # type: ignore[assignment]
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[_SLOW]
