"""Importing again: nothing twice, what changed at the source follows, what people changed here stays."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.imports.conftest import ACCOUNTS, BOARD, Importer, levels, message
from tracker.accounts.models import Account
from tracker.accounts.services import change_account
from tracker.imports import steps
from tracker.imports.models import ExternalKey
from tracker.imports.report import Level
from tracker.imports.steps import Progress
from tracker.log.models import Event
from tracker.work.models import Status, Task
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import change_task, delete_task

State = Callable[[], dict[str, Any]]
HEADER = "code,name,country,parent\n"
CARDS = "id,title,status,due,hours\n"


def test_a_second_run_changes_nothing(importer: Importer, state: State) -> None:
    files = {"accounts.csv": f"{HEADER}A,Alpha,China,B\nB,Beta,Philipines,\nC,Gamma,Atlantis,\n"}
    importer(ACCOUNTS, files)
    before = state()
    report = importer(ACCOUNTS, files)
    assert levels(report, "accounts") == {2: Level.UNCHANGED, 3: Level.UNCHANGED, 4: Level.NEEDS_MAPPING}
    assert state() == before


def test_what_changed_at_the_source_follows_and_nothing_else(importer: Importer, boss: Any) -> None:
    importer(ACCOUNTS, {"accounts.csv": f"{HEADER}A,Alpha,China,\nB,Beta,,\n"})
    account = Account.objects.get(code="A")
    change_account(actor=boss, account_id=account.pk, fields={"name": "Alpha Works"})
    report = importer(ACCOUNTS, {"accounts.csv": f"{HEADER}A,Alpha,Philippines,B\nB,Beta,,\n"})
    assert levels(report, "accounts") == {2: Level.UPDATED, 3: Level.UNCHANGED}
    account.refresh_from_db()
    assert (account.name, account.country, account.parent and account.parent.code) == ("Alpha Works", "PH", "B")


def test_a_cell_that_was_emptied_empties_the_field(importer: Importer) -> None:
    importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Ready,1.2.2027,5\n"})
    report = importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Ready,,\n"})
    assert levels(report, "tasks") == {2: Level.UPDATED}
    task = Task.objects.get()
    assert (task.due, task.estimate) == (None, None)


def test_a_status_that_changed_at_the_source_moves_the_card(importer: Importer) -> None:
    importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Ready,,\n2,Two,Ready,,\n"})
    importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Doing,,\n2,Two,Ready,,\n"})
    one = Task.objects.get(title="One")
    assert one.status.name == "Doing"
    assert Event.objects.filter(subject=f"task:{one.pk}").order_by("id").last().type == "task.moved"  # type: ignore[union-attr]


def test_a_card_that_people_moved_stays_where_they_put_it(importer: Importer, boss: Any, state: State) -> None:
    files = {"tasks.csv": f"{CARDS}1,One,Ready,,\n"}
    importer(BOARD, files)
    task = Task.objects.get()
    move_task(actor=boss, task_id=task.pk, status=Status.objects.get(workflow__code="delivery", name="Doing").pk)
    change_task(actor=boss, task_id=task.pk, fields={"title": "One, better"})
    before = state()
    assert levels(importer(BOARD, files), "tasks") == {2: Level.UNCHANGED}
    assert state() == before


def test_what_was_deleted_here_is_not_made_again(importer: Importer, boss: Any, state: State) -> None:
    importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Ready,,\n"})
    delete_task(actor=boss, task_id=Task.objects.get().pk)
    before = state()
    report = importer(BOARD, {"tasks.csv": f"{CARDS}1,One changed,Ready,,\n"})
    assert "deleted here" in message(report, "tasks", 2)
    assert state() == before


def test_another_source_has_keys_of_its_own(importer: Importer) -> None:
    importer(ACCOUNTS, {"accounts.csv": f"{HEADER}A,Alpha,,\n"})
    other = ACCOUNTS.replace('source = "test"', 'source = "other"').replace('code = "code"', 'code = "X{code}"')
    report = importer(other, {"accounts.csv": f"{HEADER}A,Alpha,,\n"})
    assert levels(report, "accounts") == {2: Level.CREATED}
    assert sorted(ExternalKey.objects.values_list("source", "key")) == [("other", "A"), ("test", "A")]


def outcome() -> list[Any]:
    """The board as anybody would describe it, whatever the ids."""
    return list(
        Task.objects.order_by("number").values_list("number", "title", "status__name", "rank", "owner", "version")
    )


class Broken(BaseException):
    """The power fails."""


@pytest.mark.parametrize("chunks", [1, 2, 4])
def test_broken_off_in_the_middle_and_run_again_it_ends_the_same(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, chunks: int
) -> None:
    monkeypatch.setattr(steps, "CHUNK", 10)
    files = {"tasks.csv": CARDS + "".join(f"{n},Task {n},{'Ready' if n % 3 else 'Doing'},,\n" for n in range(1, 56))}
    seen: list[Progress] = []

    def fail(progress: Progress) -> None:
        seen.append(progress)
        if progress.makes == "tasks" and progress.done >= chunks * 10:
            raise Broken

    with pytest.raises(Broken):
        importer(BOARD, files, tell=fail)
    assert Task.objects.count() == ExternalKey.objects.filter(kind="tasks").count() == chunks * 10
    report = importer(BOARD, files)
    assert list(levels(report, "tasks").values()).count(Level.CREATED) == 55 - chunks * 10
    assert [(number, title) for number, title, *_rest in outcome()] == [(n, f"Task {n}") for n in range(1, 56)]
    assert levels(importer(BOARD, files), "tasks") == dict.fromkeys(range(2, 57), Level.UNCHANGED)


def test_broken_off_inside_a_chunk_nothing_of_it_stays(
    importer: Importer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"tasks.csv": CARDS + "".join(f"{n},Task {n},Ready,,\n" for n in range(1, 6))}
    importer(BOARD, {"tasks.csv": CARDS})
    before = state()

    def fail(*_: Any, **__: Any) -> None:
        raise Broken

    monkeypatch.setattr("tracker.imports.identities.Identities.keep", fail)
    with pytest.raises(Broken):
        importer(BOARD, files)
    assert state() == before


def test_progress_is_told_after_every_chunk(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "CHUNK", 10)
    told: list[tuple[int, int]] = []
    files = {"tasks.csv": CARDS + "".join(f"{n},Task {n},Ready,,\n" for n in range(1, 26))}
    importer(BOARD, files, tell=lambda p: told.append((p.done, p.total)) if p.makes == "tasks" else None)
    assert told == [(10, 25), (20, 25), (25, 25)]


def test_a_row_that_only_the_services_refuse_costs_no_other_of_its_chunk(importer: Importer) -> None:
    mapping = BOARD.replace('title = "title"', 'title = "title"\nowner = "owner"')
    people = """
[[sheets]]
makes = "people"
rows = [{ name = "Far" }]
key = "name"
[sheets.fields]
name = "name"
email = "{name|address}@example.org"
"""
    header = "id,title,status,due,hours,owner\n"
    files = {"tasks.csv": f"{header}1,One,Ready,,,\n2,Two,Ready,,,Far\n3,Three,Ready,,,\n"}
    foretold = importer(mapping.replace("[[sheets]]", people + "[[sheets]]", 1), files, is_dry=True)
    report = importer(mapping.replace("[[sheets]]", people + "[[sheets]]", 1), files)
    for found in (foretold, report):
        assert levels(found, "tasks") == {2: Level.CREATED, 3: Level.REFUSED, 4: Level.CREATED}
    assert [task.title for task in Task.objects.order_by("number")] == ["One", "Three"]
