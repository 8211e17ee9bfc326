"""Import this first in a process of our own, to have jsonschema without its dearest part.

jsonschema (which notebooks are checked with) can tell whether a text is an internationalised web
address, if `rfc3987_syntax` is installed; JupyterLab installs it. Only importing that one builds a
grammar for more than a second, in every process, and nothing here asks the question. So it is held
back while jsonschema is imported, as if it were not installed, and is there again for whoever wants
it afterwards. In a process that does not import this module nothing changes.
"""

import sys

_DEAR = "rfc3987_syntax"

if "jsonschema" not in sys.modules and _DEAR not in sys.modules:
    # Python's way to say "not installed".
    sys.modules[_DEAR] = None  # type: ignore[assignment]
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[_DEAR]
