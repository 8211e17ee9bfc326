"""Figures published once for two authorities together, as two small ones often are."""

from dataclasses import replace

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.sources.base import Parsed, SetAside

MEMBERS = pd.DataFrame(
    [
        ("E67000001", "E09000012", "Hackney"),
        ("E67000002", "E06000052", "Cornwall"),
    ],
    columns=["combined", "area_code", "area_name"],
)
"""The codes of the ONS for two authorities together, and the larger of the two.

The figure is nearly all the larger one's (Hackney with the City of London, Cornwall with the Isles
of Scilly), and stands for it; as on Fingertips, the smaller one is left without."""

_SAYS_SO = "combined"
_KEY = "publisher_id area_code period_start period_end sex age dimension subgroup".split()


def with_members(parsed: Parsed) -> Parsed:
    """Give authorities the figures their publisher states for them together with another.

    Only a row under a code of `MEMBERS` whose note says that the value is a combined one is
    copied, to each authority that has no value of its own for the same figure. The copy keeps the
    note; the row under the combined code stays.
    """
    rows = parsed.frame
    together = rows[rows["area_code"].isin(MEMBERS["combined"]) & rows["value"].notna()]
    together = together[together["note"].str.contains(_SAYS_SO)]
    if together.empty:
        return parsed
    copies = _for_members(together)
    copies = copies[~_figures(copies).isin(_figures(rows[rows["value"].notna()]))]
    replaced = rows["value"].isna() & _figures(rows).isin(_figures(copies))
    aside = SetAside(
        "no value here; the figure for two authorities combined stands", int(replaced.sum())
    )
    remark = (
        f"{len(copies)} rows added: figures for two authorities combined (Hackney and City of "
        "London, Cornwall and Isles of Scilly), given to each that has none of its own"
    )
    return replace(
        parsed,
        frame=pd.concat([rows[~replaced], copies], ignore_index=True),
        set_aside=(*parsed.set_aside, *([aside] if aside.rows else [])),
        remarks=(*parsed.remarks, remark),
        rows_added=parsed.rows_added + len(copies),
    )


def _for_members(combined: pd.DataFrame) -> pd.DataFrame:
    """Copy rows of two authorities combined, once for each of the two."""
    copies = combined.rename(columns={"area_code": "combined"}).drop(columns="area_name")
    copies = copies.merge(MEMBERS, on="combined")
    copies["area_type"] = copies["area_code"].map(area_type)
    return copies[combined.columns].astype(combined.dtypes)


def _figures(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[_KEY])
