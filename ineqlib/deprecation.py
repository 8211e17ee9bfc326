"""Names and arguments that will go: they work for a time, and say what to use instead.

How long, and why, is told in `docs/deprecations.md`.
"""

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class IneqlibDeprecation(FutureWarning):
    """Something that still works and will go; shown in notebooks and scripts, unlike others."""


class Deprecation(NamedTuple):
    """One thing that will go: its name, what to write instead, the version without it."""

    what: str
    instead: str
    gone_in: str

    def warn(self) -> None:
        """Say so at the line that uses it; Python does so once for each line, also in a loop."""
        words = f"{self.what} will be gone in ineqlib {self.gone_in}: use {self.instead} instead."
        warnings.warn(words, IneqlibDeprecation, stacklevel=3)


REGISTER: list[Deprecation] = []
"""Everything that will go, so that a test finds what should have gone."""


def deprecated(instead: str, *, gone_in: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Have a function warn that it will go, and say what to use in its place."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        deprecation = Deprecation(f"{function.__qualname__}()", instead, gone_in)
        REGISTER.append(deprecation)

        @wraps(function)
        def warning(*args: P.args, **options: P.kwargs) -> T:
            deprecation.warn()
            return function(*args, **options)

        return warning

    return decorate


def renamed_argument(
    old: str, new: str, *, gone_in: str
) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Take an argument under its old name too, and warn where that is used."""

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        name = function.__qualname__
        deprecation = Deprecation(f"{old}= of {name}()", f"{new}=", gone_in)
        REGISTER.append(deprecation)

        @wraps(function)
        def warning(*args: Any, **options: Any) -> T:
            if old in options:
                if new in options:
                    raise TypeError(f"{name}() got {new}= and {old}=, which is its former name")
                deprecation.warn()
                options[new] = options.pop(old)
            return function(*args, **options)

        return warning

    return decorate
