"""Reading our own YAML strictly: no repeated keys, nothing the schema does not name."""

import json
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

from ineqlib.errors import InputError, listed, nearest

SCHEMA = Path(__file__).parent / "schema.json"
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Safe):
    """A safe loader that refuses a key given twice, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.MarkedYAMLError(
                problem=f"'{twice[0]}' is given twice in one entry", problem_mark=node.start_mark
            )
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def read_yaml(path: Path, part: str) -> Any:
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
        The file is missing, is not YAML, or is not what the schema asks for; every fault is
        named with its entry.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except FileNotFoundError:
        raise InputError(f"No file {path}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise InputError(f"{path.name} cannot be read as YAML: {_one_line(fault)}.") from None
    faults = [_describe(each, content) for each in _validator(part).iter_errors(content)]
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise InputError(f"{path.name} has {count}: {listed(faults)}. Correct the file.")
    return content


@cache
def _validator(part: str) -> Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]})


def _one_line(fault: Exception) -> str:
    if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark:
        return f"{fault.problem}, at line {fault.problem_mark.line + 1}"
    return " ".join(str(fault).split())


def _describe(fault: ValidationError, content: Any) -> str:
    """Say where a fault is, by the id of its entry, and what was expected."""
    where = _where(list(fault.absolute_path), content)
    match fault.validator:
        case "additionalProperties":
            known = fault.schema["properties"]
            unknown = [key for key in fault.instance if key not in known]
            return f"{where} has unknown key '{unknown[0]}'.{nearest(unknown[0], known)}"
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
