"""Measures and rates of whole frames: what the rows mean, and one row of results for each set.

`measure_table` takes rows of groups, `rate_table` rows of age bands, which `add_by_lookup` adds up
to larger areas. They read their rows with `stack`; `columns`, `groups` and `places` say what a row
of a group is.
"""

from ineqlib.measures.frames.add_by_lookup import add_by_lookup
from ineqlib.measures.frames.columns import Columns
from ineqlib.measures.frames.measure_table import measure_table
from ineqlib.measures.frames.rate_table import BandColumns, rate_table

__all__ = ["BandColumns", "Columns", "add_by_lookup", "measure_table", "rate_table"]
