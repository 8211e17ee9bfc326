"""Every number of an evaluation, computed before a word is written."""

from dataclasses import dataclass

import numpy as np

from ineqlib.briefings.evaluate_project.design import Design, Tried, apart, regions_of, try_all
from ineqlib.briefings.evaluate_project.make_facts import (
    FactMaker,
    path_facts,
    project_facts,
    score_limits,
    similar_facts,
)
from ineqlib.briefings.evaluate_project.needed import Needed, needed
from ineqlib.facts.fact import Fact
from ineqlib.measures.placebo import (
    LEVEL,
    detectable,
    moved,
    placebo_p,
    power,
    rules_out,
    works_of_each,
)
from ineqlib.measures.synthetic_control import synthetic_gaps
from ineqlib.pack import Pack

WORKED, NO_SIGN, CANNOT_TELL = "worked", "no sign", "cannot tell yet"
LEAST_WEIGHT = 0.005
"""Weights of a synthetic control below this share are not listed."""


@dataclass(frozen=True)
class SecondOpinion:
    """What a synthetic control says.

    Parameters
    ----------
    effect
        Mean departure after the start.
    as_far
        How many areas depart as far from theirs.
    agrees
        Whether it is as unusual as the verdict says, or as usual.
    weights
        Of the areas that count, the heaviest first: name and share. Empty with several areas.
    """

    effect: Fact
    as_far: Fact
    agrees: bool
    weights: tuple[tuple[str, Fact], ...]


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found.

    Parameters
    ----------
    verdict
        ``worked``, ``no sign`` or ``cannot tell yet``.
    moved_before
        Whether it moved far, but moved that way faster than nearly all areas before the start
        already.
    own, similar
        Figures of the project's area (mean of several) and of those most like it, a period each.
    paths
        How far the gap between the two departed from its mean before, a period each; then the lower
        and the upper limits between which that of nine areas in ten departs by itself.
    moved, similar_moved, effect
        Mean after less mean before, and the one less the other.
    effect_low, effect_high
        Between which limits nine areas in ten move by themselves.
    as_far, tested
        How many areas, or sets of areas, moved as far the wanted way; of how many.
    called, rate
        How many of them this very rule calls "worked", and the share in per cent.
    hoped, detectable, chance_to_see
        The change hoped for; the least that would be found four times in five; and how often the
        one hoped for would be found, in per cent.
    second
        What a synthetic control says.
    needed
        What would be needed to tell; None where it can be told, or no more figures would help.
    similar_names
        Names of the areas compared with.
    """

    verdict: str
    moved_before: bool
    own: tuple[Fact, ...]
    similar: tuple[Fact, ...]
    paths: tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]]
    moved: Fact
    similar_moved: Fact
    effect: Fact
    effect_low: Fact
    effect_high: Fact
    as_far: Fact
    tested: Fact
    called: Fact
    rate: Fact
    hoped: Fact
    detectable: Fact
    chance_to_see: Fact
    similar_count: Fact
    second: SecondOpinion
    needed: Needed | None
    similar_names: tuple[str, ...]


def evaluate(pack: Pack, design: Design) -> Evaluation:
    """Work out what happened beside what would have happened anyway.

    Raises
    ------
    CannotEvaluate
        Too few areas have the figures.
    """
    labels = [*design.before, *design.after]
    tried = try_all(design, design.before, design.after)
    project, placebos = tried.project, tried.placebos
    own = project_facts(design, labels)
    similar = similar_facts(design, tried, own, labels)
    make = FactMaker(design, own[-1], (*own[-1].rows, *similar[-1].rows))
    hoped = design.asked.hoped or half_a_spread(tried, len(design.before))
    as_far = float(placebo_p(project.score, placebos.score)[0])
    drifted = bool(placebo_p(project.drift, placebos.drift)[0] <= LEVEL)
    moved_before = as_far <= LEVEL and drifted
    verdict = _verdict(tried, hoped, as_far=as_far, moved_before=moved_before)
    unsure = verdict == CANNOT_TELL and not moved_before
    effect = design.turn * float(project.effect[0])
    own_move = float(moved(np.array([fact.value for fact in own]), len(design.before)))
    calls = works_of_each(placebos)
    low, high = score_limits(project, placebos, design.turn)
    spread = float(project.spread[0])
    how = "mean after the start less mean before it"
    chance = "between which nine areas in ten move beyond those like them by themselves"
    return Evaluation(
        verdict=verdict,
        moved_before=moved_before,
        own=own,
        similar=similar,
        paths=path_facts(make, tried, labels),
        moved=make.change("moved", own_move, how),
        similar_moved=make.change("similar-moved", own_move - effect, f"{how}, of similar areas"),
        effect=make.change("effect", effect, f"{how}, less the same of similar areas"),
        effect_low=make.change("effect-low", low, chance),
        effect_high=make.change("effect-high", high, chance),
        as_far=make.count(
            "as-far",
            round(as_far * (1 + len(placebos.path))) - 1,
            "areas that moved as far the wanted way, each by how restless it is",
        ),
        tested=make.count("tested", len(calls), "areas, or sets of them, judged the same way"),
        called=make.count("called", calls.sum(), "of those, called 'worked' by this rule"),
        rate=make.share("rate", calls.mean(), "share called 'worked' with no project known"),
        hoped=make.size("hoped", hoped, how_hoped(design)),
        detectable=make.size(
            "detectable", float(detectable(spread, placebos)), "found four times in five"
        ),
        chance_to_see=make.share(
            "power", float(power(hoped, spread, placebos)), "how often this change would be found"
        ),
        similar_count=make.count(
            "similar", len(similar_names(design, tried)), "areas most like it with all figures"
        ),
        second=_second(make, tried, agrees_if_unusual=verdict == WORKED),
        needed=needed(pack, tried, hoped, make) if unsure else None,
        similar_names=similar_names(design, tried),
    )


def _verdict(tried: Tried, hoped: float, *, as_far: float, moved_before: bool) -> str:
    if as_far <= LEVEL:
        return CANNOT_TELL if moved_before else WORKED
    ruled_out = bool(rules_out(tried.project, hoped, tried.placebos)[0])
    return NO_SIGN if ruled_out else CANNOT_TELL


def half_a_spread(tried: Tried, before: int) -> float:
    """Return half of what areas typically differ by before the start."""
    return float(tried.values[:, :before].mean(axis=1).std()) / 2


def how_hoped(design: Design) -> str:
    """Say where the size of the change hoped for is from."""
    if design.asked.hoped:
        return "as asked"
    return "half of the standard deviation between areas before the start"


def similar_names(design: Design, tried: Tried) -> tuple[str, ...]:
    """Return the names of the areas that the project's are compared with."""
    near = np.flatnonzero(tried.similar[tried.here].any(axis=0))
    codes = [tried.codes[row] for row in near]
    return tuple(design.row(code, design.before[0]).area_name for code in codes)


def _second(make: FactMaker, tried: Tried, *, agrees_if_unusual: bool) -> SecondOpinion:
    """Ask a synthetic control, judged by the same rule."""
    before = len(make.design.before)
    gap, weights = synthetic_gaps(tried.values, tried.similar, before)
    project, placebos = apart(gap, tried.here, before, regions_of(make.design, tried.codes))
    as_far = float(placebo_p(project.score, placebos.score)[0])
    listed_weights = []
    if len(tried.here) == 1:
        own = weights[tried.here[0]]
        for row in np.argsort(-own, kind="stable"):
            if own[row] >= LEAST_WEIGHT:
                name = make.design.row(tried.codes[row], make.design.before[0]).area_name
                how = f"weight of {name} in the synthetic control"
                fact = make.share(f"weight-{tried.codes[row]}", own[row], how)
                listed_weights.append((name, fact))
    return SecondOpinion(
        make.change(
            "synthetic",
            make.design.turn * float(project.effect[0]),
            "mean departure after the start from a synthetic control",
        ),
        make.count(
            "synthetic-as-far",
            round(as_far * (1 + len(placebos.path))) - 1,
            "areas that departed as far from theirs, each by how restless it is",
        ),
        (as_far <= LEVEL) == agrees_if_unusual,
        tuple(listed_weights),
    )
