"""Pages of GOV.UK whose files are read: editions of the Indices of Deprivation, and spending."""

from collections.abc import Iterable, Mapping
from typing import Any

from ineqlib.sources.interfaces.gov_uk import Publication
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.layouts.deprivation import source_of
from ineqlib.sources.layouts.revenue_outturn import SOURCE as REVENUE

INDICES_2019 = Publication(
    "government/statistics/english-indices-of-deprivation-2019", source_of("imd2019")
)
INDICES_2025 = Publication(
    "government/statistics/english-indices-of-deprivation-2025", source_of("iod2025")
)
REVENUE_OUTTURN = Publication(
    "government/statistics/local-authority-revenue-expenditure-and-financing-england-revenue-"
    "outturn-multi-year-data-set",
    REVENUE,
)


def file_7(indices: Publication, attachments: Iterable[Mapping[str, Any]]) -> Query:
    """Ask for File 7 of an edition: ranks, scores and deciles of all small areas."""
    return indices.file(attachments, r"\bfile 7\b", header_holds="LSOA code")


def spending(attachments: Iterable[Mapping[str, Any]]) -> Query:
    """Ask for what every council spent in all years."""
    return REVENUE_OUTTURN.file(
        attachments, r"outturn.*(?:time series|multi.year)", header_holds="RS_phs_net_exp"
    )
