"""The methods as a kind of document; what builds it is imported when it is built."""

from pathlib import Path

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.processes import LazyFunction

NAME = "methods"
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.methods.document", "open_methods"),
    check=LazyFunction("ineqlib.briefings.methods.document", "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={},
    notebook=Path(__file__).parents[3] / "notebooks" / "methods.ipynb",
)
