"""Announcements: everybody who takes part is told, confirms having read it, and all see who has and who has not."""

import pytest

from notifications.models import Notification
from notifications.notifier import NOTIFIER
from tests.factories import AccountFactory, ProjectFactory, UserFactory
from tests.support.asking import Asking
from tests.support.looking import fingerprint
from tests.work.conftest import Board
from tracker.errors import Forbidden, NotFound
from tracker.log.followers import catch_up
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Announcement
from tracker.work.services.announcements import confirm, publish, remove

pytestmark = pytest.mark.django_db


def told(person: User) -> list[tuple[str, str]]:
    catch_up([NOTIFIER])
    rows = Notification.objects.filter(recipient=person).order_by("pk")
    return [(row.reason, row.subject) for row in rows]


def on_project(board: Board, **more: object) -> Announcement:
    return publish(
        actor=board.member,
        kind="project",
        ref=board.project.pk,
        title="The plant moves to January",
        **more,  # type: ignore[arg-type]
    )


def test_who_takes_part_is_told_and_confirms_and_the_others_show(board: Board) -> None:
    overseer, guest = UserFactory(is_overseer=True), UserFactory(is_guest=True)
    access.grant(board.project, guest, "guest")
    one = on_project(board, body="Why, and what follows")
    assert told(board.viewer) == told(board.manager) == [("announced", f"project:{board.project.pk}")]
    assert told(board.member) == told(overseer) == told(guest) == []

    path = f"/projects/{board.project.pk}/announcements"
    (row,) = Asking(board.viewer).get(path).json()["items"]
    assert (row["read"], row["is_asked"], row["can"]) == ([board.member.pk], True, [])
    assert set(row["unread"]) == {board.manager.pk, board.viewer.pk}
    for _again in range(2):
        assert Asking(board.viewer).put(f"/announcements/{one.pk}/read").status_code == 204
    (row,) = Asking(overseer).get(path).json()["items"]
    assert (row["read"], row["unread"], row["is_asked"]) == (
        [board.member.pk, board.viewer.pk], [board.manager.pk], False
    )  # fmt: skip


def test_whoever_joins_later_is_asked_too_and_whoever_leaves_no_more(board: Board) -> None:
    one = on_project(board)
    late = UserFactory()
    access.grant(board.project, late, "member")
    access.grant(board.project, board.viewer, None)
    (row,) = Asking(board.member).get(f"/projects/{board.project.pk}/announcements").json()["items"]
    assert set(row["unread"]) == {board.manager.pk, late.pk}
    with pytest.raises(NotFound):
        confirm(actor=board.viewer, announcement_id=one.pk)


def test_on_an_account_its_team_is_told_and_not_who_only_sees_an_initiative(board: Board) -> None:
    lead, member = UserFactory(), UserFactory()
    account = AccountFactory(owner=lead, team={lead: "lead", member: "member"})
    ProjectFactory(account=account, people={board.member: "member"})
    publish(actor=lead, kind="account", ref=account.pk, title="New CIO")
    assert (told(member), told(board.member)) == ([("announced", f"account:{account.pk}")], [])
    (row,) = Asking(member).get("/inbox").json()["items"]
    assert (row["account"]["code"], row["project"], row["items"][0]["body"]["title"]) == (account.code, None, "New CIO")
    asking = Asking(member)
    assert asking.patch("/inbox", {"subjects": [row["subject"]], "done": True}).status_code == 200
    access.grant(account, member, None)
    account.team.filter(person=member).delete()
    assert asking.get("/inbox?shelf=done").json()["items"] == []


def test_its_author_and_managers_take_it_away_and_nobody_else(board: Board) -> None:
    one, two = on_project(board), on_project(board)
    other = UserFactory()
    access.grant(board.project, other, "member")
    before = fingerprint()
    for person in (other, board.viewer):
        with pytest.raises(Forbidden):
            remove(actor=person, announcement_id=one.pk)
    with pytest.raises(Forbidden):
        publish(actor=board.viewer, kind="project", ref=board.project.pk, title="No")
    assert fingerprint() == before
    remove(actor=board.member, announcement_id=one.pk)
    remove(actor=board.manager, announcement_id=two.pk)
    assert not Announcement.objects.exists()


def test_what_asks_for_nothing_asks_nobody(board: Board) -> None:
    on_project(board, asks=False)
    (row,) = Asking(board.viewer).get(f"/projects/{board.project.pk}/announcements").json()["items"]
    assert (row["unread"], row["is_asked"]) == ([], False)
