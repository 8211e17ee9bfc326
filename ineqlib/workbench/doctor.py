"""Everything that is looked at on this computer, in the order in which it is told."""

from pathlib import Path

from ineqlib.diagnosis import Check
from ineqlib.publish.readiness import readiness_checks
from ineqlib.workbench.computer import computer_checks
from ineqlib.workbench.installed import installed_checks


def checks(folder: Path) -> dict[str, Check]:
    """Return what can be looked at without a network, by name.

    Parameters
    ----------
    folder
        Where documents are to be made.
    """
    return {**installed_checks(), **readiness_checks(), **computer_checks(folder)}
