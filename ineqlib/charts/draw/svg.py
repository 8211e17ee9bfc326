"""Making a drawing fit to stand inside a page."""

import re
from xml.etree import ElementTree

from ineqlib.charts import theme

_SVG = "http://www.w3.org/2000/svg"
_GROUP, _PATH, _CLIP = (f"{{{_SVG}}}{name}" for name in ("g", "path", "clipPath"))
LABEL = "data-label"
"""Attribute of a mark: what is said of it where a reader points at it."""
LABEL_STARTS = "data-of"
"""Attribute of a group: with what the labels of all marks in it begin."""
_NOISE = {"role", "class", "pointer-events", "version"}
_DEFAULTS = {
    "opacity": "1",
    "font-family": theme.FONT,
    "font-weight": "normal",
    "stroke-width": "1",
    "stroke-dasharray": "1,0",
    "text-anchor": "start",
    "transform": "translate(0,0)",
    "x2": "0",
    "y2": "0",
}
_INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "text-anchor")
_COORDINATES = {"d", "transform", "x", "y", "x2", "y2", "width", "height", "viewBox"}
_DECIMAL = re.compile(r"-?\d*\.\d+")
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
_TRANSLATE = re.compile(r"translate\(([^,]+),([^)]+)\)")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", _SVG)


def inline_svg(drawing: str, *, figure_id: str, alt: str) -> str:
    """Turn a drawing of Vega into one image of a page.

    It gets one text alternative, ids that are unique in the page (they begin with the figure's),
    coordinates to a tenth of a pixel, and nothing that draws nothing. What Vega would have each
    mark say is its `data-label`, for the page's script; an unseen mark that has one stays,
    unpainted, to be pointed at.
    """
    root = ElementTree.fromstring(drawing)
    for element in root.iter():
        _keep_label(element)
    _drop_unseen(root)
    # Vega numbers ids through the life of the process: the same chart would differ from run to run.
    marked = [element for element in root.iter() if "id" in element.attrib]
    new_ids = {element.get("id"): f"{figure_id}--{n}" for n, element in enumerate(marked, start=1)}
    for element in root.iter():
        element.attrib = {
            name: _tidied(name, value, new_ids)
            for name, value in element.attrib.items()
            if not (name in _NOISE or name.startswith("aria-") or _DEFAULTS.get(name) == value)
        }
        _make_circle(element)
    _share(root)
    _unwrap(root)
    root.attrib |= {"font-family": theme.FONT, "role": "img", "aria-label": alt}
    svg = ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
    return svg.replace("&#10;", "\n")  # in a page a line break is one also in an attribute


def _keep_label(element: ElementTree.Element) -> None:
    if words := element.attrib.pop("aria-label", ""):
        element.set(LABEL, words)
        if element.get("opacity") == "0":
            element.attrib |= {"opacity": "1", "fill": "none", "stroke": "none"}


def _tidied(name: str, value: str, new_ids: dict[str | None, str]) -> str:
    if name == "id":
        return new_ids[value]
    if reference := _REFERENCE.fullmatch(value):
        return f"url(#{new_ids[reference[1]]})"
    return _DECIMAL.sub(_to_a_tenth, value) if name in _COORDINATES else value


def _to_a_tenth(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 1) or 0:g}"


def _make_circle(element: ElementTree.Element) -> None:
    """Write a circle Vega drew as two arcs as the circle it is."""
    circle = _CIRCLE.fullmatch(element.get("d", ""))
    place = circle and _TRANSLATE.fullmatch(element.get("transform", ""))
    if circle and place:
        element.tag = f"{{{_SVG}}}circle"
        del element.attrib["d"], element.attrib["transform"]
        element.attrib |= {"cx": place[1], "cy": place[2], "r": circle[1]}


def _share(element: ElementTree.Element) -> None:
    """Move what all members of a group have in common to the group."""
    for child in element:
        _share(child)
    if element.tag != _GROUP or not len(element):
        return
    for name in _INHERITED:
        first = element[0].get(name)
        if first is not None and all(child.get(name) == first for child in element):
            element.set(name, first)
            for child in element:
                del child.attrib[name]


def _unwrap(element: ElementTree.Element) -> None:
    """Put the members of groups that say nothing in the groups' place."""
    members: list[ElementTree.Element] = []
    for child in element:
        _unwrap(child)
        members += child if child.tag == _GROUP and not child.attrib else [child]
    element[:] = members


def _drop_unseen(element: ElementTree.Element) -> None:
    """Remove what is never seen: labels Vega hid, unpainted backgrounds, empty groups."""
    for child in list(element):
        if child.tag == _CLIP:
            continue
        _drop_unseen(child)
        unpainted = child.tag == _PATH and not {"fill", "stroke"} & set(child.attrib)
        empty = child.tag == _GROUP and not len(child)
        hidden = child.get("display") == "none" or child.get("opacity") == "0"
        if unpainted or empty or hidden:
            element.remove(child)
