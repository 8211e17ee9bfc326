"""The labels a pack has beside its figures: the publisher's comparison and its recent trend."""

import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.observations import HAS_VALUE
from ineqlib.pack import Pack

_KEPT = (
    *("area_code", "area_name", "period", "period_start", "period_end", "sex", "age"),
    *("value", "lower_ci", "upper_ci", "count", "denominator"),
)


def labels_of_pack(pack: Pack) -> pd.DataFrame:
    """Read the figures of a pack as rows with labels (`ineqlib.audit.labels.COLUMNS`).

    A pack keeps the comparison with the country, where there was one, and the recent trend; not
    the comparison with a parent, nor 99.8% limits. Indicators without a label are left out.
    """
    rows = pack.observations()
    has_label = rows["comparison"].ne("") | rows["trend"].ne("")
    rows = rows[rows["indicator_id"].isin(rows.loc[has_label, "indicator_id"].unique())]
    start, end = rows["period_start"].dt, rows["period_end"].dt
    group = rows["dimension"].where(rows["dimension"].eq(""), rows["dimension"] + ": ")
    names = pack.indicators.set_index("indicator_id")["name"]
    nothing = pd.Series("", index=rows.index)
    return (
        rows[list(_KEPT)]
        .assign(
            value=rows["value"].where(rows["status"].isin(HAS_VALUE)),
            indicator=rows["indicator_id"],
            name=rows["indicator_id"].map(names),
            is_country=rows["area_type"].eq("country"),
            parent_code=nothing,
            months=(end.year - start.year) * 12 + end.month - start.month + 1,
            group=group + rows["subgroup"],
            lower_998=float("nan"),
            upper_998=float("nan"),
            comparison=rows["comparison"],
            parent_comparison=nothing,
            trend=rows["trend"],
            **{
                name: rows["indicator_id"].map(_meaning(name))
                for name in ("polarity", "value_type")
            },
        )
        .pipe(_plain)
    )


def _meaning(name: str) -> dict[str, str]:
    catalogue = load_catalogue()
    return {entry.id: getattr(entry, name) for entry in catalogue.indicators.values()}


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Write texts as plain ones, those that are missing as empty."""
    texts = rows.select_dtypes(exclude=["number", "datetime", "bool"])
    return rows.assign(**{name: texts[name].astype("object").fillna("") for name in texts})
