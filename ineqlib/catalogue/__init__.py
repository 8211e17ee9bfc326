"""What is measured: the Marmot objectives and their indicators, as data. No formula here."""

from ineqlib.catalogue.loader import load_catalogue, read_catalogue
from ineqlib.catalogue.model import Catalogue, Indicator, Objective, Polarity, PublisherId
from ineqlib.catalogue.sets import IndicatorSet, load_indicator_set

__all__ = [
    "Catalogue",
    "Indicator",
    "IndicatorSet",
    "Objective",
    "Polarity",
    "PublisherId",
    "load_catalogue",
    "load_indicator_set",
    "read_catalogue",
]
