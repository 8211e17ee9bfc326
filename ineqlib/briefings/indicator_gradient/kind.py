"""An indicator's gradient as a kind of document; what builds it is imported when it is built."""

from ineqlib.briefings.subjects import area_kind

NAME = "indicator_gradient"
PARAMETERS = {"indicator": "", "dimension": "", "level": "", "sex": "", "since": 0, "until": 0}
"""What is measured, by which groups, over which areas, of whom and when."""
KIND = area_kind(NAME, PARAMETERS, check=f"{NAME}.asked.read_asked", varies_by="indicator")
