"""The kinds of document there are, each known by its name.

A package says which kinds it has in its own `pyproject.toml`:

    [project.entry-points."ineqlib.documents"]
    area_briefing = "ineqlib.briefings.kinds:AREA_BRIEFING"
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ineqlib.document.subject import Subject
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.pack import Pack

if TYPE_CHECKING:  # what plans a batch builds no document
    from ineqlib.document.model import Document

GROUP = "ineqlib.documents"


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    Parameters
    ----------
    name
        Known by it in run files, manifests and on pages.
    build, check
        From a pack, the code of a subject and parameters by name: the one makes a document, the
        other refuses what the first would refuse, quickly; what it returns is not looked at.
    find_subject
        Finds a subject in a pack by code or name, or raises with the nearest.
    subject_type
        What its documents are about, in a word.
    parameters
        Name -> default value, whose type is the parameter's.
    notebook
        Its notebook, which shows its sections.
    stands_first
        Whether its page goes by its subject's name alone, as that of no other kind does.
    varies_by
        Name of the parameter of which a run may ask for several values, each a page of its own.
    paths
        Names of parameters that are paths: in a run file they are relative to it.
    """

    name: str
    build: "Callable[..., Document]"
    check: Callable[..., object]
    find_subject: Callable[[Pack, str], Subject]
    subject_type: str
    parameters: Mapping[str, Any]
    notebook: Path
    stands_first: bool = False
    varies_by: str = ""
    paths: tuple[str, ...] = ()


@cache
def kinds() -> Mapping[str, str]:
    """Return the kinds that installed packages have: name -> where it is defined."""
    return {entry.name: entry.value for entry in sorted(entry_points(group=GROUP))}


@cache
def kind_named(name: str) -> Kind:
    """Return a kind of document by its name.

    Raises
    ------
    ParameterError
        No installed package has it; the message offers the nearest.
    """
    known = kinds()
    if name not in known:
        raise ParameterError(
            f"There is no kind of document '{name}'.{nearest(name, known)} "
            f"There are: {listed(known, 20)}."
        )
    [entry] = entry_points(group=GROUP, name=name)
    kind: Kind = entry.load()
    return kind


def kind_of_notebook(path: Path) -> Kind | None:
    """Return the kind whose own notebook this is; None for a notebook of somebody's own."""
    named = (kind_named(name) for name in kinds() if name == path.stem)
    return next((kind for kind in named if kind.notebook == path.resolve()), None)
