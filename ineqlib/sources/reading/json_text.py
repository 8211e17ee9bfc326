"""JSON, parsed once for whoever looks at the file and for whoever reads it."""

import json
from typing import Any

from ineqlib.sources.base import Content
from ineqlib.sources.reading.text import decode


def parse_json(content: bytes) -> Any:
    """Return what a JSON file says, which nobody may change; its content keeps it.

    Raises
    ------
    InputError
        The bytes are no text.
    ValueError, RecursionError
        The text is no JSON, or nested too deeply.
    """
    if isinstance(content, Content) and content.parsed is not None:
        return content.parsed
    parsed = json.loads(decode(content))
    if isinstance(content, Content):
        content.parsed = parsed
    return parsed
