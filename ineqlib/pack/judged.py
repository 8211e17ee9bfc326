"""Which repeated rows do not stand, kept by indicator for the next build.

What becomes of an indicator's rows is decided by the files that give it and by nothing else, so
that a new file makes those of its own indicators be judged again, and no others.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.observations import plain_texts
from ineqlib.pack.code_version import code_fingerprint
from ineqlib.pack.files import digest_of
from ineqlib.pack.kept import recall, remember
from ineqlib.pack.merge_reasons import FILE
from ineqlib.sources.texts import is_categories

Outcome = list[list[Any]]
"""Of one indicator, the places among its rows of those that do not stand, the number of the reason
of each, the value kept, and the reasons."""


def left_out(
    rows: pd.DataFrame,
    blocks: Collection[pd.DataFrame],
    judge: Callable[[pd.DataFrame], pd.DataFrame],
    identities: Sequence[str],
) -> pd.DataFrame:
    """Return the rows that do not stand, one indicator after the other, each with its reason.

    Parameters
    ----------
    rows
        All rows, as `ineqlib.pack.merge.numbered` puts them together.
    blocks
        Those of figures given differently, some whole indicators at a time.
    judge
        Returns of a block what does not stand, with `reason` and the value `kept`.
    identities
        Of each file, what its rows and its dates are known by; empty where nothing is kept of it.
    """
    memory = digest_of([code_fingerprint(), "judged"])
    before: dict[str, Outcome] = recall(memory) or {}
    every = list({name for block in blocks for name in block["indicator_id"].unique()})
    involved = rows.loc[rows["indicator_id"].isin(every), ["indicator_id", FILE]]
    keys = _keys(involved, identities)
    groups = involved.groupby("indicator_id", observed=True).indices
    places = {name: involved.index.to_numpy()[at] for name, at in groups.items()}
    now: dict[str, Outcome] = {}
    judged = []
    for block in blocks:
        names = block["indicator_id"].unique()
        known = {name: before[keys[name]] for name in names if keys.get(name) in before}
        fresh = judge(block[~block["indicator_id"].isin(list(known))])
        judged.append(fresh[["reason", "kept"]])
        judged += [_read(outcome, places[name]) for name, outcome in known.items()]
        by_name = dict(list(fresh.groupby("indicator_id")))
        for name in filter(keys.get, names):
            part = by_name.get(name, fresh.iloc[:0])
            now[keys[name]] = known[name] if name in known else _written(part, places[name])
    if now != before:
        remember(memory, now)
    together = pd.concat(judged)
    whose = involved["indicator_id"].loc[together.index].astype("str")
    together = together.iloc[np.argsort(whose.to_numpy(), kind="stable")]
    chosen = rows.loc[together.index]
    texts = {name: plain_texts(chosen[name]) for name in chosen if is_categories(chosen[name])}
    return chosen.assign(**texts, reason=together["reason"], kept=together["kept"])


def _keys(rows: pd.DataFrame, identities: Sequence[str]) -> dict[str, str]:
    """Return of each indicator the key of the files that give it, if all of them are known."""
    pairs = rows[["indicator_id", FILE]].drop_duplicates()
    files = pairs[FILE].groupby(pairs["indicator_id"].astype("str")).agg(list)
    of_files = {
        name: [identities[number] for number in sorted(files[name])] for name in files.index
    }
    return {name: digest_of([name, known]) for name, known in of_files.items() if all(known)}


def _written(judged: pd.DataFrame, places: NDArray[np.intp]) -> Outcome:
    numbers, reasons = pd.factorize(judged["reason"])
    kept = [None if pd.isna(value) else value for value in judged["kept"].tolist()]
    at = np.searchsorted(places, judged.index).tolist()
    return [at, numbers.tolist(), kept, reasons.tolist()]


def _read(outcome: Outcome, places: NDArray[np.intp]) -> pd.DataFrame:
    at, numbers, kept, reasons = outcome
    columns = {
        "reason": pd.Series([reasons[number] for number in numbers], dtype="str"),
        "kept": pd.Series(kept, dtype="float64"),
    }
    return pd.DataFrame(columns).set_axis(places[at])
