"""Parts and their whole as they are shown: each is rounded by itself."""

from collections.abc import Iterable

from ineqlib.facts.fact import Fact

ROUNDED = "Each number is rounded, so the parts may not add up to the whole."


def rounding_note(parts: Iterable[Fact], whole: Fact) -> str:
    """Say that parts are rounded where those shown do not add up to the whole that is shown."""
    parts = list(parts)
    digit = 10.0**-whole.decimals
    add_up = abs(sum(part.value for part in parts) - whole.value) < digit / 2
    apart = abs(sum(map(_shown, parts)) - _shown(whole)) > digit / 2
    return ROUNDED if add_up and apart else ""


def _shown(fact: Fact) -> float:
    return float(fact.number.replace(",", "").replace("−", "-"))
