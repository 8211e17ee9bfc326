"""Papermill's options for an engine: what becomes of each."""

from typing import Any

CLIENT = frozenset(
    "allow_errors allow_error_names force_raise_errors skip_cells_with_tag record_timing "
    "store_widget_state".split()
)
"""Options of Papermill's client that mean here what they mean there."""

LOGS = frozenset("log_output stdout_file stderr_file".split())
"""Options of its client about copies of the output, which the process that asked keeps."""

UNUSED = frozenset(
    "input_path start_timeout startup_timeout extra_arguments ipython_hist_file shutdown_kernel "
    "iopub_timeout raise_on_iopub_timeout".split()
)
"""Options that are about a kernel's process and sockets, or are handled by name."""

HOOK = "on_cell_"


def unknown_option(options: dict[str, Any], *, hooks: bool) -> str | None:
    """Name an option that the engine does not know, if there is one."""
    known = CLIENT | LOGS | UNUSED
    strangers = (n for n in options if n not in known and not (hooks and n.startswith(HOOK)))
    return next(strangers, None)


def client_options(options: dict[str, Any]) -> dict[str, Any]:
    """Return those that Papermill's client is to have."""
    return {n: value for n, value in options.items() if n in CLIENT | LOGS or n.startswith(HOOK)}
