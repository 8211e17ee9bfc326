"""How this computer reaches the network: read from one file, strictly."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from ineqlib.errors import InputError
from ineqlib.yaml_file import check_keys, read_yaml

FILE = "network.yml"
_SWITCHES = {"verify", "ssl_verify", "insecure", "verify_ssl", "check_certificates", "trusted_host"}
"""What people write elsewhere to switch the checks of certificates off."""


@dataclass(frozen=True)
class NetworkSettings:
    """What may be set, and what holds where it is not."""

    proxy: str = ""
    """Address of the proxy; empty for that of the environment (``HTTPS_PROXY``), or none."""
    no_proxy: tuple[str, ...] = ()
    """Hosts that are reached without it."""
    certificates: str = ""
    """A PEM file of certificates to trust besides those of the operating system."""
    connect_seconds: float = 15.0
    silent_seconds: float = 60.0
    """How long a publisher may send nothing."""
    longest_seconds: float = 900.0
    """How long one answer may take in all."""
    at_once: int = 4
    """Requests that run at a time."""
    seconds_between: float = 0.5
    """The least time between two requests to one host."""
    longest_wait: float = 120.0
    """The longest wait that a publisher may ask for (``Retry-After``) and be given."""


def settings_file() -> Path:
    """Return the file that the user may write."""
    return platformdirs.user_config_path("ineqlib") / FILE


def read_settings(path: Path | None = None) -> NetworkSettings:
    """Read the settings of this computer, or of another file; what is not said has its default.

    Raises
    ------
    InputError
        The file cannot be read, has a key that is not known or a value that cannot be, or tries to
        switch the checks of certificates off.
    """
    if path is None:
        path = settings_file()
        if not path.exists():
            return NetworkSettings()
    content = read_yaml(path) or {}
    if not isinstance(content, dict):
        raise InputError(f"{path} should be lines such as `proxy: http://proxy.example:8080`.")
    if switch := _SWITCHES & {str(key).casefold() for key in content}:
        raise InputError(
            f"{path}: '{switch.pop()}' is no setting: certificates are always checked, or anybody "
            "in between could change the figures. Give the certificate of your council's proxy as "
            "`certificates: FILE.pem` (docs/proxies.md)."
        )
    check_keys(content, [field.name for field in fields(NetworkSettings)], str(path))
    return NetworkSettings(**{name: _value(path, name, value) for name, value in content.items()})


def _value(path: Path, name: str, value: Any) -> Any:
    default = getattr(NetworkSettings(), name)
    match default, value:
        case str(), str():
            return str(_existing(path, value)) if name == "certificates" else value
        case tuple(), [*hosts] if all(isinstance(host, str) for host in hosts):
            return tuple(hosts)
        case (int() | float(), bool()):
            pass
        case (int(), int()) | (float(), int() | float()) if value > 0:
            return type(default)(value)
    kinds = {str: "a text", tuple: "a list of texts", int: "a whole number above 0"}
    kind = kinds.get(type(default), "a number above 0")
    raise InputError(f"{path}: {name} should be {kind}, and is {value!r}.")


def _existing(path: Path, name: str) -> Path:
    file = path.parent / Path(name).expanduser()
    if not file.is_file():
        raise InputError(f"{path}: no file {file} (certificates).")
    return file
