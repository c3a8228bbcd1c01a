"""A change is one transaction: what it writes, what it tells, and the places it takes in its streams, or nothing."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import UserFactory
from tests.support.asking import at_once
from tests.support.looking import fingerprint, require_gapless
from tests.support.waiting import wait_until
from tracker.log.change import MOST_EVENTS, WORKSPACE, account_stream, change, project_stream, under_way, user_stream
from tracker.log.models import Event, Stream
from tracker.log.selectors import events_after
from tracker.people.models import User
from tracker.work.events import TaskDeleted

ONE, TWO = project_stream(1), project_stream(2)


class Stop(Exception):
    """On purpose."""


def told(number: int = 1) -> TaskDeleted:
    return TaskDeleted(id=number)


def tell(*names: tuple[str, int], number: int = 1) -> None:
    with change(actor=None) as log:
        for stream in log.lock(*names):
            log.record(stream, told(number))


@pytest.mark.django_db
def test_places_are_one_two_three() -> None:
    for number in range(1, 6):
        tell(ONE, number=number)
        if number % 2:
            tell(TWO, number=number)
    assert list(Event.objects.filter(stream__ref=1).order_by("seq").values_list("seq", "subject")) == [
        (number, f"task:{number}") for number in range(1, 6)
    ]
    assert Stream.objects.get(ref=2).head == 3
    require_gapless()


@pytest.mark.django_db
def test_what_is_undone_takes_no_place() -> None:
    tell(ONE)
    before = fingerprint()
    with pytest.raises(Stop), change(actor=None) as log:  # noqa: PT012
        (stream, new) = log.lock(ONE, TWO)
        log.record(stream, told())
        log.record(new, told())
        UserFactory()
        raise Stop
    assert fingerprint() == before
    assert under_way() is None
    tell(ONE)
    require_gapless()


@pytest.mark.django_db
def test_who_what_and_when_are_told_with_the_event() -> None:
    person, command = UserFactory(), uuid4()
    with change(actor=person, command_id=command) as log:
        (stream,) = log.lock(ONE)
        log.record(stream, told(7))
        log.record(stream, told(8))
    first, second = Event.objects.order_by("seq")
    assert (first.actor_id, first.command_id, first.subject, first.type) == (
        person.pk,
        command,
        "task:7",
        "task.deleted",
    )
    assert (first.tx, first.at, first.span) == (second.tx, second.at, 1)
    assert log.positions == {"project:1": f"{stream.epoch}.2"}


@pytest.mark.django_db
def test_span_says_to_how_many_streams_a_transaction_wrote() -> None:
    tell(ONE, TWO, account_stream(1), user_stream(1), WORKSPACE)
    assert set(Event.objects.values_list("span", flat=True)) == {5}
    assert Event.objects.values("tx").distinct().count() == 1
    require_gapless()


@pytest.mark.django_db
def test_a_service_within_a_service_joins_its_change() -> None:
    with change(actor=None) as outer:
        (stream,) = outer.lock(ONE)
        with change(actor=UserFactory()) as inner:
            assert inner is outer
            inner.record(stream, told())
        assert not Event.objects.exists()  # told at the end, all together
        outer.record(stream, told(2))
    assert Event.objects.values("tx").distinct().count() == 1


@pytest.mark.django_db
def test_a_part_that_is_refused_costs_nothing_else() -> None:
    with change(actor=None) as log:
        (stream,) = log.lock(ONE)
        log.record(stream, told(1))
        with pytest.raises(Stop), log.attempt():  # noqa: PT012
            (new,) = log.lock(TWO)
            log.record(new, told(2))
            UserFactory(name="Nobody")
            raise Stop
        with log.attempt():
            (new,) = log.lock(TWO)  # made again: the first was undone with the part that made it
            log.record(new, told(3))
    assert list(Event.objects.order_by("pk").values_list("subject", flat=True)) == ["task:1", "task:3"]
    assert log.places == ["project:1", "project:2"]
    assert not User.objects.filter(name="Nobody").exists()
    require_gapless()


@pytest.mark.django_db
def test_only_what_is_locked_can_be_told_to() -> None:
    stream = Stream.objects.create(kind="project", ref=1)
    with pytest.raises(RuntimeError, match="not locked"), change(actor=None) as log:
        log.record(stream, told())


@pytest.mark.django_db
def test_a_transaction_tells_five_hundred_events_of_a_stream_at_most() -> None:
    def tell_many(number: int) -> None:
        with change(actor=None) as log:
            (stream,) = log.lock(ONE)
            for _ in range(number):
                log.record(stream, told())

    tell_many(MOST_EVENTS)
    with pytest.raises(RuntimeError, match="More than 500"):
        tell_many(MOST_EVENTS + 1)
    assert Stream.objects.get().head == MOST_EVENTS
    require_gapless()


@pytest.mark.django_db
def test_a_page_of_events_is_stretched_to_the_end_of_its_transaction() -> None:
    tell(ONE)
    with change(actor=None) as log:
        (stream,) = log.lock(ONE)
        for number in range(10):
            log.record(stream, told(number))
    tell(ONE)
    assert [line.seq for line in events_after(stream.pk, 0, limit=3)] == list(range(1, 12))
    assert [line.seq for line in events_after(stream.pk, 11, limit=3)] == [12]


@pytest.mark.django_db
def test_streams_are_locked_in_the_order_of_their_ids_and_given_in_the_order_asked_for() -> None:
    for name in (TWO, ONE, WORKSPACE):
        tell(name)
    with CaptureQueriesContext(connection) as asked, change(actor=None) as log:
        streams = log.lock(WORKSPACE, ONE, TWO)
    assert [stream.name for stream in streams] == ["workspace", "project:1", "project:2"]
    (locking,) = [query["sql"] for query in asked if "log_stream" in query["sql"]]
    assert 'ORDER BY "log_stream"."id" ASC' in locking
    assert ("FOR NO KEY UPDATE" in locking) is (connection.vendor == "postgresql")


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_gap() -> None:
    def write(place: int):
        def job() -> None:
            for number in range(25):
                names = (ONE, TWO) if number % 3 else (TWO,)
                try:
                    with change(actor=None) as log:
                        for stream in log.lock(*(names if place % 2 else reversed(names))):
                            log.record(stream, told(number))
                        if number % 5 == 0:
                            raise Stop
                except Stop:
                    pass

        return job

    assert at_once([write(place) for place in range(8)]) == [None] * 8
    assert Stream.objects.get(ref=2).head == 8 * 20
    require_gapless()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_stream_that_is_being_made_holds_no_other_meanwhile() -> None:
    """Else two that make streams in opposite orders would wait for each other."""
    tell(TWO)
    one_is_made = threading.Event()

    def makes_one_and_then_wants_two() -> None:
        with change(actor=None) as log:
            log.lock(ONE)
            one_is_made.set()
            wait_until(somebody_waits, "the other to wait for the stream")
            log.record(*log.lock(TWO), told())

    def wants_both() -> None:
        one_is_made.wait(20)
        tell(ONE, TWO)

    assert at_once([makes_one_and_then_wants_two, wants_both]) == [None, None]
    assert dict(Stream.objects.values_list("ref", "head")) == {1: 1, 2: 3}


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_nobody_is_poked_for_what_was_undone_and_everybody_after_the_commit() -> None:
    from tracker.log.change import event_recorded

    heard: list[tuple[str, int, bool]] = []

    def listen(stream: str, seq: int, **_: object) -> None:
        heard.append((stream, seq, connection.in_atomic_block))

    def fail(**_: object) -> None:
        raise Stop

    event_recorded.connect(listen)
    event_recorded.connect(fail)
    try:
        tell(ONE, TWO)
        with pytest.raises(Stop), transaction.atomic():  # noqa: PT012
            tell(ONE)
            raise Stop
    finally:
        event_recorded.disconnect(listen)
        event_recorded.disconnect(fail)
    assert heard == [("project:1", 1, False), ("project:2", 1, False)]
