"""Every number of an evaluation, computed before a word is written."""

from collections.abc import Iterator, Sequence
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
from ineqlib.estimate import FloatArray
from ineqlib.facts.fact import Fact
from ineqlib.measures.placebo import (
    LEVEL,
    Departures,
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
    """What a synthetic control says."""

    effect: Fact
    """Mean departure after the start."""
    as_far: Fact
    """How many areas depart as far from theirs."""
    agrees: bool
    """Whether it is as unusual as the verdict says, or as usual."""
    weights: tuple[tuple[str, Fact], ...]
    """Of the areas that count, the heaviest first: name and share. Empty with several areas."""


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found."""

    verdict: str
    """``worked``, ``no sign`` or ``cannot tell yet``."""
    moved_before: bool
    """Whether it moved far, but moved that way faster than nearly all areas before the start
    already."""
    own: tuple[Fact, ...]
    similar: tuple[Fact, ...]
    """Figures of the project's area (mean of several) and of those most like it, a period each."""
    paths: tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Fact, ...]]
    """How far the gap between the two departed from its mean before, a period each; then the lower
    and the upper limits between which that of nine areas in ten departs by itself."""
    moved: Fact
    similar_moved: Fact
    effect: Fact
    """Mean after less mean before, and the one less the other."""
    effect_low: Fact
    effect_high: Fact
    """Between which limits nine areas in ten move by themselves."""
    as_far: Fact
    tested: Fact
    """How many areas, or sets of areas, moved as far the wanted way; of how many."""
    called: Fact
    rate: Fact
    """How many of them this very rule calls "worked", and the share in per cent."""
    hoped: Fact
    detectable: Fact
    chance_to_see: Fact
    """The change hoped for; the least that would be found four times in five; and how often the one
    hoped for would be found, in per cent."""
    similar_count: Fact
    second: SecondOpinion
    needed: Needed | None
    """What would be needed to tell; None where it can be told, or no more figures would help."""
    similar_names: tuple[str, ...]
    """Names of the areas compared with."""


def evaluate(pack: Pack, design: Design) -> Evaluation:
    """Work out what happened beside what would have happened anyway, or raise `CannotEvaluate`."""
    labels = [*design.before, *design.after]
    tried = try_all(design, design.before, design.after)
    own = project_facts(design, labels)
    similar = similar_facts(design, tried, own, labels)
    make = FactMaker(design, own[-1], (*own[-1].rows, *similar[-1].rows))
    at_first = tried.values[:, : len(design.before)].mean(axis=1)
    hoped = design.asked.hoped or float(at_first.std()) / 2
    p = _p_of_score(tried.project, tried.placebos)
    drifted = bool(placebo_p(tried.project.drift, tried.placebos.drift)[0] <= LEVEL)
    moved_before = p <= LEVEL and drifted
    verdict = _verdict(tried, hoped, p=p, moved_before=moved_before)
    unsure = verdict == CANNOT_TELL and not moved_before
    near = similar_names(design, tried)
    return Evaluation(
        verdict=verdict,
        moved_before=moved_before,
        own=own,
        similar=similar,
        paths=path_facts(make, tried, labels),
        **_moves(make, tried, own),
        **_placebo_counts(make, tried.placebos, p),
        **_what_can_be_seen(make, tried, hoped),
        similar_count=make.count("similar", len(near), "areas most like it with all figures"),
        second=_second(make, tried, agrees_if_unusual=verdict == WORKED),
        needed=needed(pack, tried, hoped, make) if unsure else None,
        similar_names=near,
    )


def _moves(make: FactMaker, tried: Tried, own: Sequence[Fact]) -> dict[str, Fact]:
    """How far the project's areas moved, those like them, and the one beyond the other."""
    turn = make.design.turn
    effect = turn * float(tried.project.effect[0])
    own_move = float(moved(np.array([fact.value for fact in own]), len(make.design.before)))
    low, high = score_limits(tried.project, tried.placebos, turn)
    how = "mean after the start less mean before it"
    chance = "between which nine areas in ten move beyond those like them by themselves"
    return {
        "moved": make.change("moved", own_move, how),
        "similar_moved": make.change(
            "similar-moved", own_move - effect, f"{how}, of similar areas"
        ),
        "effect": make.change("effect", effect, f"{how}, less the same of similar areas"),
        "effect_low": make.change("effect-low", low, chance),
        "effect_high": make.change("effect-high", high, chance),
    }


def _placebo_counts(make: FactMaker, placebos: Departures, p: float) -> dict[str, Fact]:
    """How many areas without a project moved as far, and how many the rule would call "worked"."""
    calls = works_of_each(placebos)
    return {
        "as_far": make.count(
            "as-far",
            _number_as_far(placebos, p),
            "areas that moved as far the wanted way, each by how restless it is",
        ),
        "tested": make.count("tested", len(calls), "areas, or sets of them, judged the same way"),
        "called": make.count("called", calls.sum(), "of those, called 'worked' by this rule"),
        "rate": make.share("rate", calls.mean(), "share called 'worked' with no project known"),
    }


def _what_can_be_seen(make: FactMaker, tried: Tried, hoped: float) -> dict[str, Fact]:
    """The change hoped for, the least that would be found, and how often the former would be."""
    spread = float(tried.project.spread[0])
    least = float(detectable(spread, tried.placebos))
    often = float(power(hoped, spread, tried.placebos))
    return {
        "hoped": make.size("hoped", hoped, how_hoped(make.design)),
        "detectable": make.size("detectable", least, "found four times in five"),
        "chance_to_see": make.share("power", often, "how often this change would be found"),
    }


def _p_of_score(project: Departures, placebos: Departures) -> float:
    return float(placebo_p(project.score, placebos.score)[0])


def _number_as_far(placebos: Departures, p: float) -> int:
    """Return how many placebos reach the score, of which `p` is the share, the project with it."""
    return round(p * (1 + len(placebos.path))) - 1


def _verdict(tried: Tried, hoped: float, *, p: float, moved_before: bool) -> str:
    if p <= LEVEL:
        return CANNOT_TELL if moved_before else WORKED
    ruled_out = bool(rules_out(tried.project, hoped, tried.placebos)[0])
    return NO_SIGN if ruled_out else CANNOT_TELL


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
    p = _p_of_score(project, placebos)
    return SecondOpinion(
        make.change(
            "synthetic",
            make.design.turn * float(project.effect[0]),
            "mean departure after the start from a synthetic control",
        ),
        make.count(
            "synthetic-as-far",
            _number_as_far(placebos, p),
            "areas that departed as far from theirs, each by how restless it is",
        ),
        (p <= LEVEL) == agrees_if_unusual,
        tuple(_weights(make, tried, weights)) if len(tried.here) == 1 else (),
    )


def _weights(make: FactMaker, tried: Tried, weights: FloatArray) -> Iterator[tuple[str, Fact]]:
    """Yield name and weight of the areas that make up the synthetic control, heaviest first."""
    own = weights[tried.here[0]]
    for row in np.argsort(-own, kind="stable"):
        if own[row] >= LEAST_WEIGHT:
            name = make.design.row(tried.codes[row], make.design.before[0]).area_name
            how = f"weight of {name} in the synthetic control"
            yield name, make.share(f"weight-{tried.codes[row]}", own[row], how)
