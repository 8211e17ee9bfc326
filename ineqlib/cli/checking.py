"""The command that checks: packs, files of figures, published labels, facts of publishers."""

import json
from pathlib import Path
from typing import Any

import click

from ineqlib.cli.group import main, quiet, write_csv
from ineqlib.cli.screen import DELAY, progress_bar, say

SHOWN = 20
"""Findings that are printed; ``--out`` writes all."""
TABLES = (".csv", ".xlsx", ".xls", ".ods")
"""How names of files of figures end; no pack is looked for under such a name."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PACK_OR_FILE")
@click.option("--beside", type=click.Path(path_type=Path), help="Pack that has the areas.")
@click.option("--disclosure", is_flag=True, help="Also try to work out every hidden count.")
@click.option("--rule", help="Rule counts were hidden by, such as fewer_than_5, with --disclosure.")
@click.option("--labels", is_flag=True, help="Recompute the labels published beside the figures.")
@click.option("--drift", is_flag=True, help="Compare publishers' descriptions with the catalogue.")
@click.option("--offline", is_flag=True, help="With --drift: use what was fetched before.")
@click.option(
    "--network",
    type=click.Path(path_type=Path),
    help="With --drift: settings of the network (see docs/proxies.md).",
)
@click.option("--out", type=click.Path(path_type=Path), help="CSV for all that was found.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@quiet
def check(paths: tuple[Path, ...], **options: Any) -> None:
    """Say whether a file of your own figures can be used; or whether a pack is as it was made.

    A pack is compared with the hashes written then, and every cell of it read; what its build
    warned of is told again. With --labels, what a publisher says of its figures is recomputed from
    them, in a download or in a pack. With --drift, what publishers say of their indicators is
    compared with the catalogue: in descriptions that they offer, or as fetched. See
    docs/published-labels.md and docs/drift.md.

    \b
    Example:  ineq check own-figures.xlsx
              ineq check data/packs/england
              ineq check data/packs/mine --disclosure --rule fewer_than_5 --out risks.csv
              ineq check indicators.data.csv --labels
              ineq check --drift metadata.csv
    """
    _require_fitting(paths, options)
    if options["drift"]:
        _check_drift(paths, options)
        return
    (path,) = paths
    if options["labels"]:
        _check_labels(path, options)
    elif _is_of_figures(path):
        _check_figures(path, options)
    else:
        _check_pack(path, options)


def _require_fitting(paths: tuple[Path, ...], options: dict[str, Any]) -> None:
    """Refuse options that do not go together."""
    asked = [name for name in ("disclosure", "labels", "drift") if options[name]]
    if len(asked) > 1:
        raise click.UsageError(f"Give one of --{', --'.join(asked)}.")
    if len(paths) != 1 and not options["drift"]:
        raise click.UsageError("Give one pack or file to check.")
    what = asked[0] if asked else ""
    for name, fits in {
        "rule": ("disclosure",),
        "out": ("disclosure", "labels", "drift"),
        "as_json": ("labels", "drift"),
        "offline": ("drift",),
        "network": ("drift",),
    }.items():
        if options[name] and what not in fits:
            raise click.UsageError(f"--{name.removeprefix('as_')} goes with --{', --'.join(fits)}.")
    if options["beside"] and (what or not _is_of_figures(paths[0])):
        raise click.UsageError("--beside goes with a file of your own figures.")


def _is_of_figures(path: Path) -> bool:
    return path.is_file() or path.suffix.lower() in TABLES


def _check_figures(file: Path, options: dict[str, Any]) -> None:
    from ineqlib.pack import open_pack
    from ineqlib.workbench.own_figures import check_figures

    beside = options["beside"]
    words = check_figures(file, open_pack(beside) if beside else None)
    if not options["quiet"]:
        say(words)


def _check_pack(path: Path, options: dict[str, Any]) -> None:
    from ineqlib.pack import open_pack

    opened = open_pack(path)
    opened.read_through()
    rows = opened.meta.tables["observations"].rows
    if not options["quiet"]:
        say(f"{opened.title}: {len(opened.meta.tables)} tables as built, {rows:,} observations.")
        if warnings := opened.report.warnings():
            say(warnings.rstrip("\n"))
    if options["disclosure"]:
        _check_disclosure(opened, options["rule"], options["out"], options["quiet"])


def _check_disclosure(pack: Any, rule: str | None, out: Path | None, quiet: bool) -> None:
    from ineqlib.facts.disclosure.check import disclosure_risks

    with progress_bar("series", quiet=quiet) as advance:
        report = disclosure_risks(pack, rule=rule, progress=lambda _, of: advance(1, of))
    if out is not None:
        write_csv(report.risks, out)
    for words in report.unchecked:
        say(f"Not checked: {words}", err=True)
    if not quiet:
        say(report.summary)
    report.require_none()


def _check_labels(path: Path, options: dict[str, Any]) -> None:
    from ineqlib.audit import audit_labels

    rows = _rows_with_labels(path)
    with progress_bar("indicator", quiet=options["quiet"]) as advance:
        report = audit_labels(rows, lambda _, of: advance(1, of))
    _tell(report, report.findings, report.as_text(SHOWN), options)


def _rows_with_labels(path: Path) -> Any:
    if path.is_file():
        from ineqlib.sources.content import read_content
        from ineqlib.sources.published_labels import read_labels

        return read_labels(read_content(path))
    from ineqlib.facts.published_labels import labels_of_pack
    from ineqlib.pack import open_pack

    return labels_of_pack(open_pack(path))


def _check_drift(paths: tuple[Path, ...], options: dict[str, Any]) -> None:
    from ineqlib.audit import find_drift
    from ineqlib.audit.drift import retired
    from ineqlib.catalogue import load_catalogue
    from ineqlib.catalogue.accepted import accepted_drift
    from ineqlib.errors import listed
    from ineqlib.sources.content import read_content
    from ineqlib.sources.publisher_facts import EXPLORE, read_facts

    contents = {str(path): read_content(path) for path in paths} if paths else _fetched(options)
    facts = [fact for place, content in contents.items() for fact in read_facts(content, place)]
    whole_list = [fact for fact in facts if fact.service == EXPLORE and not paths]
    if gone := retired(whole_list, load_catalogue()):
        say(f"Explore Local Statistics lists no longer: {listed(gone)}.", err=True)
    report = find_drift(facts, load_catalogue(), accepted_drift())
    _tell(report, report.findings, report.as_text(), options)


def _fetched(options: dict[str, Any]) -> dict[str, bytes]:
    """Return what publishers say of the indicators of the catalogue, fetched or kept.

    Explore Local Statistics, which says little and may change without notice, is done without.
    """
    from tqdm import tqdm

    from ineqlib.catalogue import load_catalogue
    from ineqlib.errors import FetchError
    from ineqlib.pulling import Mode, open_fetcher
    from ineqlib.sources.interfaces.explore_statistics import indicators
    from ineqlib.sources.interfaces.fingertips import metadata

    entries = load_catalogue().indicators.values()
    ids = [name.id for entry in entries for name in entry.publisher_ids.get("fingertips", ())]
    mode: Mode = "offline" if options["offline"] else "usual"
    with (
        open_fetcher(mode, options["network"]) as fetcher,
        tqdm(metadata(ids), unit="answer", delay=DELAY, disable=options["quiet"]) as queries,
    ):
        downloads = [fetcher.fetch(query) for query in queries]
        try:
            downloads.append(fetcher.fetch(indicators()))
        except FetchError as error:
            say(f"Without Explore Local Statistics: {error}", err=True)
    for download in downloads:
        for remark in download.remarks:
            say(f"{download.what}: {remark}", err=True)
    return {download.url: download.content() for download in downloads}


def _tell(report: Any, findings: Any, text: str, options: dict[str, Any]) -> None:
    """Write and print what was found, then end with an error if something is to be put right."""
    if options["out"] is not None:
        write_csv(findings, options["out"])
    if options["as_json"]:
        say(json.dumps(findings.to_dict("records"), ensure_ascii=False, indent=1))
    elif not options["quiet"]:
        say(text)
    report.require_none()
