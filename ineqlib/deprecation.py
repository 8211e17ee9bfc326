"""Names and arguments that will go: they work for a time, and say once what to use instead.

How long, and why, is told in `docs/deprecations.md`.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class IneqlibDeprecation(FutureWarning):
    """Something that still works and will go; shown in notebooks and scripts, unlike others."""


@dataclass(frozen=True)
class Deprecation:
    """One thing that will go.

    Parameters
    ----------
    what
        Its name, as people write it.
    instead
        What they are to write.
    gone_in
        The version that no longer has it.
    """

    what: str
    instead: str
    gone_in: str


REGISTER: dict[Deprecation, bool] = {}
"""Each thing that will go, and whether it was told: a loop is to warn once."""


def deprecated(instead: str, *, gone_in: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Have a function warn, once, that it will go.

    Parameters
    ----------
    instead
        What to use in its place.
    gone_in
        The version that no longer has it.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        deprecation = Deprecation(f"{function.__qualname__}()", instead, gone_in)
        REGISTER[deprecation] = False

        @wraps(function)
        def warning(*args: P.args, **options: P.kwargs) -> T:
            _tell(deprecation)
            return function(*args, **options)

        return warning

    return decorate


def renamed_argument(
    old: str, new: str, *, gone_in: str
) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Take an argument under its old name too, and warn once where it is used.

    Parameters
    ----------
    old, new
        Both names.
    gone_in
        The version that no longer takes the old one.
    """

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        name = function.__qualname__
        deprecation = Deprecation(f"{old}= of {name}()", f"{new}=", gone_in)
        REGISTER[deprecation] = False

        @wraps(function)
        def warning(*args: Any, **options: Any) -> T:
            if old in options:
                if new in options:
                    raise TypeError(f"{name}() got {new}= and {old}=, which is its former name")
                _tell(deprecation)
                options[new] = options.pop(old)
            return function(*args, **options)

        return warning

    return decorate


def _tell(deprecation: Deprecation) -> None:
    if not REGISTER[deprecation]:
        REGISTER[deprecation] = True
        warnings.warn(
            f"{deprecation.what} will be gone in ineqlib {deprecation.gone_in}: use "
            f"{deprecation.instead} instead.",
            IneqlibDeprecation,
            stacklevel=3,
        )
