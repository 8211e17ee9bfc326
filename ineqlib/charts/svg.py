"""Drawing a Vega-Lite specification, and making the drawing fit to stand inside a page."""

import re
from typing import Any
from xml.etree import ElementTree

import vl_convert

from ineqlib.charts import theme

_SVG = "http://www.w3.org/2000/svg"
_NOISE = {"role", "class", "pointer-events", "version"}
_DEFAULTS = {"opacity": "1", "font-family": theme.FONT, "font-weight": "normal"}
_LONG_DECIMAL = re.compile(r"(\d\.\d\d)\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", _SVG)


def to_svg(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite specification (with its data) in the package's theme.

    The same specification always gives the same text. Nothing is fetched.
    """
    drawing: str = vl_convert.vegalite_to_svg(spec, config=theme.CONFIG, allowed_base_urls=[])
    return drawing


def inline_svg(drawing: str, *, figure_id: str, alt: str) -> str:
    """Turn a drawing into one image of a page.

    It gets one text alternative instead of Vega's name for every mark, ids that are unique in the
    page, and coordinates to a hundredth of a pixel.

    Parameters
    ----------
    drawing
        SVG text from `to_svg`.
    figure_id
        Put before every id in the drawing.
    alt
        The image's accessible name.
    """
    root = ElementTree.fromstring(drawing)
    _drop_invisible(root)
    # Vega numbers ids through the life of the process: the same chart would differ from run to run.
    marked = [element for element in root.iter() if "id" in element.attrib]
    new_ids = {element.get("id"): f"{figure_id}--{n}" for n, element in enumerate(marked, start=1)}
    for element in root.iter():
        element.attrib = {
            name: _tidied(name, value, new_ids)
            for name, value in element.attrib.items()
            if not (name in _NOISE or name.startswith("aria-") or _DEFAULTS.get(name) == value)
        }
    root.attrib |= {"font-family": theme.FONT, "role": "img", "aria-label": alt}
    return ElementTree.tostring(root, encoding="unicode")


def _tidied(name: str, value: str, new_ids: dict[str | None, str]) -> str:
    if name == "id":
        return new_ids[value]
    if reference := _REFERENCE.fullmatch(value):
        return f"url(#{new_ids[reference[1]]})"
    return _LONG_DECIMAL.sub(r"\1", value)


def _drop_invisible(root: ElementTree.Element) -> None:
    """Remove what is never seen, such as axis labels Vega hid because they would overlap."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("display") == "none" or child.get("opacity") == "0":
                parent.remove(child)
