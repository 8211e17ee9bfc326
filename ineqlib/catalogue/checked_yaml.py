"""The catalogue's YAML files against its schema; every fault is named with its entry."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ineqlib.errors import InputError
from ineqlib.text import plural
from ineqlib.yaml_file import read_yaml, unknown_keys

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

HERE = Path(__file__).parent
SCHEMA = HERE / "schema.json"


def read_checked_yaml(path: Path, part: str) -> Any:
    """Read a YAML file and check it against one of the ``$defs`` of ``schema.json``.

    Every fault is named with its entry.
    """
    content = read_yaml(path)
    faults = [_describe(error, content) for error in _validator(part).iter_errors(content)]
    if faults:
        shown = "".join(f"\n  - {fault}" for fault in faults[:5])
        more = f"\n  and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise InputError(f"{path} has {plural(len(faults), 'fault')} to correct:{shown}{more}")
    return content


def read_part(path: Path, part: str) -> Any:
    """Read a file of the catalogue: the package's own as it stands, any other checked.

    The tests check the package's own, not every start: importing the checker takes over a second.
    """
    return read_yaml(path) if HERE in path.parents else read_checked_yaml(path, part)


@cache
def _validator(part: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes over a second

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]})


def _describe(fault: "ValidationError", content: Any) -> str:
    """Say where a fault is, by the id of its entry, and what was expected."""
    where = _entry_in_words(list(fault.absolute_path), content)
    match fault.validator:
        case "additionalProperties":
            return f"{where} has {unknown_keys(fault.instance, fault.schema['properties'])}"
        case "required":
            missing = [key for key in fault.validator_value if key not in fault.instance]
            return f"{where} lacks {', '.join(missing)}"
        case "enum":
            allowed = ", ".join(map(str, fault.validator_value))
            return f"{where} is '{fault.instance}', expected one of: {allowed}"
        case _:
            return f"{where}: {fault.message}"


def _entry_in_words(path: list[Any], content: Any) -> str:
    if len(path) < 2 or isinstance(path[1], str):
        return f"'{' '.join(map(str, path))}'" if path else "the file"
    entry = content[path[0]][path[1]]
    named = isinstance(entry, dict) and "id" in entry
    label = f"'{entry['id']}'" if named else f"{path[0]} no. {path[1] + 1}"
    return " ".join([label, *map(str, path[2:])])
