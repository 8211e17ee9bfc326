"""Areas as what a document is about, for every kind of document that is about one."""

from ineqlib.document.subject import Subject
from ineqlib.pack import Area, Pack

AREA = "area"


def area_subject(area: Area) -> Subject:
    """Make an area the subject of a document."""
    return Subject(area.code, area.name, AREA)


def find_area(pack: Pack, code_or_name: str) -> Subject:
    """Find an area of a pack as the subject of a document."""
    return area_subject(pack.area(code_or_name))
