"""The group of all commands: what they have in common, and how they end."""

import sys
import traceback
from pathlib import Path
from typing import Any

import click

from ineqlib.cli.collector import seldom_at_work
from ineqlib.cli.screen import is_reader_gone, say, show_plainly, silence
from ineqlib.cli.signals import ended_like_ctrl_c
from ineqlib.errors import OutputError, UserError, exit_code
from ineqlib.spreadsheet import csv_of_frame

DEMO_PACK, TRAINING_PACK = Path("data") / "demo", Path("data") / "training"
EXIT_CODES = """\b
Exit codes:
    0  all done
    1  some briefings failed
    2  wrong usage
    3  an unknown name or value
    4  a file that cannot be read
    5  a damaged pack
    6  hidden counts that can be worked out
    7  a folder that cannot be written
    8  other machines out of reach or lost
    9  a publisher out of reach, or an answer not proved whole
   10  labels or facts of a publisher that figures contradict
   11  a figure that cannot be traced without a break
   12  something of this computer that keeps it from working
   70  a fault of the program
  130  stopped by you
"""
STOPPED = "Stopped. All that is written is complete; run the same command again for the rest."


class _Command(click.Command):
    """A command of which the list of all tells the whole first sentence, whatever the limit."""

    def get_short_help_str(self, limit: int = 0) -> str:
        return super().get_short_help_str(limit=200)


class _Subgroup(_Command, click.Group):
    """Commands of one name, such as ``ineq cache list``."""

    command_class = _Command


class _Group(click.Group):
    """Commands whose mistakes of the user's end in one message and an exit code of their own."""

    command_class = _Command
    group_class = _Subgroup

    def main(self, *args: Any, **options: Any) -> Any:
        show_plainly()
        try:
            with seldom_at_work(), ended_like_ctrl_c():
                return super().main(*args, **options)
        except OSError as error:
            if not is_reader_gone(error):
                raise
            silence(1, 2)
            sys.exit(0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            say(f"Error: {error}", err=True)
            ctx.exit(exit_code(error))
        except KeyboardInterrupt as error:
            say(STOPPED, err=True)
            ctx.exit(exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if is_reader_gone(error):
                silence(1, 2)
                ctx.exit(0)
            say(traceback.format_exc(), err=True)
            say("This is a fault of ineqlib, not of yours: please report it.", err=True)
            ctx.exit(exit_code(error))


def write_csv(frame: Any, path: Path) -> None:
    """Write a table for a spreadsheet, which is given no text that it would run as a formula."""
    try:
        # With a byte-order mark, without which Excel garbles dashes and accents.
        path.write_bytes(csv_of_frame(frame).encode("utf-8-sig"))
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}. Close it where it is open, such "
            "as in Excel, or choose another file with --out."
        ) from error


quiet = click.option("--quiet", is_flag=True, help="No progress bar and no summary.")


@click.group(
    cls=_Group, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="ineqlib", prog_name="ineq")
def main() -> None:
    """Health-inequality briefings for every area in England, from open data.

    \b
    First try:  ineq demo
    Your own:   ineq new my-council, then ineq lab my-council
                ineq pull --area Stevenage --out data/packs/mine
                ineq build DOWNLOADS --out data/packs/mine
                ineq render params/runs/mine.yml
    """
