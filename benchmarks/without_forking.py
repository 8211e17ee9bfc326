"""`ineq`, given the same words, as it runs on Windows and macOS: where no process can be forked."""

import sys
from unittest.mock import patch


def main() -> None:
    """Run the command."""
    # Not above: the processes that draw import this file too.
    from ineqlib import cli  # noqa: PLC0415
    from ineqlib.processes import fork_server  # noqa: PLC0415

    # Before the modules that import it, each under a name of its own.
    with patch.object(fork_server, "can_fork", return_value=False):
        cli.main(sys.argv[1:])


if __name__ == "__main__":
    main()
