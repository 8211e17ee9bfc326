"""Whether ipykernel, nbclient and Papermill have inside what the engine rests on.

None of it is promised by them. Where it is otherwise, as in a later version, Papermill's own engine
runs the notebooks, which takes longer and asks for nothing of this.
"""

import inspect
from functools import cache
from importlib import import_module, metadata
from operator import itemgetter

from ineqlib.processes.hidden_modules import hidden

EXPECTED: dict[str, dict[str, str | None]] = {
    "IPython.core.application": {},
    "IPython.core.completerlib": {},
    "IPython.core.logger": {},
    "IPython.core.oinspect": {},
    "IPython.extensions.storemagic": {},
    "ipykernel.debugger": {},
    "ipykernel.inprocess.ipkernel": {
        "InProcessKernel.__init__": "self log= parent= user_ns=",
        "InProcessKernel._execute_sleep": None,
        "InProcessKernel._redirected_io": "self",
        "InProcessKernel._underlying_iopub_socket": None,
        "InProcessKernel.debugger_class": None,
        "InProcessKernel.dispatch_shell": "self message",
        "InProcessKernel.do_execute": "self code silent",
        "InProcessKernel.iopub_socket": None,
        "InProcessKernel.iopub_thread": None,
        "InProcessKernel.language_info": None,
        "InProcessKernel.send_response": "self socket kind content",
        "InProcessKernel.session": None,
        "InProcessKernel.shell_channel_thread": None,
        "InProcessKernel.shell_class": None,
        "InProcessKernel.shell_stream": None,
        "InProcessKernel.stderr": None,
        "InProcessKernel.stdout": None,
    },
    "ipykernel.inprocess.socket": {
        "DummySocket.send_multipart": "self parts flags= copy= track=",
    },
    "ipykernel.iostream": {
        "IOPubThread.__init__": "self socket session=",
        "IOPubThread._setup_event_pipe": "self",
        "OutStream.__init__": "self session thread name watchfd=",
        "OutStream._flush": "self",
        "OutStream._is_master_process": "self",
        "OutStream._schedule_flush": "self",
        "OutStream.flush_interval": None,
    },
    "ipykernel.kernelapp": {"IPKernelApp.init_shell": "self", "IPKernelApp.instance": "log_level="},
    "ipykernel.kernelspec": {},
    "ipykernel.zmqshell": {
        "ZMQInteractiveShell.run_cell_async": None,
        "ZMQInteractiveShell.should_run_async": "self code transformed_cell=",
        "ZMQInteractiveShell.transform_cell": "self code",
    },
    "jupyter_client.jsonutil": {"parse_date": "s"},
    "jupyter_client.provisioning": {"KernelProvisionerFactory.instance": ""},
    "jupyter_client.session": {
        "Session.__init__": "self parent= key=",
        "Session.msg": "self kind content parent header metadata",
        "Session.pack": None,
        "Session.deserialize": "self message content= copy=",
        "Session.feed_identities": "self message copy=",
        "Session.send": "self socket message content parent ident buffers= track= header=",
        "Session.unpack": None,
    },
    "nbclient.client": {"timestamp": "reply"},
    "nbclient.exceptions": {
        "CellExecutionComplete": None,
        "CellExecutionError": None,
        "CellTimeoutError.error_from_timeout_and_cell": "words seconds cell",
        "DeadKernelError": None,
    },
    "nbclient.util": {"run_hook": "hook cell= cell_index=", "run_sync": "function"},
    "papermill.clientwrap": {
        "PapermillNotebookClient.__init__": "self manager kernel_name= log=",
        "PapermillNotebookClient._check_raise_for_error": "self cell index reply",
        "PapermillNotebookClient.output": "self outputs message display_id index",
        "PapermillNotebookClient.papermill_execute_cells": "self",
        "PapermillNotebookClient.process_message": "self message cell index",
        "PapermillNotebookClient.reset_execution_trackers": "self",
        "PapermillNotebookClient.set_widgets_metadata": "self",
    },
}
"""Module -> what is used of it -> how it is called, with names of our own for what has a place."""


@cache
def incompatibility() -> str:
    """Say in one sentence why the engine cannot run here; empty where it can."""
    # Nobody steps through a batch; a kernel imports its debugger all the same where it can.
    with hidden("debugpy"):
        problems = ((module, _problem(module, names)) for module, names in EXPECTED.items())
        module, problem = next(filter(itemgetter(1), problems), ("", ""))
    if not problem:
        return ""
    package = module.partition(".")[0]
    return (
        f"ineqlib's notebook engine does not know {package} {_version(package)} ({problem}), so "
        "Papermill's own engine runs the notebooks, which takes longer; `python -m pip check` "
        "tells which version ineqlib asks for."
    )


def _problem(module: str, names: dict[str, str | None]) -> str:
    try:
        imported = import_module(module)
    except Exception as error:
        return f"{module} cannot be imported: {error}"
    for name, call in names.items():
        used = imported
        for part in name.split("."):
            if not hasattr(used, part):
                return f"{module} has no {name}"
            used = getattr(used, part)
        if call is not None and not _accepts(used, call.split()):
            return f"{module}.{name} takes other arguments"
    return ""


def _accepts(function: object, words: list[str]) -> bool:
    by_name = [word.removesuffix("=") for word in words if word.endswith("=")]
    try:
        signature = inspect.signature(function)  # type: ignore[arg-type]
        signature.bind(*words[: len(words) - len(by_name)], **dict.fromkeys(by_name))
    except (TypeError, ValueError):
        return False
    return True


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "(not installed)"
