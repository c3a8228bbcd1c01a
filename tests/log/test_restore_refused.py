"""A restore that must not happen: nothing at all is changed then. On both databases."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.log.conftest import rewritten, with_manifest
from tracker.log.backup import BackupError, restore, steps
from tracker.log.backup.archive import SEAL, is_safe, seal
from tracker.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("files")]


@pytest.mark.parametrize(
    "name",
    ["../evil", "files/../../evil", "/etc/cron.d/evil", "files//evil", "files/./evil", "files/..", "files/", "files\\..\\evil",
     "files/C:evil", "files/a\x00b", "files/a\nb", "other/evil", "files", "manifest.json/evil"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(archive: Path, unchanged: None, name: str, tmp_path: Path) -> None:
    assert not is_safe(name)
    hostile = rewritten(archive, lambda parts: parts.update({name: b"evil"}), honest=True)
    with pytest.raises(BackupError):
        restore(hostile)
    assert not list(tmp_path.rglob("*evil*"))


def test_a_folder_that_is_a_link_is_not_followed(archive: Path, files: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (files / "7" / "plan.pdf").unlink()
    (files / "7").rmdir()
    (files / "7").symlink_to(outside)
    with pytest.raises(BackupError, match="leads out"):
        restore(archive)
    assert not list(outside.iterdir())


@pytest.mark.parametrize("part", ["database", "files/logo", "manifest.json"])
def test_a_part_that_was_changed_is_refused(archive: Path, unchanged: None, part: str) -> None:
    def flip(parts: dict[str, bytes]) -> None:
        middle = len(parts[part]) // 2
        parts[part] = parts[part][:middle] + bytes([parts[part][middle] ^ 1]) + parts[part][middle + 1 :]

    with pytest.raises(BackupError):
        restore(rewritten(archive, flip))


def test_damage_anywhere_in_the_file_is_refused(archive: Path, unchanged: None) -> None:
    data = archive.read_bytes()
    broken = archive.with_name("broken.backup")
    for place in range(0, len(data), max(1, len(data) // 40)):
        broken.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(BackupError):
            restore(broken)
    for length in (0, 10, len(data) // 2, len(data) - 1):
        broken.write_bytes(data[:length])
        with pytest.raises(BackupError):
            restore(broken)


def test_missing_and_further_parts_are_refused(archive: Path, unchanged: None) -> None:
    for change in (
        lambda parts: parts.pop("files/logo"),
        lambda parts: parts.pop("database"),
        lambda parts: parts.pop("manifest.json"),
        lambda parts: parts.update({"files/more": b"more"}),
    ):
        with pytest.raises(BackupError):
            restore(rewritten(archive, change))
    with pytest.raises(BackupError, match="are not those"):
        restore(rewritten(archive, lambda parts: parts.pop("database"), honest=True))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(archive: Path, unchanged: None) -> None:
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("files/logo", b"\x89PNG")
        file.comment = bytes(SEAL)
    with archive.open("r+b") as sealed:
        seal(sealed)
    with pytest.raises(BackupError, match="are not those"):
        restore(archive)


def test_a_database_that_is_none_is_refused(archive: Path, unchanged: None) -> None:
    hostile = rewritten(archive, lambda parts: parts.update(database=b"DROP TABLE people_user;\n" * 100), honest=True)
    with pytest.raises(BackupError):
        restore(hostile)


def test_a_part_larger_than_it_says_is_refused(archive: Path, unchanged: None) -> None:
    hostile = rewritten(archive, lambda parts: parts.update({"files/logo": bytes(50_000_000)}))
    with pytest.raises(BackupError, match="damaged"):
        restore(hostile)


def test_a_backup_that_does_not_fit_on_the_disk_is_refused(archive: Path, unchanged: None) -> None:
    manifest = json.loads(zipfile.ZipFile(archive).read("manifest.json"))
    manifest["parts"]["files/logo"]["size"] = 2**60
    with pytest.raises(BackupError, match="not enough room"):
        restore(with_manifest(archive, parts=manifest["parts"]))


def test_another_engine_is_refused(archive: Path, unchanged: None) -> None:
    with pytest.raises(BackupError, match="This is a backup of oracle"):
        restore(with_manifest(archive, engine="oracle"))


def test_a_newer_schema_is_refused(archive: Path, unchanged: None) -> None:
    with pytest.raises(BackupError, match=r"newer version \(9\.9\).*work\.9999_later"):
        restore(with_manifest(archive, version="9.9", migrations=["log.0001_initial", "work.9999_later"]))


def test_counts_that_do_not_agree_are_refused_at_the_last_moment(archive: Path, unchanged: None) -> None:
    counts = json.loads(zipfile.ZipFile(archive).read("manifest.json"))["counts"]
    with pytest.raises(BackupError, match="does not hold"):
        restore(with_manifest(archive, counts=counts | {User._meta.db_table: 99}))


@pytest.mark.parametrize("what", [{"product": "other"}, {"format": 2}, {"parts": []}, {"surprise": 1}])
def test_a_manifest_of_another_kind_is_refused(archive: Path, unchanged: None, what: dict[str, Any]) -> None:
    with pytest.raises(BackupError, match="not one that this version understands"):
        restore(with_manifest(archive, **what))


def test_what_is_no_archive_is_refused(tmp_path: Path, archive: Path, unchanged: None) -> None:
    plain = tmp_path / "plain"
    plain.write_text("hello")
    for path in (plain, tmp_path / "missing", tmp_path):
        with pytest.raises(BackupError):
            restore(path)


def test_new_files_go_away_again_when_the_database_cannot_be_put_back(
    archive: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BackupError("no")

    monkeypatch.setattr(steps.engine(), "load", fail)
    (files / "7" / "plan.pdf").unlink()
    with pytest.raises(BackupError):
        restore(archive)
    assert not (files / "7" / "plan.pdf").exists()
    assert not list(files.parent.glob("backup-*"))
