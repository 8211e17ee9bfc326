"""Reading our own YAML strictly: no repeated keys, nothing the schema does not name."""

import json
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ineqlib.errors import InputError, listed, nearest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

SCHEMA = Path(__file__).parent / "schema.json"
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Safe):
    """A safe loader that refuses a key given twice, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.MarkedYAMLError(
                problem=f"'{twice[0]}' is given twice in one entry", problem_mark=node.start_mark
            )
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """Read a YAML file as it stands.

    Raises
    ------
    InputError
        The file is missing or is not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except FileNotFoundError:
        raise InputError(f"No file {path}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise InputError(f"{path.name} cannot be read as YAML: {_one_line(fault)}.") from None


def read_checked_yaml(path: Path, part: str) -> Any:
    """Read a YAML file and check it against one part of the schema.

    Parameters
    ----------
    path : Path
        The file.
    part : str
        ``"objectives"``, ``"indicators"`` or ``"indicator_set"``.

    Raises
    ------
    InputError
        As `read_yaml`, or the content is not what the schema asks for; every fault is named
        with its entry.
    """
    content = read_yaml(path)
    faults = [_describe(each, content) for each in _validator(part).iter_errors(content)]
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        shown = "".join(f"\n  - {each}" for each in faults[:5])
        more = f"\n  and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise InputError(f"{path.name} has {count} to correct:{shown}{more}")
    return content


@cache
def _validator(part: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes over a second

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]})


def _one_line(fault: Exception) -> str:
    if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark:
        return f"{fault.problem}, at line {fault.problem_mark.line + 1}"
    return " ".join(str(fault).split())


def _describe(fault: "ValidationError", content: Any) -> str:
    """Say where a fault is, by the id of its entry, and what was expected."""
    where = _where(list(fault.absolute_path), content)
    match fault.validator:
        case "additionalProperties":
            known = fault.schema["properties"]
            unknown = [str(key) for key in fault.instance if key not in known]
            return f"{where} has unknown key {listed(unknown)}.{nearest(unknown[0], known)}"
        case "required":
            missing = [key for key in fault.validator_value if key not in fault.instance]
            return f"{where} lacks {listed(missing)}"
        case "enum":
            allowed = ", ".join(map(str, fault.validator_value))
            return f"{where} is '{fault.instance}', expected one of: {allowed}"
        case _:
            return f"{where}: {fault.message}"


def _where(path: list[Any], content: Any) -> str:
    if len(path) < 2:
        return f"'{path[0]}'" if path else "the file"
    entry = content[path[0]][path[1]]
    named = isinstance(entry, dict) and "id" in entry
    label = f"'{entry['id']}'" if named else f"{path[0]} no. {path[1] + 1}"
    return " ".join([label, *map(str, path[2:])])
