"""WHO's Health Inequality Data Repository: the numbers of its data sets, and each as a workbook."""

import csv
import io
import re

from ineqlib.errors import ParameterError
from ineqlib.sources.interfaces.query import Query
from ineqlib.sources.layouts.who_equity import SOURCE
from ineqlib.sources.proof import WholeFile, WholeTable

IDS = "https://srhdpeuwpubsa.blob.core.windows.net/whdh/HIDR/hidr_datasetid.csv"
DATA = "https://datasafe-h5afbhf4gwctabaa.z01.azurefd.net/api/Download/TOP"
_ID = re.compile(r"[A-Za-z0-9_-]+")
_COLUMN = "dataset_id"


def dataset_ids() -> Query:
    """Ask which data sets there are."""
    expectation = WholeTable((_COLUMN,), ends_in_newline=False)
    return Query(IDS, "WHO, data sets of inequality", SOURCE, expectation)


def read_ids(content: bytes) -> list[str]:
    """Return the numbers of the data sets that `dataset_ids` lists."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [row[_COLUMN] for row in rows]


def dataset(dataset_id: str) -> Query:
    """Ask for a data set; of its settings, England's figures are read."""
    if not _ID.fullmatch(dataset_id):
        raise ParameterError(f"'{dataset_id}' is no number of a data set: see {IDS}.")
    what = f"WHO, data set {dataset_id}"
    return Query(f"{DATA}/{dataset_id}/data", what, SOURCE, WholeFile("workbook"))
