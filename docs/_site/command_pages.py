"""The reference of the command line, from the commands themselves."""

import inspect

import click

from ineqlib.cli import main

OPENING = (
    "# The command line\n\nEvery command of `ineq` with its options, as the program knows them.\n"
)


def pages() -> dict[str, str]:
    """Return the page of all commands, by its name in the site."""
    group = click.Context(main, info_name="ineq")
    parts = [OPENING, description(main.help or "")]
    for name in sorted(main.commands):
        parts.append(section(main.commands[name], group))
    return {"reference/command-line.md": "\n".join(parts)}


def section(command: click.Command, group: click.Context) -> str:
    """Write one command: how it is called, what it does, what it takes."""
    context = click.Context(command, info_name=command.name, parent=group)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    records = [record for each in command.params if (record := each.get_help_record(context))]
    rows = [f"| `{names}` | {' '.join(about.split())} |" for names, about in records]
    table = ["| option | is |", "|---|---|", *(row.replace("\\", "\\\\") for row in rows)]
    parts = [f"## ineq {command.name}", f"```text\n{usage}\n```", description(command.help or "")]
    return "\n\n".join([*parts, "\n".join(table)]) + "\n" if rows else "\n\n".join(parts) + "\n"


def description(words: str) -> str:
    """Write what a command says of itself; what it keeps in lines stays so."""
    paragraphs = inspect.cleandoc(words).split("\n\n")
    return "\n\n".join(
        f"```text\n{lines.removeprefix(chr(8)).strip(chr(10))}\n```"
        if lines.startswith("\b")
        else lines
        for lines in paragraphs
    )
