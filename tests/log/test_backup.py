"""Backup and restore: what comes back, and what stays outside. On both databases."""

import io
import stat
import threading
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, Max
from django.test import Client
from pytest_django import Settings

from notifications.models import Delivery
from tests.factories import UserFactory
from tests.log.conftest import rename
from tracker.log import newest_backup
from tracker.log.backup import BackupError, Manifest, back_up, restore, steps
from tracker.log.models import Cursor, Event, Stream
from tracker.people.models import Limit, PasswordReset, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("files")]


# --- there and back ----------------------------------------------------------------------------------------------


def test_what_was_backed_up_comes_back(person: User, archive: Path, files: Path) -> None:
    before = dict(Stream.objects.values_list("kind", "head"))
    old_epochs = set(Stream.objects.values_list("epoch", flat=True))
    rename(person, "Mei 2")
    UserFactory(email="later@example.org")
    (files / "7" / "plan.pdf").unlink()
    (files / "logo").write_bytes(b"something else")
    (files / "later").write_bytes(b"an upload")

    manifest = restore(archive)

    assert list(User.objects.values_list("email", "name")) == [("mei@example.org", "Mei 1")]
    assert User.objects.get().check_password("a long walk")
    assert dict(Stream.objects.values_list("kind", "head")) == before
    assert (files / "7" / "plan.pdf").read_bytes() == b"the plan" * 1000
    assert (files / "logo").read_bytes() == b"\x89PNG"
    assert (files / "later").exists()  # nothing refers to it; an upload may be under way
    assert manifest.counts[User._meta.db_table] == 1
    assert not old_epochs & set(Stream.objects.values_list("epoch", flat=True))


def test_every_restore_starts_a_new_epoch(person: User, archive: Path) -> None:
    epochs = [Stream.objects.get().epoch]
    for _ in range(2):
        restore(archive)
        epochs.append(Stream.objects.get().epoch)
    assert len(set(epochs)) == 3


def test_work_goes_on_from_what_was_restored(person: User, archive: Path) -> None:
    rename(person, "Mei 2")
    restore(archive)
    rename(person, "Mei 3")
    person = UserFactory(email="new@example.org")  # identities go on from where the backup was
    rename(person, "New")
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]


def test_everybody_has_to_sign_in_again(person: User, tmp_path: Path) -> None:
    client = Client()
    client.force_login(person, backend="tracker.people.backend.Backend")
    assert client.get("/api/v1/me").status_code == 200
    back_up(tmp_path / "a.backup")
    assert client.get("/api/v1/me").status_code == 200
    restore(tmp_path / "a.backup")
    assert client.get("/api/v1/me").status_code == 401
    assert not Session.objects.exists()


@pytest.mark.slow
def test_the_server_goes_on_writing_meanwhile(person: User, tmp_path: Path) -> None:
    """Writers notice neither the backup nor the restore, and the log has no gap and no repeat afterwards."""
    people = [person, *UserFactory.create_batch(3)]
    troubles: list[BaseException] = []
    done = threading.Event()
    written = threading.Barrier(len(people) + 1)

    def write(writer: User) -> None:
        try:
            count = 0
            while not done.is_set():
                count += 1
                rename(writer, f"{writer.email} {count}")
                if count == 5:
                    written.wait(timeout=30)
        except BaseException as trouble:  # noqa: BLE001
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in people]
    for thread in threads:
        thread.start()
    written.wait(timeout=30)
    back_up(tmp_path / "busy.backup")
    head = Stream.objects.get().head
    restore(tmp_path / "busy.backup")
    restored = Stream.objects.get().head
    done.set()
    for thread in threads:
        thread.join()

    assert not troubles
    assert restored > 0
    assert head >= 20
    counted = Event.objects.aggregate(most=Max("seq"), events=Count("pk"))
    assert counted["most"] == counted["events"] == Stream.objects.get().head


def test_a_backup_of_an_older_version_is_brought_up_to_date(person: User, tmp_path: Path, settings: Settings) -> None:
    """What a newer migration does with rows is done with those of the backup too."""
    settings.BACKUP_LEAVES_OUT = ["sessions.Session"]
    call_command("migrate", "notifications", "0001", verbosity=0)
    stream = Stream.objects.create(kind="project", ref=1, head=3)
    back_up(tmp_path / "older.backup")
    restore(tmp_path / "older.backup")
    assert Cursor.objects.get(stream__kind=stream.kind, stream__ref=stream.ref).seq == 3
    assert not Delivery.objects.exists()


def test_files_alone_may_be_absent(person: User, tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "nothing" / "files"
    manifest = back_up(tmp_path / "a.backup")
    assert list(manifest.parts) == ["database"]
    restore(tmp_path / "a.backup")


# --- what stays outside ------------------------------------------------------------------------------------------


def test_only_its_owner_may_read_it(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_it_holds_no_secret_that_lets_anybody_in(person: User, tmp_path: Path, files: Path) -> None:
    client = Client()
    client.force_login(person, backend="tracker.people.backend.Backend")
    client.get("/api/v1/me")
    PasswordReset.objects.create(email=person.email, token_hash="5" * 64, expires_at="2099-01-01T00:00Z")
    Limit.objects.create(cache_key="counted-name", value="x", expires="2099-01-01T00:00Z")
    (files.parent / "secret-key").write_text(configured.SECRET_KEY)
    (files / "link").symlink_to(files.parent / "secret-key")
    manifest = back_up(tmp_path / "a.backup")
    with zipfile.ZipFile(tmp_path / "a.backup") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (client.cookies["sessionid"].value, "5" * 64, "counted-name", configured.SECRET_KEY):
        assert secret.encode() not in held
    assert "secret key" in manifest.note
    assert "files/link" not in manifest.parts


def test_when_it_was_made_is_noted_once_it_is_whole(
    person: User, tmp_path: Path, settings: Settings, files: Path
) -> None:
    settings.VAR = tmp_path / "var"
    manifest = back_up(tmp_path / "a.backup")  # a note that cannot be written makes it no worse
    assert newest_backup.made_at() is None
    settings.VAR = tmp_path
    with pytest.raises(BackupError):
        back_up(tmp_path / "a.backup")
    assert newest_backup.made_at() is None
    manifest = back_up(tmp_path / "b.backup")
    assert newest_backup.made_at() == manifest.created_at


def test_an_existing_file_is_not_overwritten(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        back_up(archive)
    assert archive.read_bytes() == before


def test_an_unfinished_backup_leaves_no_file(person: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> dict[str, int]:
        raise BackupError("no")

    monkeypatch.setattr(steps.engine(), "dump", fail)
    with pytest.raises(BackupError):
        back_up(tmp_path / "a.backup")
    assert not list(tmp_path.glob("a.backup*"))
    with pytest.raises(BackupError, match="cannot be written"):
        back_up(tmp_path / "missing" / "a.backup")


# --- at the terminal ---------------------------------------------------------------------------------------------


def test_the_commands_say_what_they_did(person: User, tmp_path: Path, files: Path) -> None:
    said, path = io.StringIO(), tmp_path / "a.backup"
    call_command("backup", str(path), stdout=said)
    assert "2 files" in said.getvalue()
    assert "secret key" in said.getvalue()
    rename(person, "Mei 2")
    call_command("restore", str(path), "--yes", stdout=said)
    assert "sign in again" in said.getvalue()
    assert User.objects.get().name == "Mei 1"
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(path))


@pytest.mark.parametrize("answer", ["", "no", "y"])
def test_a_restore_asks_first(archive: Path, unchanged: None, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(archive))


def test_a_manifest_can_be_read_by_people(archive: Path) -> None:
    manifest = Manifest.model_validate_json(zipfile.ZipFile(archive).read("manifest.json"))
    assert manifest.engine == connection.vendor
    assert manifest.version == configured.VERSION
    assert manifest.parts["files/logo"].size == 4


@pytest.mark.postgres
def test_without_the_clients_it_says_what_to_install(
    person: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.log.backup.postgres.shutil.which", lambda _name: None)
    monkeypatch.setattr("tracker.log.backup.postgres.Path.glob", lambda *_: [])
    with pytest.raises(BackupError, match="apt-get install postgresql-client"):
        back_up(tmp_path / "a.backup")


@pytest.mark.postgres
def test_nothing_in_an_archive_reaches_a_shell(tmp_path: Path) -> None:
    """Lines that psql would obey are not sent anywhere."""
    from tracker.log.backup import postgres

    lines = [b"\\! touch /tmp/evil\n", b"\\restrict key\n", b"SET transaction_timeout = 0;\n", b"CREATE TEMP TABLE t (a text);\n",
             b"COPY t (a) FROM stdin;\n", b"one\n", b"\\\\! two\n", b"\\.\n", b"SELECT 1;\n"]  # fmt: skip
    with postgres.connected() as session, session.cursor() as cursor:
        postgres.send(cursor, iter(lines))
        assert cursor.execute("SELECT a FROM t").fetchall() == [("one",), ("\\! two",)]
        session.rollback()
