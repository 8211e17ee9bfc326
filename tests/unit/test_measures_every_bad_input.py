"""Every public measure and every kind of bad input: the right answer, a status, or words.

A measure that is new has no call here, and the first test says so.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ineqlib import measures as m
from ineqlib.errors import UserError

from .measure_calls import CALLS, HELPER_CALLS, HELPERS, NAMES, Call, simulated

OF_FRAMES = {"add_by_lookup", "measure_table", "rate_table"}
"""They have a test of their own: test_measures_frames_bad_input.py."""
HIDE = {"protect", "differencing_risks", *HELPERS}
"""They are about counts that nobody sees, or figures of many areas and years, of which some are
always missing: one that is missing is none to be told."""
ALL_CALLS = {**CALLS, **HELPER_CALLS}


@pytest.fixture(scope="module", autouse=True)
def few_paths() -> Iterator[None]:
    """What goes in is refused or not, whatever the number of paths that are drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ineqlib.measures.variance_components.SETS", 2)
        yield


def function_of(name: str) -> Callable[..., Any]:
    if name == "simulation_spread":
        return partial(m.simulation_spread, m.sii_simulated)
    return HELPERS.get(name) or getattr(m, name)


def test_every_public_measure_has_its_call() -> None:
    public = {name for name in m.__all__ if inspect.isfunction(getattr(m, name))}
    assert public - OF_FRAMES == set(CALLS)


def changed(array: Any, place: int, item: Any) -> np.ndarray:
    copy = np.array(array, dtype=object)
    copy.flat[place] = item
    return copy


def read_only(array: np.ndarray) -> np.ndarray:
    copy = array.copy()
    copy.setflags(write=False)
    return copy


ALIKE: dict[str, Callable[[np.ndarray], Any]] = {
    "nested lists": lambda a: a.tolist(),
    "tuples": lambda a: tuple(a.tolist()),
    "decimals": np.vectorize(Decimal, otypes=[object]),
    "objects": lambda a: a.astype(object),
    "read-only": read_only,
    "strided": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "single precision": lambda a: a.astype(np.float32).astype(np.float64).astype(np.float32),
    "masked nowhere": lambda a: np.ma.array(a, mask=False),
    "nullable": lambda a: pd.Series(a, dtype="Float64") if a.ndim == 1 else a,
    "small whole numbers": lambda a: a.astype(np.int16) if (a == a.astype(np.int16)).all() else a,
    "unsigned": lambda a: a.astype(np.uint16) if (a == a.astype(np.uint16)).all() else a,
    "labelled": lambda a: pd.Series(a, index=NAMES) if a.shape == (5,) else a,
}
"""The same numbers in other clothes: the answer is the same, or there is none."""

REFUSED: dict[str, Callable[[np.ndarray], Any]] = {
    "text": lambda a: a.astype(str),
    "one text": lambda a: changed(a, 0, "[c]"),
    "new text": lambda a: np.array(a.astype(str), dtype=np.dtypes.StringDType()),
    "bytes": lambda a: a.astype("S"),
    "booleans": lambda a: np.ones(a.shape, dtype=bool),
    "one boolean": lambda a: changed(a, 0, True),
    "a boolean in a list": lambda a: [True, *a[1:].tolist()] if a.ndim == 1 else [[True]],
    "nullable booleans": lambda a: pd.Series([True] * a.shape[-1], dtype="boolean"),
    "infinite": lambda a: changed(a, -1, np.inf),
    "dates": lambda a: np.full(a.shape, np.datetime64("2026-01-01")),
    "spans": lambda a: np.full(a.shape, np.timedelta64(1, "D")),
    "python dates": lambda a: changed(a, 0, date(2026, 1, 1)),
    "timestamps": lambda a: pd.Series(pd.Timestamp("2026-01-01"), index=range(a.shape[-1])),
    "complex": lambda a: a + 1j,
    "things": lambda a: changed(a, 0, object()),
    "lists inside": lambda a: changed(a, 0, [1, 2]),
    "ragged": lambda a: [[1.0], [1.0, 2.0]],
    "nothing": lambda a: None,
    "mapping": lambda a: {"a": 1},
    "set": lambda a: {1.0, 2.0},
    "generator": lambda a: (item for item in a),
    "empty": lambda a: a[..., :0],
    "one short": lambda a: a[..., :-1],
    "one long": lambda a: np.concatenate([a, a[..., :1]], axis=-1),
    "alone": lambda a: a[..., :1],
    "column": lambda a: a[..., None],
    "endless whole number": lambda a: changed(a, 0, 10**400),
    "records": lambda a: np.zeros(a.shape, dtype=[("a", float)]),
}
"""What is no array of numbers of this shape."""

ONE_SHAPE_ONLY = {"empty", "one short", "one long", "alone", "column"}
"""Nothing is wrong with these where there are no other data to fit."""


def masked(array: np.ndarray) -> Any:
    mask = np.zeros(array.shape, dtype=bool)
    mask.flat[0] = True
    return np.ma.array(array, mask=mask)


MISSING: dict[str, Callable[[np.ndarray], Any]] = {
    "missing": lambda a: changed(a, 0, np.nan),
    "none inside": lambda a: changed(a, 0, None),
    "masked": masked,
}


def flat(answer: Any) -> Iterator[Any]:
    """Every array, word and number of an answer."""
    if is_dataclass(answer):
        for item in fields(answer):
            if item.name != "method":
                yield from flat(getattr(answer, item.name))
    elif isinstance(answer, tuple | list):
        for item in answer:
            yield from flat(item)
    elif answer is not None:
        yield np.asarray(answer)


def same(one: Any, other: Any) -> bool:
    pairs = list(zip(flat(one), flat(other), strict=True))
    return all(
        np.allclose(a, b, rtol=1e-6, atol=1e-12, equal_nan=True)
        if a.dtype.kind == "f"
        else np.array_equal(a, b)
        for a, b in pairs
    )


WORDS = ("not compared", "cannot be calculated", "missing", "is missing", "is infinite")


REMEDY = re.compile(
    "[Ee]xpected|Give|Correct|[Ll]ook for|find the figures|[Ll]eave|Divide|[Uu]se |Put|Add|"
    "Take|take|Check|Are the two|Which"
)
"""What a message says is to be done, or how the input should be."""


def says_so(answer: Any) -> bool:
    """Whether an answer tells by NaN or in words that it has no number somewhere."""
    return any(
        np.isnan(part).any()
        if part.dtype.kind == "f"
        else part.dtype.kind == "U" and any(str(word).endswith(WORDS) for word in part.flat)
        for part in flat(answer)
    )


@dataclass
class Trial:
    """One measure under trial: how it is called rightly, and what went wrong."""

    name: str
    faults: list[str] = field(default_factory=list)

    @property
    def call(self) -> Call:
        return ALL_CALLS[self.name]

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(function_of(self.name)).parameters

    @property
    def may_be_left_out(self) -> set[str]:
        """Arguments that may be None."""
        return {name for name, each in self.parameters.items() if each.default is None}

    @property
    def names(self) -> set[str]:
        """Arguments, by one of which words must call what they refuse."""
        return {*self.parameters, *self.call.data, "shapes"}

    def run(self, **changes: Any) -> Any:
        options = dict(self.call.options)
        if "simulation" in options and "simulation" not in changes:
            options |= simulated()
        return function_of(self.name)(**{**self.call.data, **options, **changes})

    def hold(
        self,
        what: str,
        argument: str,
        right: Callable[[Any], bool],
        needs: str = "",
        **changes: Any,
    ) -> None:
        """Note an answer that is not right, an error that is not ours, words that do not help."""
        fault = ""
        try:
            answer = self.run(**changes)
        except UserError as error:
            named = any(name in str(error) for name in self.names)
            if not named or needs not in str(error) or not REMEDY.search(str(error)):
                fault = f"names no argument, no {needs!r} or no remedy: {error}"
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        else:
            fault = "" if right(answer) else str(answer)
        if fault:
            self.faults.append(f"{argument}, {what}: {fault}")

    def refuse(self, what: str, argument: str, needs: str = "", **changes: Any) -> None:
        """Note an answer where there should be none, or words that lack a position."""
        self.hold(what, argument, lambda answer: False, needs, **changes)


every_measure = pytest.mark.parametrize("name", list(ALL_CALLS))


@every_measure
def test_the_same_numbers_in_other_clothes_give_the_same_answer(name: str) -> None:
    trial = Trial(name)
    right = trial.run()
    for argument, array in trial.call.data.items():
        for what, dress in ALIKE.items():
            dressed = dress(np.asarray(array, dtype=float))
            if not same(trial.run(**{argument: dressed}), right):
                trial.faults.append(f"{argument}, {what}")
    assert not trial.faults, "\n".join(trial.faults)


@every_measure
def test_what_is_no_array_of_numbers_is_refused(name: str) -> None:
    trial = Trial(name)
    alone = len(trial.call.data) < 2 and "bands" not in trial.call.options
    for argument, array in trial.call.data.items():
        for what, spoil in REFUSED.items():
            spoilt = {argument: spoil(np.asarray(array, dtype=float))}
            if what in ("nothing", "infinite") and argument in trial.call.missing.split():
                trial.hold(what, argument, says_so, **spoilt)
            elif what == "nothing" and argument in trial.may_be_left_out:
                trial.run(**spoilt)
            elif not (alone and what in ONE_SHAPE_ONLY):
                trial.refuse(what, argument, **spoilt)
    assert not trial.faults, "\n".join(trial.faults)


@every_measure
def test_a_figure_that_cannot_be_is_refused_with_its_place(name: str) -> None:
    trial, place = Trial(name), "counting from 0"
    for argument, array in trial.call.data.items():
        one = np.asarray(array, dtype=float)
        may_be_missing = argument in trial.call.missing.split()
        for what, spoil in MISSING.items():
            if not may_be_missing:
                trial.refuse(what, argument, place, **{argument: spoil(one)})
            elif name not in HIDE:
                trial.hold(what, argument, says_so, **{argument: spoil(one)})
        if argument not in trial.call.any_sign.split():
            trial.refuse("below zero", argument, place, **{argument: changed(one, 0, -1.0)})
        if argument not in f"{trial.call.zero} {trial.call.any_sign}".split():
            trial.refuse("zero", argument, place, **{argument: changed(one, 0, 0.0)})
    assert not trial.faults, "\n".join(trial.faults)


@every_measure
def test_data_that_do_not_belong_together_are_refused(name: str) -> None:
    trial = Trial(name)
    for argument, array in trial.call.data.items():
        others = {key: np.asarray(of) for key, of in trial.call.data.items() if key != argument}
        if not others:
            continue
        one = np.asarray(array, dtype=float)
        batch = {key: np.broadcast_to(of, (3, *of.shape)) for key, of in others.items()}
        trial.refuse("another batch", argument, **{argument: np.stack([one, one])}, **batch)
        if one.ndim == 1 and all(of.ndim == 1 for of in others.values()):
            labels = [f"group {number}" for number in range(len(one))]
            beside = {key: pd.Series(of, index=labels) for key, of in others.items()}
            turned = pd.Series(one, index=labels[::-1])
            trial.refuse("turned round", argument, "carry", **{argument: turned}, **beside)
    assert not trial.faults, "\n".join(trial.faults)


@every_measure
def test_a_plain_number_serves_all_or_is_refused(name: str) -> None:
    trial = Trial(name)
    for argument, array in trial.call.data.items():
        number = float(np.asarray(array, dtype=float).flat[0])
        try:
            shape = np.shape(array) if len(trial.call.data) > 1 else (1,)
            expected = trial.run(**{argument: np.full(shape, number)})
        except UserError:
            trial.refuse("a plain number", argument, **{argument: number})
        else:
            trial.hold(
                "a plain number",
                argument,
                lambda answer, expected=expected: same(answer, expected),
                **{argument: number},
            )
    assert not trial.faults, "\n".join(trial.faults)


WRONG = ["nonsense", "", -1, np.nan, True, None, [0.1, 0.2, 0.3], object(), 1j, {"a": 1}, b"x"]
LABELS = ["nonsense", 3, ["a"], [None] * 12, [["a"], ["b", "c"]], object()]
"""Of clusters, larger areas and the like any text will do, but one for each."""


@every_measure
def test_an_option_that_is_not_what_it_should_be_is_refused(name: str) -> None:
    trial = Trial(name)
    for option, parameter in trial.parameters.items():
        if option in {*trial.call.data, "options"}:
            continue
        for wrong in LABELS if option in ("cluster", "strata", "within", "labels") else WRONG:
            is_none = wrong is None and option in trial.may_be_left_out
            is_flag = wrong is True and isinstance(parameter.default, bool)
            if not is_none and not is_flag:
                trial.refuse(f"{option}={wrong!r}", option, **{option: wrong})
    assert not trial.faults, "\n".join(trial.faults)
