"""One thing that was looked at on this computer: how it is, and what to do where it is not well."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Diagnosis:
    """What was found of one thing."""

    name: str
    """What was looked at, in a word or two."""
    state: State
    """``ok``; ``warn`` where something works less well; ``fail`` where something cannot work."""
    says: str
    remedy: str = ""
    """What to do; empty where it is ``ok``."""

    def __post_init__(self) -> None:
        if (self.state == "ok") == bool(self.remedy):
            raise ValueError("What is not ok needs a remedy, and what is ok needs none.")


Check = Callable[[], Diagnosis]


def diagnose(checks: dict[str, Check]) -> list[Diagnosis]:
    """Make every check, by the name of what it looks at.

    One that fails itself is told as such, and the others are made.

    Examples
    --------
    >>> diagnose({"Disk": lambda: Diagnosis("Disk", "ok", "free")})[0].state
    'ok'
    """
    return [_diagnosis(name, check) for name, check in checks.items()]


def _diagnosis(name: str, check: Check) -> Diagnosis:
    try:
        return check()
    except Exception as error:
        says = f"this could not be looked at ({type(error).__name__}: {error})"
        return Diagnosis(name, "warn", says, "Please report this line; the others hold.")
