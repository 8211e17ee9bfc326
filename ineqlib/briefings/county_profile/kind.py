"""The county profile as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "county_profile"
INDICATOR_SET = "marmot"
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.county_profile.document", "open_county_profile"),
    check=LazyFunction("ineqlib.briefings.county_profile.document", "check"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"districts": [], "indicator_set": INDICATOR_SET},
    notebook=shipped("notebooks", "county_profile.ipynb"),
)
