"""Which of several lookups says where an area lies."""

import pandas as pd

from ineqlib.areas import area_type
from ineqlib.pack.inputs import Input
from ineqlib.sources.base import SetAside

_PLACED = ["code", "parent_level", "vintage"]


def lookups_in_order(inputs: list[Input], year: int) -> list[pd.DataFrame]:
    """Return lookups, the newest first, of one year the fullest; tell files what is not used.

    Of several parents that lookups of one year give an area, that of the fullest stands; none,
    where two are as full. Lookups of a later year than this one are still to come.
    """
    current = []
    for file in inputs:
        lookup = file.parsed.frame
        to_come = lookup["vintage"] > year
        if to_come.any():
            reason = f"codes of {lookup['vintage'].max()} are still to come"
            file.report.set_aside.append(SetAside(reason, int(to_come.sum())))
        current.append((file, lookup[~to_come]))
    current.sort(key=lambda pair: (-pair[1]["vintage"].to_numpy().max(initial=0), -len(pair[1])))
    numbered = [lookup.assign(file=number) for number, (_, lookup) in enumerate(current)]
    if not numbered:
        return []
    every = pd.concat(numbered, ignore_index=True)
    every["rows"] = every["file"].map([len(lookup) for _, lookup in current].__getitem__)
    same_year = every.groupby(_PLACED, sort=False)
    fullest = every["rows"] == same_year["rows"].transform("max")
    parents = every["parent_code"].where(fullest).groupby([every[name] for name in _PLACED])
    undecided = fullest & (parents.transform("nunique") > 1)
    differs = every["parent_code"] != same_year["parent_code"].transform("first")
    reasons = {
        "a fuller lookup of the same year gives another parent": differs & ~undecided,
        "another lookup of the same year, as full, gives another parent: neither is kept. Leave "
        "one of them out (`leave_out`)": undecided,
    }
    kept = []
    for number, (file, lookup) in enumerate(current):
        here = (every["file"] == number).to_numpy()
        for reason, wrong in reasons.items():
            codes = every.loc[here & wrong, "code"]
            if len(codes):
                file.report.set_aside.append(SetAside(reason, len(codes), tuple(codes[:5])))
        file.report.rows_kept = int((here & ~differs & ~undecided).sum())
        kept.append(lookup[~undecided[here].to_numpy()])
    return kept


def districts_of_counties(lookups: list[pd.DataFrame]) -> dict[str, str]:
    """Return of each district its county: of one county all districts are of the newest year."""
    of_districts = [
        lookup[(lookup["level"] == "lad") & (lookup["parent_level"] == "utla")]
        for lookup in lookups
    ]
    if not any(map(len, of_districts)):
        return {}
    every = pd.concat(of_districts, ignore_index=True)
    pairs = every[every["parent_code"].map(area_type) == "utla"]  # a unitary authority is its own
    newest = pairs.groupby("parent_code")["vintage"].transform("max")
    pairs = pairs[pairs["vintage"] == newest]
    return dict(zip(pairs["code"], pairs["parent_code"], strict=True))
