"""The archive: a zip with `manifest.json`, `database` and `files/…`. Nothing of it is believed before it is checked."""

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
LARGEST_MANIFEST = 64 * 1024 * 1024  # bytes
CHUNK = 1024 * 1024
SEAL = 64  # characters of the checksum at the very end
NOTE = (
    "Not in this archive: the secret key (var/secret-key, or what SECRET_KEY says; keep it yourself), sessions, "
    "password resets, sign-in limits."
)


class BackupError(Exception):
    """Why an archive could not be written or put back, for the person at the terminal. Nothing was changed."""


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int
    sha256: str


class Manifest(BaseModel):
    """What an archive says of itself: `migrations` as `people.0001_initial`, `counts` as rows of each table."""

    model_config = ConfigDict(extra="forbid")

    product: Literal["accord"] = "accord"
    format: Literal[1] = 1
    version: str
    engine: str
    created_at: datetime
    migrations: list[str]
    counts: dict[str, int]
    parts: dict[str, Part]
    note: str = NOTE


# --- writing -----------------------------------------------------------------------------------------------------


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, which appears under its name once it is whole. Raises BackupError if it exists."""
    if path.exists():
        raise BackupError(f"{path} exists already. Choose another name.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "w+b") as file:
            os.fchmod(file.fileno(), 0o600)
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def seal(file: IO[bytes]) -> None:
    """Add a checksum of everything before it, where a zip keeps its comment, so that no damage anywhere goes unseen."""
    file.seek(0)
    digest = checksum(file, file_size(file) - SEAL)
    file.seek(-SEAL, os.SEEK_END)
    file.write(digest.encode())


def require_seal(path: Path) -> None:
    """Raises BackupError unless the file is to the last byte what was written."""
    with path.open("rb") as file:
        size = file_size(file)
        digest = checksum(file, max(0, size - SEAL))
        if size <= SEAL or file.read(SEAL) != digest.encode():
            raise BackupError(f"{path} is damaged, or not a backup of Accord.")


def file_size(file: IO[bytes]) -> int:
    at = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(at)
    return size


def checksum(file: IO[bytes], size: int) -> str:
    """The SHA-256 of the next `size` bytes, in hexadecimal."""
    digest = hashlib.sha256()
    while size > 0 and (chunk := file.read(min(CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def add_part(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> Part:
    """Copy a part in; returns its size and checksum."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Part(size=size, sha256=digest.hexdigest())


def files_below(root: Path) -> Iterator[Path]:
    """Every ordinary file in a folder, in a fixed order; links are not followed."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


# --- reading -----------------------------------------------------------------------------------------------------


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive with its manifest, its list of parts checked. Raises BackupError for anything that is not one of ours."""
    try:
        require_seal(path)
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive)
            require_safe_names(archive.namelist(), manifest)
            yield archive, manifest
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BackupError(f"{path} is damaged, or not a backup of Accord.") from None


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist() or archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BackupError("This is not a backup of Accord: it has no manifest.")
    try:
        return Manifest.model_validate(json.loads(archive.read(MANIFEST)))
    except (ValueError, ValidationError):
        raise BackupError("The manifest of this backup is not one that this version understands.") from None


def require_safe_names(names: list[str], manifest: Manifest) -> None:
    """Raises BackupError unless the archive holds each part that its manifest names once, and nothing outside its place."""
    if sorted(names) != sorted([MANIFEST, *manifest.parts]) or DATABASE not in manifest.parts:
        raise BackupError("The parts of this backup are not those that its manifest names.")
    for name in manifest.parts:
        if name != DATABASE and not is_safe(name):
            raise BackupError(f"This backup holds a file with a name that leads elsewhere: {name!r}.")


def is_safe(name: str) -> bool:
    """Whether this names a file below `files/` on every system."""
    first, *rest = name.split("/")
    strange = any(character in name for character in "\\:") or not name.isprintable()
    return first == FILES and bool(rest) and not strange and not any(step in {"", ".", ".."} for step in rest)


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write every part below `folder`. Raises BackupError unless each is exactly as the manifest says."""
    needed = sum(part.size for part in manifest.parts.values())
    if needed > shutil.disk_usage(folder).free:
        raise BackupError(f"There is not enough room to unpack this backup: it needs {needed:,} bytes.")
    for name, part in manifest.parts.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("xb") as file:
            if copied(source, file, part.size) != part:
                raise BackupError(f"{name} in this backup is damaged: it is not what was backed up.")


def copied(source: IO[bytes], target: IO[bytes], most: int) -> Part:
    """Copy, but never more than a chunk over `most` bytes; returns the size and checksum of what was copied."""
    digest, size = hashlib.sha256(), 0
    while size <= most and (chunk := source.read(CHUNK)):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return Part(size=size, sha256=digest.hexdigest())
