"""Similar areas as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "similar_areas"
_BUILT_IN = "ineqlib.briefings.similar_areas.document"
KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_similar_areas"),
    check=LazyFunction("ineqlib.briefings.asked", "place_and_indicator"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"indicator": "", "sex": ""},
    notebook=shipped("notebooks", "similar_areas.ipynb"),
)
