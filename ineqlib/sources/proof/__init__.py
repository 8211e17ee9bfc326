"""What an answer must be to be believed: no answer is believed that is not proved whole.

Every cut looks like success: 100 ids of 150, 25,000 cells of 40,000, last year's figures for this
year's question all come with HTTP status 200. So each request declares an `Expectation`, and what
cannot be proved is refused with the reason. Pure: bytes in, words or an error out.
"""

from ineqlib.sources.proof.features import FeatureCount, WholeFeatures
from ineqlib.sources.proof.files import WholeFile
from ineqlib.sources.proof.model import Expectation, NotWhole, Proof
from ineqlib.sources.proof.objects import WholeObjects
from ineqlib.sources.proof.tables import Asked, Counted, WholeTable

__all__ = [
    "Asked",
    "Counted",
    "Expectation",
    "FeatureCount",
    "NotWhole",
    "Proof",
    "WholeFeatures",
    "WholeFile",
    "WholeObjects",
    "WholeTable",
]
