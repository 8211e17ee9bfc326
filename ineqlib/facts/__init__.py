"""The numbers of one subject, each computed once and traceable to its rows."""

from importlib import import_module
from typing import Any

_MODULES = {
    "Fact": "fact",
    "FactTable": "fact",
    "area_facts": "area",
    "avoidable_deaths": "avoidable",
    "avoidable_shares": "avoidable",
    "disclosure_risks": "disclosure.check",
    "read_profile": "profile",
}
__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    # Loaded when first used: this room rests on packs and measures, which not all of it needs.
    if name in _MODULES:
        return getattr(import_module(f"ineqlib.facts.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'ineqlib.facts' has no attribute '{name}'")
