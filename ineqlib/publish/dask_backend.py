"""Documents made and checked by the workers of a Dask scheduler, each with a local backend.

A job travels with all it needs but the pack, and what was made comes back the same way, so that no
disk need be shared. What the workers do is in `ineqlib.publish.dask_worker`.
"""

import contextlib
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Self

from ineqlib.document.verify.page import Other
from ineqlib.pack import Pack
from ineqlib.pack.remote import is_remote
from ineqlib.processes import WorkerEnded
from ineqlib.publish.dask_connection import Cluster, Connection
from ineqlib.publish.dask_worker import (
    BatchSpec,
    JobPayload,
    check_on_worker,
    make_on_worker,
    prepare_worker,
    release,
)
from ineqlib.publish.job import PAGE, Failure, Job, PageReport
from ineqlib.publish.local_backend import Limits
from ineqlib.publish.staleness import library, named_files, pack_sha256


class DaskBackend:
    """The processes of one batch on other machines; a context manager, safe to use from threads.

    Parameters
    ----------
    cluster
        Where they are.
    limits
        What each page may take; `workers` those a scheduler on this machine would start.
    pack, place
        The pack, and where the workers find it: its folder, or its address.
    example
        Kind of document and code of its subject that they make ready with.

    Raises
    ------
    ClusterError
        They cannot be reached, or lack the pack or this version of the library.
    """

    def __init__(
        self,
        cluster: Cluster,
        limits: Limits,
        pack: Pack,
        place: str | Path,
        example: tuple[str, str],
    ) -> None:
        self._spec = BatchSpec(
            uuid.uuid4().hex,
            library(),
            str(place) if is_remote(place) else str(pack.path.resolve()),
            pack_sha256(pack),
            example,
            limits.seconds,
            limits.memory,
        )
        self.notes: set[str] = set()
        with contextlib.ExitStack() as opened:
            self._connection = opened.enter_context(Connection(cluster.address, limits.workers))
            opened.callback(self._connection.run_on_each, release, self._spec.batch)
            self._connection.prepare_each(prepare_worker, self._spec)
            self.at_once = cluster.workers or self._connection.threads
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def make(self, job: Job, _: int) -> PageReport | Failure:
        """Make a page; what was made, or how far it came, is put into the job's folder."""
        job.clear()
        try:
            result, files, notes = self._connection.run(make_on_worker, self._spec, _payload(job))
        except WorkerEnded:
            return Failure("The machines that made it were lost, one after the other, at {where}.")
        self.notes |= notes
        for name, content in files.items():
            (job.folder / name).write_bytes(content)
        made: PageReport | Failure = result
        return made

    def check(
        self, job: Job, report: PageReport, others: dict[str, Other], _: int
    ) -> Failure | None:
        """Check a page, perhaps on yet another machine; None where it may be published.

        Parameters
        ----------
        others
            Code -> what the same document says first of the other subjects.
        """
        page = {PAGE: (job.folder / PAGE).read_bytes()}
        payload = replace(_payload(job), files=page, also=job.also)
        failure: Failure | None
        try:
            failure, files = self._connection.run(
                check_on_worker, self._spec, payload, report, others
            )
        except WorkerEnded:
            return Failure("The page could not be checked: the machines that did it were lost.")
        for name, content in files.items():
            (job.folder / name).write_bytes(content)
        return failure


def _payload(job: Job) -> JobPayload:
    files = named_files(job.parameters)
    named = {name: (path.name, path.read_bytes()) for name, path in files.items()}
    notebook = (job.notebook.name, job.notebook.read_bytes())
    return JobPayload(job.subject, job.parameters, job.checked_apart, notebook, named)
