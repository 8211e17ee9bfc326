"""Areas as what a document is about, for every kind of document that is about one."""

from collections.abc import Mapping
from typing import Any

from ineqlib.document.kinds import Kind
from ineqlib.document.subject import Subject
from ineqlib.files import shipped
from ineqlib.pack import Area, Pack
from ineqlib.processes import LazyFunction

AREA = "area"


def area_subject(area: Area) -> Subject:
    """Make an area the subject of a document."""
    return Subject(area.code, area.name, AREA)


def find_area(pack: Pack, code_or_name: str) -> Subject:
    """Find an area of a pack as the subject of a document."""
    return area_subject(pack.area(code_or_name))


def area_kind(name: str, parameters: Mapping[str, Any], *, check: str, **others: Any) -> Kind:
    """Make a kind of document about an area; what builds it is imported when it is built.

    Its name is that of its folder, whose module ``document`` builds it by ``open_<name>``, and of
    its notebook. `check` is where in `ineqlib.briefings` the function is that refuses what the
    builder would refuse.
    """
    module, _, function = check.rpartition(".")
    return Kind(
        name=name,
        build=LazyFunction(f"ineqlib.briefings.{name}.document", f"open_{name}"),
        check=LazyFunction(f"ineqlib.briefings.{module}", function),
        find_subject=find_area,
        subject_type=AREA,
        parameters=parameters,
        notebook=shipped("notebooks", f"{name}.ipynb"),
        **others,
    )
