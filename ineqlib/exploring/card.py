"""One view on the screen: a static figure whose marks tell the kernel that they were chosen."""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent


class Card(anywidget.AnyWidget):
    """A view with its finding and its buttons; one without a view is a line of status.

    It sends ``{"act": "select", "code": …, "label": …}`` for a chosen mark, ``{"act": "code"}`` and
    ``{"act": "save", "as": "svg"}``.
    """

    # As text: a path inside an editable install would be watched for changes.
    _esm = (_HERE / "card.js").read_text(encoding="utf-8")
    _css = (_HERE / "card.css").read_text(encoding="utf-8")

    view = traitlets.Unicode().tag(sync=True)
    heading = traitlets.Unicode().tag(sync=True)
    finding = traitlets.Unicode().tag(sync=True)
    figure = traitlets.Unicode().tag(sync=True)
    notes: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    formats: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    reason = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    busy = traitlets.Bool().tag(sync=True)
    lit: Any = traitlets.Dict().tag(sync=True)
