"""Fetching what a plan says into a folder that `ineq build` makes a pack of."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from ineqlib.errors import FetchError, ParameterError, listed
from ineqlib.pulling.folder import DownloadFolder
from ineqlib.pulling.plan import Plan
from ineqlib.pulling.survey import without
from ineqlib.sources.fetch import Download, Fetcher, Mode, raise_failures, read_settings
from ineqlib.text import day_in_words


@dataclass(frozen=True)
class Pulled:
    """What was fetched."""

    name: str
    folder: DownloadFolder
    downloads: list[Download]
    lacking: tuple[str, ...]
    """What could not be had, and why."""

    @property
    def title(self) -> str:
        """Return a title for a pack of it."""
        newest = max(download.fetched.date() for download in self.downloads)
        return f"{self.name}, fetched {day_in_words(newest)}"

    @property
    def remarks(self) -> list[str]:
        """Return what is worth saying, each once: what is lacking, copies and their age, news."""
        about: dict[str, list[str]] = {}
        for download in self.downloads:
            for remark in download.remarks:
                about.setdefault(remark, []).append(download.what)
        remarks = [f"{listed(answers, most=3)}: {remark}" for remark, answers in about.items()]
        return [*self.lacking, *remarks]


def open_fetcher(mode: Mode, network: str | Path | None = None) -> Fetcher:
    """Return what reaches publishers by the settings of this computer, or of a file."""
    if mode not in (modes := get_args(Mode)):
        raise ParameterError(f"Expected mode {', '.join(modes)}, found '{mode}'.")
    return Fetcher(read_settings(Path(network) if network else None), mode=mode)


def fetch(plan: Plan, folder: Path, fetcher: Fetcher, progress: Callable[[str], None]) -> Pulled:
    """Fetch what a plan says into a folder; one of an earlier pull is written anew.

    `progress` is called with what came.

    Raises
    ------
    FetchError
        Something needed is neither fetched nor kept; nothing is written then.
    OutputError
        The folder holds something else.
    """
    written = DownloadFolder(folder)
    written.check()
    answers = iter(fetcher.fetch_each(plan.queries, lambda download: progress(download.what)))
    downloads = list(plan.asked)
    files = list(plan.ready)
    lacking = list(plan.remarks)
    failures: list[FetchError] = []
    for part in plan.parts:
        came = [next(answers) for _ in part.queries]
        whole = [answer for answer in came if isinstance(answer, Download)]
        errors = [answer for answer in came if isinstance(answer, FetchError)]
        try:
            raise_failures(errors, came)
            files += part.files(whole)
        except FetchError as error:
            if part.lack:
                lacking.append(without(part.lack, error))
            else:
                failures += errors or [error]
        else:
            downloads += whole
    raise_failures(failures, plan.queries)
    # Only now, when everything is there, does the earlier pull's give way.
    written.begin()
    for file in files:
        written.add(*file)
    return Pulled(plan.name, written, downloads, tuple(lacking))
