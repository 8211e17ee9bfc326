"""What is measured and how it is framed: objectives, indicators, indices. No formula here."""

from ineqlib.catalogue.avoidable_causes import (
    AvoidableCause,
    AvoidableCauses,
    load_avoidable_causes,
)
from ineqlib.catalogue.indices import (
    DeprivationIndex,
    deprivation_index,
    index_id_of,
    index_title,
    load_indices,
    newest_index,
)
from ineqlib.catalogue.loader import load_catalogue, read_catalogue
from ineqlib.catalogue.local_outcomes import LocalOutcomes, Metric, Outcome, load_local_outcomes
from ineqlib.catalogue.model import Catalogue, Indicator, Objective, Polarity, PublisherId
from ineqlib.catalogue.sets import MARMOT, load_indicator_set
from ineqlib.catalogue.small_area_figures import SmallAreaFigure, load_small_area_figures

__all__ = [
    "MARMOT",
    "AvoidableCause",
    "AvoidableCauses",
    "Catalogue",
    "DeprivationIndex",
    "Indicator",
    "LocalOutcomes",
    "Metric",
    "Objective",
    "Outcome",
    "Polarity",
    "PublisherId",
    "SmallAreaFigure",
    "deprivation_index",
    "index_id_of",
    "index_title",
    "load_avoidable_causes",
    "load_catalogue",
    "load_indicator_set",
    "load_indices",
    "load_local_outcomes",
    "load_small_area_figures",
    "newest_index",
    "read_catalogue",
]
