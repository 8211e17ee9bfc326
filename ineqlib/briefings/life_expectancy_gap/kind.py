"""The gap in life expectancy as a kind of document; its builder is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "life_expectancy_gap"
PARAMETERS = {"comparator": "least_deprived", "sex": "both", "convention": "ours"}
"""Against whom, whose lives, and by whose conventions; see `open_life_expectancy_gap`."""

KIND = area_kind(NAME, PARAMETERS, check=f"{NAME}.asked.read_asked", varies_by="comparator")
