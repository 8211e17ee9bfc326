"""Build the archive of the sources and the wheel so that two builds are equal, byte for byte.

What setuptools leaves to the moment and the machine (times, owners, modes, the order of members) is
written anew in both archives; the content stays as it was built.
"""

import gzip
import io
import os
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

FILE, FOLDER = 0o100644, 0o755
UNIX = 3
BUILD = "import sys; from setuptools import build_meta; build_meta.build_{kind}(sys.argv[1])"


class BuildError(Exception):
    """A build that failed, with what it said."""


def build(sources: Path, out: Path, version: str, epoch: int) -> tuple[Path, Path]:
    """Build both archives.

    Parameters
    ----------
    sources
        A folder with the sources; setuptools writes into it.
    out
        Folder for the archives.
    version
        Their version.
    epoch
        Seconds since 1970 that every member of them is dated.

    Returns
    -------
    tuple of Path
        The archive of the sources, and the wheel, which is built from that archive.

    Raises
    ------
    BuildError
        setuptools failed.
    """
    out.mkdir(parents=True, exist_ok=True)
    sdist = _run("sdist", sources, out, version, epoch, "*.tar.gz")
    sdist.write_bytes(plain_tar(sdist.read_bytes(), epoch))
    unpacked = sources / "build" / "unpacked"
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    wheel = _run("wheel", *unpacked.iterdir(), out, version, epoch, "*.whl")
    wheel.write_bytes(plain_zip(wheel.read_bytes(), epoch))
    return sdist, wheel


def _run(kind: str, sources: Path, out: Path, version: str, epoch: int, made: str) -> Path:
    environment = {
        **os.environ,
        "SETUPTOOLS_SCM_PRETEND_VERSION_FOR_INEQLIB": version,
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD.format(kind=kind), out.resolve()],
        cwd=sources,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"The {kind} could not be built:\n{done.stdout}{done.stderr}")
    [archive] = out.glob(made)
    return archive


def plain_tar(content: bytes, epoch: int) -> bytes:
    """Return a compressed tar archive with its members in order, and neither owners nor times."""
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(content)) as old,
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=epoch) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            plain = tarfile.TarInfo(member.name)
            plain.type, plain.mtime = member.type, epoch
            plain.mode = FOLDER if member.isdir() else FILE & 0o777
            plain.size = member.size
            new.addfile(plain, old.extractfile(member) if member.isfile() else None)
    return packed.getvalue()


def plain_zip(content: bytes, epoch: int) -> bytes:
    """Return a zip archive whose members have one date and one mode; their order stays."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.infolist():
            plain = zipfile.ZipInfo(member.filename, time.gmtime(epoch)[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr, plain.create_system = FILE << 16, UNIX
            new.writestr(plain, old.read(member))
    return packed.getvalue()
