"""The index is kept: what costs nothing, what is made anew, and what comes back from a backup."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.search.conftest import Find
from tracker.log.backup import back_up, restore
from tracker.people.models import User
from tracker.search.apps import fill_where_empty
from tracker.search.models import Entry
from tracker.search.services import rebuild
from tracker.work.services.comments import add_comment
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import Draft, change_task, create_task, create_tasks


@pytest.mark.django_db
def test_what_changes_no_text_does_not_touch_it(mei: User) -> None:
    project = ProjectFactory(people={mei: "manager"})
    task = create_task(actor=mei, project_id=project.pk, title="Offer")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        move_task(actor=mei, task_id=task.pk, status=project.workflow.statuses.get(name="Doing").pk)
        change_task(actor=mei, task_id=task.pk, fields={"owner": mei.pk, "priority": "high"})
    assert not [query["sql"] for query in asked if "search_" in query["sql"]]


@pytest.mark.django_db
def test_five_hundred_new_cards_cost_a_handful_of_statements(mei: User) -> None:
    project = ProjectFactory(people={mei: "manager"})
    with CaptureQueriesContext(connection) as asked:
        create_tasks(actor=mei, project_id=project.pk, drafts=[Draft(f"Card {n}") for n in range(500)])
    assert len([query for query in asked if "search_entry" in query["sql"]]) <= 8
    assert Entry.objects.filter(kind="card").count() == 500


@pytest.mark.django_db
def test_made_anew_it_finds_the_same(mei: User, find: Find) -> None:
    project = ProjectFactory(key="JL", name="Renewal", people={mei: "manager"})
    task = TaskFactory(project=project, title="Offer 报价", description="export")
    add_comment(actor=mei, task_id=task.pk, body="导出 export")
    said = io.StringIO()
    call_command("rebuild_search", stdout=said)
    once = [find(mei, typed) for typed in ("export", "报价", "renewal", "mei")]
    assert once == [["Offer 报价", "Offer 报价"], ["Offer [报价]"], ["[Renewal]"], ["[Mei] Chen"]]
    count = Entry.objects.count()
    rebuild()
    assert Entry.objects.count() == count
    assert [find(mei, typed) for typed in ("export", "报价", "renewal", "mei")] == once
    assert "card: 1" in said.getvalue()


@pytest.mark.django_db
def test_an_empty_index_is_filled_after_a_migration(mei: User, find: Find) -> None:
    assert not Entry.objects.exists()
    fill_where_empty()
    assert find(mei, "mei") == ["[Mei] Chen"]


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_from_a_backup(tmp_path: Path, settings, find: Find) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    mei = UserFactory(name="Mei", is_administrator=True)
    project = ProjectFactory(people={mei: "manager"})
    task = create_task(actor=mei, project_id=project.pk, title="Offer 报价")
    back_up(tmp_path / "a.backup")
    change_task(actor=mei, task_id=task.pk, fields={"title": "Letter 信函"})
    create_task(actor=mei, project_id=project.pk, title="Offer two")
    restore(tmp_path / "a.backup")
    assert find(mei, "offer") == ["[Offer] 报价"]
    assert find(mei, "信") == []
    change_task(actor=mei, task_id=task.pk, fields={"title": "Memo 备忘"})
    assert (find(mei, "报价"), find(mei, "备忘")) == ([], ["Memo [备忘]"])
