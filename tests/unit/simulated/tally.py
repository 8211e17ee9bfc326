"""Hold what the briefings of a simulated country say against its truth."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ineqlib.facts import area_facts, read_profile
from ineqlib.narrative.judgement import Finding, judge
from ineqlib.pack import Pack

from .country import INDICATORS, Truth

HOW = {made.id: made.published for made in INDICATORS}
CLAIMS = ("worse", "better", "getting worse", "getting better", "first sign")
SMALLEST_EFFECT = 0.25


@dataclass
class Tally:
    """What was said and what is so.

    Parameters
    ----------
    said, false
        By claim: how often it was made, and how often untruly.
    there, found
        By how it is published, level or change, and size of the true difference: how many there
        are, and how many were told.
    """

    said: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    there: Counter[tuple[str, str, float]] = field(default_factory=Counter)
    found: Counter[tuple[str, str, float]] = field(default_factory=Counter)
    areas: int = 0

    def share_false(self, claims: Iterable[str]) -> float:
        """Return the share of some claims that are untrue."""
        made = sum(self.said[claim] for claim in claims)
        return sum(self.false[claim] for claim in claims) / made if made else 0.0


def add(tally: Tally, pack: Pack, truth: dict[tuple[str, str], Truth]) -> None:
    """Judge every area of a country and hold the findings against the truth."""
    ids = [made.id for made in INDICATORS]
    for code in pack.areas.loc[pack.areas["area_type"] == "lad", "area_code"]:
        profile = read_profile(pack, code, comparators=["country"], indicator_set=ids)
        judgement = judge(area_facts(profile))
        tally.areas += 1
        told: set[tuple[str, str]] = set()
        lists = (judgement.worse, judgement.better, judgement.changes)
        for finding in (finding for part in lists for finding in part):
            claim, is_true, indicator = _claim(finding, truth, code)
            tally.said[claim] += 1
            tally.false[claim] += not is_true
            told.add((finding.kind, indicator))
        for kind, indicator, size in _effects(truth, code, ids):
            tally.there[HOW[indicator], kind, size] += 1
            tally.found[HOW[indicator], kind, size] += (kind, indicator) in told


def _claim(
    finding: Finding, truth: dict[tuple[str, str], Truth], code: str
) -> tuple[str, bool, str]:
    assert finding.comparison is not None
    indicator = finding.comparison.indicator
    here = truth[code, indicator.id]
    good = 1 if indicator.polarity == "favourable" else -1
    is_worse = finding.side == "worse"
    if finding.kind == "level":
        claim = finding.side if finding.sure else "first sign"
        return claim, (good * here.level < 0) == is_worse and here.level != 0, indicator.id
    claim = "getting worse" if is_worse else "getting better"
    return claim, (good * here.slope < 0) == is_worse and here.slope != 0, indicator.id


def _effects(
    truth: dict[tuple[str, str], Truth], code: str, ids: Iterable[str]
) -> Iterator[tuple[str, str, float]]:
    """Yield the true differences and changes, each with its size to the nearest half."""
    for indicator in ids:
        here = truth[code, indicator]
        for kind, effect in (("level", here.level), ("change", here.beyond)):
            if abs(effect) >= SMALLEST_EFFECT:
                yield kind, indicator, min(2.0, max(0.5, round(2 * abs(effect)) / 2))
