"""Reading at one moment: what is committed meanwhile stays out of it, and nobody waits for anybody."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from boards.moments import one_moment
from tests.factories import UserFactory
from tests.support.waiting import wait_until
from tracker.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def beside(work: Callable[[], object]) -> None:
    """Run in another thread, with a connection of its own, to the end."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=90)
    assert not thread.is_alive(), "somebody waits"
    assert not failed, failed


def test_what_is_committed_meanwhile_is_not_seen_and_does_not_wait() -> None:
    person = UserFactory(name="Before")
    with one_moment():
        assert User.objects.get(pk=person.pk).name == "Before"
        beside(lambda: User.objects.filter(pk=person.pk).update(name="After"))
        assert User.objects.get(pk=person.pk).name == "Before"
    assert User.objects.get(pk=person.pk).name == "After"


def test_a_reader_does_not_wait_for_a_writer() -> None:
    person = UserFactory(name="Before")
    seen: list[str] = []

    def read() -> None:
        with one_moment():
            seen.append(User.objects.get(pk=person.pk).name)

    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(name="After")
        beside(read)
    assert seen == ["Before"]


def test_a_moment_ends_also_when_reading_fails() -> None:
    with pytest.raises(User.DoesNotExist), one_moment():
        User.objects.get(pk=0)
    with transaction.atomic():
        UserFactory()
    wait_until(lambda: User.objects.count() == 1, "the row")
