"""Labels of comparison: which of them the figures beside them give, by which rule, and which not.

An indicator uses one rule, and its file does not say which. So it is taken to use the rule that
gives most of its labels, if that gives nearly all; every rule, if none does. A label is wrong where
no rule that may be used gives it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.audit.rules import HIGHER, LOWER, SIMILAR, Rule, rules, side, slack_of
from ineqlib.audit.words import (
    AGREES,
    CANNOT,
    GOOD,
    GROUPED,
    JUDGED,
    NOT_COMPARED,
    SIDES,
    WRONG,
    comparison_word,
    side_word,
)
from ineqlib.estimate import FloatArray

MISSES = 0.02
"""Share of an indicator's labels that the rule it is taken to use may not give."""
FEWEST_JUDGED = 3
"""Labels by which a polarity other than the catalogue's is the indicator's and no slip."""
SLIPS = 0.1
"""Share of them that may be the other way round, each a slip of its own."""
KEYS = ["period_start", "period_end", "sex", "age"]

UNKNOWN_RULE = (
    "no rule that can be computed here gives it, and the publisher's may rest on figures that no "
    "file has"
)
WHOM = "whom a group of people is compared with is not published"
QUINTILE = "labels of fifths or quarters rest on every area at once, and are known to be unreliable"
TWO_POLARITIES = "its polarity is not in the file, and its labels do not settle it"


def audit_comparisons(rows: pd.DataFrame, label: str, reference: pd.DataFrame) -> pd.DataFrame:
    """Recompute one column of labels for the rows of one indicator.

    Of each row, `reference` has the comparator's `base_code`, `base_name`, `base`, `base_lower` and
    `base_upper`. The rows with a label come back with these, and `verdict`, `rule`, `why`, `ours`.
    """
    beside = pd.concat([rows, reference], axis=1)
    beside = beside[beside[label].ne("")].reset_index(drop=True)
    if beside.empty:
        return beside.assign(verdict="", rule="", why="", ours="")
    return _Comparisons(beside, label).audited()


class _Comparisons:
    """The labels of one column and one indicator, and what speaks for each."""

    def __init__(self, rows: pd.DataFrame, label: str) -> None:
        self.rows = rows
        self.records = [*rows.itertuples(index=False)]
        self.words = np.array([comparison_word(text) for text in rows[label]], dtype=object)
        self.slack = slack_of(rows)
        value, base = rows["value"].to_numpy(float), rows["base"].to_numpy(float)
        self.own_side = side(value, base, self.slack)
        self.meant = rows["polarity"].iloc[0]
        self.polarity, self.is_reversed = self._polarity()
        self.label_side = self._label_side()
        self.rules = rules(rows)
        self.used = self._rules_in_use()

    def audited(self) -> pd.DataFrame:
        judged = [self._judge(place) for place in range(len(self.rows))]
        verdict, rule, why = np.array(judged, dtype=object).T
        return self.rows.assign(verdict=verdict, rule=rule, why=why, ours=self._own_labels())

    def _judge(self, place: int) -> tuple[str, str, str]:
        """Return verdict, rule and reason for one label."""
        word = self.words[place]
        if word == NOT_COMPARED:
            return self._not_compared(place)
        if word == GROUPED:
            return CANNOT, "", QUINTILE
        if word not in SIDES and word not in JUDGED:
            return CANNOT, "", "it is no label of a rule that is known"
        if missing := self._missing(place):
            return CANNOT, "", missing
        if word in JUDGED and self.is_reversed and not self.records[place].group:
            return WRONG, "", self._reversed_words()
        meant = self.label_side[place]
        if np.isnan(meant):
            return CANNOT, "", TWO_POLARITIES
        column = int(meant) + 1
        giving = [r.name for r in self.used if r.known[place] and r.allows[place, column]]
        if giving:
            return AGREES, ", ".join(giving), ""
        return self._not_given(place, meant)

    def _not_given(self, place: int, meant: float) -> tuple[str, str, str]:
        """Judge a label that no rule in use gives."""
        row = self.records[place]
        if row.group:
            return CANNOT, "", WHOM
        if meant and meant == -self.own_side[place]:
            which = "below" if self.own_side[place] < 0 else "above"
            return WRONG, "", f"the value lies {which} {row.base_name}'s, on the other side"
        known = [rule for rule in self.used if rule.known[place]]
        if not known:
            return CANNOT, "", "the limits or denominator that a rule needs are not in the file"
        if not all(rule.exact for rule in known):
            return CANNOT, "", UNKNOWN_RULE
        names = ", ".join(rule.name for rule in known)
        return WRONG, names, self._what_limits_say(row)

    def _what_limits_say(self, row: Any) -> str:
        is_within = row.lower_ci <= row.base <= row.upper_ci
        ends = row.base in (row.lower_ci, row.upper_ci)
        lies = "is an end of" if ends else "lies within" if is_within else "lies outside"
        return f"{row.base_name}'s value {lies} the area's 95% limits"

    def _not_compared(self, place: int) -> tuple[str, str, str]:
        row = self.records[place]
        if self._missing(place) or not any(rule.known[place] for rule in self.used):
            return AGREES, "nothing to compare", ""
        if row.group:
            return CANNOT, "", WHOM
        if set(self.words) <= {NOT_COMPARED, GROUPED}:
            return CANNOT, "", "the publisher does not compare this indicator, or by fifths"
        return CANNOT, "", "the publisher does not say why it is not compared"

    def _missing(self, place: int) -> str:
        """Say what a comparison of a row lacks, whatever the rule."""
        row = self.records[place]
        if np.isnan(row.value):
            return "there is no value"
        if row.base_code == row.area_code and not row.group:
            return "it is the comparator's own row"
        if np.isnan(row.base):
            return "the file has no figure of the comparator for the same period, sex and age"
        return ""

    def _polarity(self) -> tuple[str, bool]:
        """Return what labels take a high value to mean, and if that is not what it means."""
        judged = np.array([JUDGED.get(word, 0) for word in self.words])
        votes = judged * self.own_side
        good, bad = int((votes > 0).sum()), int((votes < 0).sum())
        seen = "favourable" if good > bad else "adverse" if bad > good else ""
        if self.meant not in GOOD:
            return seen or self.meant, False
        is_clear = good + bad >= FEWEST_JUDGED and min(good, bad) <= SLIPS * (good + bad)
        against = is_clear and bool(seen) and seen != self.meant
        return (seen if against else self.meant), against

    def _reversed_words(self) -> str:
        high = "good" if self.meant == "favourable" else "bad"
        return f"wrong polarity: a high value is {high}, and its labels take it for the opposite"

    def _label_side(self) -> FloatArray:
        good = GOOD.get(self.polarity, np.nan)
        sides = [
            SIDES[word] if word in SIDES else JUDGED[word] * good if word in JUDGED else np.nan
            for word in self.words
        ]
        return np.array(sides, dtype=float)

    def _rules_in_use(self) -> Sequence[Rule]:
        """Return the rules the indicator may use: those that give most, if they give nearly all."""
        is_total = self.rows["group"].eq("").to_numpy()
        is_label = np.isfinite(self.label_side) & is_total
        misses, tested = {}, {}
        for rule in self.rules:
            asked = rule.known & is_label
            column = self.label_side[asked].astype(int) + 1
            misses[rule.name] = int((~rule.allows[asked, column]).sum())
            tested[rule.name] = int(asked.sum())
        most = max(tested.values(), default=0)
        full = [rule for rule in self.rules if tested[rule.name] == most]
        fewest = min((misses[rule.name] for rule in full), default=0)
        if fewest > max(1, MISSES * most):
            return self.rules
        return [rule for rule in full if misses[rule.name] == fewest]

    def _own_labels(self) -> NDArray[np.object_]:
        """Say each row's label by the first rule in use that is known for it."""
        polarity = self.meant if self.is_reversed else self.polarity
        words = np.full(len(self.rows), NOT_COMPARED, dtype=object)
        for rule in reversed(self.used):
            sides = np.where(rule.allows[:, SIMILAR], 0, np.where(rule.allows[:, LOWER], -1, 1))
            is_clear = rule.known & (rule.allows[:, [LOWER, SIMILAR, HIGHER]].sum(axis=1) == 1)
            for place in np.flatnonzero(is_clear):
                words[place] = side_word(float(sides[place]), polarity)
        return words
