"""Which pack a command is about where none is named."""

from pathlib import Path

import click

from ineqlib.cli.group import DEMO_PACK
from ineqlib.cli.screen import say
from ineqlib.errors import listed
from ineqlib.text import plural

pack_option = click.option(
    "--pack",
    type=click.Path(path_type=Path),
    help="Folder or name. Default: the only pack in data/packs; where there is none, data/demo.",
)


def pack_or_default(pack: Path | None) -> Path:
    """Return the pack that is named, or else the only one of the project, and say which it is.

    Raises
    ------
    UsageError
        None is named, and the project has several of its own.
    """
    from ineqlib.pack.open import PACKS, packs_around

    if pack is not None:
        return pack
    own = packs_around(PACKS)
    if len(own) > 1:
        raise click.UsageError(
            f"Name one of the {plural(len(own), 'pack')} of this project with --pack: "
            f"{listed(own, 20)}. The fictional county is {DEMO_PACK.as_posix()}."
        )
    default = Path(own[0]) if own else DEMO_PACK
    # Beside the answer, not in it: that may go to a file.
    say(f"Pack: {default.as_posix()}. Name another with --pack.", err=True)
    return default
