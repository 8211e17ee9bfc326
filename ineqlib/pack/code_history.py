"""Which codes of areas became which, up to the present."""

import pandas as pd

from ineqlib.pack.files import digest_of
from ineqlib.sources.plausible import Ending
from ineqlib.sources.texts import changed


class CodeHistory:
    """Where codes lead.

    Parameters
    ----------
    changes
        old_code, new_code, kind (see `known_changes`).
    """

    def __init__(self, changes: pd.DataFrame) -> None:
        self._changes = changes
        renamed = changes[changes["kind"] == "renamed"]
        whole = changes[changes["kind"] != "split"]
        self._renamed = _to_the_end(renamed)
        self._whole = _to_the_end(whole)
        ended = changes[changes["kind"] != "renamed"]
        names = changes.sort_values("date")
        self._names = dict(zip(names["new_code"], names["new_name"], strict=True))
        self._end = ended.groupby("old_code")["date"].max()
        self._next: dict[str, list[str]] = ended.groupby("old_code")["new_code"].agg(list).to_dict()

    @property
    def key(self) -> str:
        """By which it is known that two histories are the same."""
        return digest_of(self._changes.astype("str").to_numpy(object).tolist())

    @property
    def ended(self) -> list[str]:
        """Codes of areas that are no more."""
        return list(self._next)

    def endings(self) -> dict[str, Ending]:
        """Return of each code of an area that is no more when it ended, and what came after."""
        present = {code: code for code in self._next}
        earlier = {old: new for old, new in self._renamed.items() if new in self._next}
        return {
            code: Ending(self._end[last], tuple(map(self._named, self.successors(last))))
            for code, last in (present | earlier).items()
        }

    def _named(self, code: str) -> str:
        return f"{self._names[code]} ({code})" if self._names.get(code) else code

    def renamed(self, codes: pd.Series) -> pd.Series:
        """Replace old codes of areas that still exist."""
        return changed(codes, self._renamed)

    def current(self, codes: pd.Series) -> pd.Series:
        """Replace codes of areas renamed or merged whole into another, up to the present."""
        return changed(codes, self._whole)

    def successors(self, code: str) -> list[str]:
        """Return the areas of the present that an ended one went into."""
        ends, ahead, passed = [], [*self._next.get(code, [])], {code}
        while ahead:
            step = ahead.pop(0)
            step = self._renamed.get(step, step)
            if step not in self._next:
                ends.append(step)
            elif step not in passed:
                passed.add(step)
                ahead = [*self._next[step], *ahead]
        return list(dict.fromkeys(ends))

    def renamed_from(self, code: str) -> list[str]:
        """Return the old codes of a renamed area."""
        return [old for old, new in self._renamed.items() if new == code]


def _to_the_end(changes: pd.DataFrame) -> dict[str, str]:
    """Return the last code each one leads to; codes that lead back to themselves stay."""
    steps = dict(zip(changes["old_code"], changes["new_code"], strict=True))
    ends = {}
    for code in steps:
        passed = [code]
        while passed[-1] in steps and steps[passed[-1]] not in passed:
            passed.append(steps[passed[-1]])
        if passed[-1] not in steps:
            ends[code] = passed[-1]
    return ends
