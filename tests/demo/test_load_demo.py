"""The demo loads once, as a whole, and tells the story it should: who, what, where, and when, counted from today."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import now
from pytest_django import DjangoDbBlocker

from tests.factories import UserFactory
from tracker.accounts.models import Account, AccountMember
from tracker.accounts.selectors import vacancies
from tracker.demo import load
from tracker.demo.days import HOME
from tracker.log.models import Event, Stream
from tracker.people import access
from tracker.people.demo import demo_people
from tracker.people.models import Function, Team, User
from tracker.work.models import Comment, Label, Project, Status, Task
from tracker.work.selectors.projects import counts, projects_for

# initiative, title, function, owner, category of the column, days until due, hours
CARDS = [
    ("JL", "Reproduce export delay on bank's volume", "support", "zimo.qiu", "done", -6, 8),
    ("JL", "Index + parallel export patch", "operations", "li.cheng", "active", 2, 24),
    ("JL", "Roll patch to production window", "operations", "yutong.bai", "ready", 4, 6),
    ("JL", "Named engineer on site 3 days", "support", "yifan.luo", "ready", 5, 24),
    ("JLW", "CIO brief #4 with numbers", "account_management", "qiming.zhou", "active", 1, 3),
    ("JLR", "Value report 2024–26 for Jinlan", "account_management", "qiming.zhou", "backlog", 12, 10),
    ("JLR", "Multi-year price approval", "sales", "siqi.tao", "waiting", -2, 2),
    ("HY", "Plant 3 device inventory", "operations", "yutong.bai", "review", 3, 12),
    ("HY", "Plant 3 technician training", "support", "yifan.luo", "ready", 12, 16),
    ("HY", "Plant 4 network survey", "operations", "li.cheng", "backlog", 30, 10),
    ("HYR", "Write case study draft", "marketing", "daniel.okafor", "active", 6, 14),
    ("HYR", "Get legal OK on logo use", "sales", "siqi.tao", "waiting", 9, 2),
    ("YH", "Segment the 3 regions", "marketing", "qingyan.gu", "done", -9, 10),
    ("YH", "Landing pages (zh/en)", "marketing", "daniel.okafor", "active", 4, 12),
    ("YH", "Data feed from POS", "operations", "li.cheng", "review", 2, 16),
    ("BC", "Knowledge base top 30 articles", "support", "zimo.qiu", "active", -6, 30),
    ("XY", "Fab pilot scope letter", "sales", "anran.xu", "active", 5, 8),
    ("XY", "Pair Wen Zeyan with our COO", "account_management", "ruoxi.lin", "backlog", 14, 2),
    ("NH", "Book Oslo visit", "account_management", "elena.marsh", "backlog", -5, 3),
    ("KA", "Hangar data migration rerun", "operations", "yutong.bai", "active", -3, 20),
    ("MP", "Handover Q&A with He Jiashu recorded", "account_management", "jiashu.he", "active", 3, 4),
    ("MP", "Soft commitments list for Minghai", "account_management", "jiashu.he", "ready", 5, 3),
    ("CAPA", "CAPA: add volume test to release gate", "operations", "wan.jiang", "ready", 21, 12),
]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[load.Loaded]:
    """The demo, loaded once for all tests of this file, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load.load_demo()
        assert loaded is not None
        yield loaded
        transaction.set_rollback(True)


def today() -> date:
    return now().astimezone(HOME).date()


def person(handle: str) -> User:
    return User.objects.get(email=f"{handle}@lanbridge.example")


def test_everybody_and_everything_is_there(demo: load.Loaded) -> None:
    assert (demo.people, demo.accounts, demo.initiatives) == (14, 12, 16)
    assert (User.objects.count(), Account.objects.count(), Project.objects.count()) == (14, 12, 16)
    assert Task.objects.count() == demo.cards
    assert 60 <= demo.cards <= 75


def test_a_second_time_changes_nothing(demo: load.Loaded) -> None:
    before = (Event.objects.count(), Task.objects.count(), User.objects.count())
    assert load.load_demo() is None
    assert (Event.objects.count(), Task.objects.count(), User.objects.count()) == before


def test_everybody_signs_in_with_the_same_password(demo: load.Loaded) -> None:
    assert {row.email for row in demo_people()} == {user.email for user in User.objects.all()}
    assert person("ruoxi.lin").check_password("accord-demo")
    assert User.objects.values("password").distinct().count() == 1


def test_people_have_their_language_zone_and_hours(demo: load.Loaded) -> None:
    in_english = User.objects.filter(language="en").order_by("name")
    assert [user.name for user in in_english] == ["Daniel Okafor", "Elena Marsh"]
    assert person("elena.marsh").time_zone == "Europe/Oslo"
    assert not User.objects.exclude(pk=person("elena.marsh").pk).exclude(time_zone="Asia/Shanghai").exists()
    assert person("daniel.okafor").hours_per_day == 6
    assert list(User.objects.filter(is_overseer=True)) == [person("zhiyuan.shen")]


@pytest.mark.parametrize("model", [User, Function, Team, Account, Project, Label, Status])
def test_names_are_there_in_both_languages(demo: load.Loaded, model: type) -> None:
    rows = model._default_manager.filter(Q(name="") | Q(name_zh=""))
    allowed = {"Daniel Okafor", "Elena Marsh"} if model is User else set()
    assert {row.name for row in rows} == allowed
    assert not User.objects.filter(Q(title="") | Q(title_zh="")).exists()
    assert not Account.objects.filter(Q(industry="") | Q(industry_zh="")).exists()


def test_the_owner_leads_the_account_team_and_marketing_is_vacant_at_jinlan(demo: load.Loaded) -> None:
    for account in Account.objects.all():
        assert AccountMember.objects.get(account=account, person=account.owner).role == "lead"
    jinlan = Account.objects.get(code="JL")
    empty = Function.objects.filter(pk__in=vacancies([jinlan])[jinlan.pk])
    assert [function.code for function in empty] == ["marketing"]


def test_tiers_are_those_of_the_story(demo: load.Loaded) -> None:
    tiers = dict(Account.objects.values_list("code", "tier"))
    assert tiers == {
        "HY": "S", "JL": "S", "BC": "S", "YH": "A", "TH": "A", "XY": "A",
        "NH": "B", "KA": "B", "MP": "B", "QH": "B", "OP": "C", "AT": "exited",
    }  # fmt: skip


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card[1])
def test_a_card_is_in_its_column_with_its_owner(
    demo: load.Loaded, card: tuple[str, str, str, str, str, int, int]
) -> None:
    key, title, function, owner, category, due, hours = card
    task = Task.objects.get(project__key=key, title=title)
    assert task.function is not None
    assert (task.function.code, task.owner, task.status.category) == (function, person(owner), category)
    assert (task.due, task.estimate) == (today() + timedelta(days=due), Decimal(hours))


def test_the_war_room_is_full_and_three_of_its_cards_are_overdue(demo: load.Loaded) -> None:
    war_room = Project.objects.get(key="JL")
    columns = war_room.workflow.statuses.order_by("position")
    assert [column.tasks.filter(project=war_room).count() for column in columns] == [4, 3, 5, 2, 2, 7]
    assert counts([war_room.pk], today())[war_room.pk]["tasks_overdue"] == 3
    assert war_room.health == "off_track"
    assert war_room.due == today() + timedelta(days=10)


def test_progress_is_that_of_the_story(demo: load.Loaded) -> None:
    found = {project.key: counts([project.pk], today())[project.pk]["progress"] for project in Project.objects.all()}
    assert (found["HY"], found["YH"]) == (45, 60)


def test_who_leads_or_owns_something_sees_it(demo: load.Loaded) -> None:
    for project in Project.objects.all():
        assert project.lead is not None
        assert projects_for(project.lead).filter(pk=project.pk).exists()
        seers = set(access.people_who("project", project.pk).values_list("pk", flat=True))
        given = {
            pk for task in project.tasks.all() for pk in (task.owner_id, *task.assignees.values_list("pk", flat=True))
        }
        assert given <= seers


def test_a_card_waits_only_for_cards_of_its_own_initiative(demo: load.Loaded) -> None:
    links = Task.blocked_by.through.objects.all()
    assert links.count() >= 3
    assert not links.exclude(from_task__project=F("to_task__project")).exists()


def test_what_is_said_names_colleagues(demo: load.Loaded) -> None:
    assert Comment.objects.filter(mentions__isnull=False).distinct().count() >= 15
    assert not Comment.objects.filter(body__regex=r"(^|[^\[])@[a-z]+\.[a-z]+").exists()


def test_every_stream_is_gapless_and_goes_forward_in_time(demo: load.Loaded) -> None:
    started = now()
    for stream in Stream.objects.all():
        told = list(stream.events.order_by("seq").values_list("seq", "at"))
        assert [seq for seq, _at in told] == list(range(1, stream.head + 1))
        times: list[datetime] = [at for _seq, at in told]
        assert times == sorted(times)
        assert all(at <= started for at in times)


def test_rows_and_events_tell_the_same_times(demo: load.Loaded) -> None:
    for task in Task.objects.all():
        told = Event.objects.filter(subject=f"task:{task.pk}").order_by("seq")
        assert task.created_at == told[0].at
        entered = [event.at for event in told if event.type == "task.created" or '"entered_at"' in event.body]
        assert task.entered_at == entered[-1]
        assert task.created_at < now() - timedelta(days=2)
    assert Comment.objects.filter(created_at__lt=now() - timedelta(days=5)).count() > 20


@pytest.mark.django_db
def test_an_installation_with_people_is_left_alone() -> None:
    UserFactory()
    assert load.load_demo() is None
    assert (User.objects.count(), Event.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_it_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def take_some(step: object, cast: object) -> None:
        taken.append(step)
        if len(taken) == 40:
            raise RuntimeError("the power fails")
        take(step, cast)

    take = load.take
    monkeypatch.setattr(load, "take", take_some)
    with pytest.raises(RuntimeError, match="power"):
        load.load_demo()
    assert not User.objects.exists()
    assert not Event.objects.exists()
