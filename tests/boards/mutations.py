"""Everything that can change a board, each with what it tells in the board's stream, for the equation test."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from boards.streams import WORKSPACE, place_of
from tests.factories import LabelFactory, ProjectFactory, UserFactory, WorkflowFactory, function
from tracker.log.change import change
from tracker.people.models import User
from tracker.people.services import add_team
from tracker.work.models import Comment, Project, Task
from tracker.work.services import (
    announcements,
    checklist,
    comments,
    duplicates,
    files,
    handovers,
    many,
    merging,
    moves,
    people,
    projects,
    reactions,
    relations,
    tasks,
    workflows,
)
from tracker.work.services.undo import undo

ROLES = ("manager", "member", "commenter", "viewer")


class World:
    """A board with a few cards, a second one beside it, and somebody in each role who looks on."""

    def __init__(self) -> None:
        place_of(WORKSPACE)  # exists as soon as anything has happened
        self.boss: User = UserFactory(name="Boss", is_administrator=True)
        self.lin, self.kai = UserFactory(name="Lin"), UserFactory(name="Kai")
        self.viewers: dict[str, User] = {role: UserFactory(name=role) for role in ROLES}
        roles = {self.boss: "manager", self.lin: "member", self.kai: "member"} | {p: r for r, p in self.viewers.items()}
        flow = WorkflowFactory(name="Flow", code="equation")
        self.board: Project = ProjectFactory(key="EQ", name="Equation", workflow=flow, people=roles)
        self.other: Project = ProjectFactory(key="OT", name="Other", workflow=flow, people={self.boss: "manager"})
        self.to_do, self.doing, self.done = flow.statuses.all()
        self.urgent, self.late = LabelFactory(name="Urgent"), LabelFactory(name="Late")
        self.one, self.two, self.three, self.four = (self.make(f"Task {n}") for n in range(1, 5))
        self.away = self.make("Task elsewhere", project=self.other)

    def make(self, title: str, project: Project | None = None, **given: Any) -> Task:
        return tasks.create_task(actor=self.boss, project_id=(project or self.board).pk, title=title, **given)

    def change(self, **fields: Any) -> None:
        tasks.change_task(actor=self.boss, task_id=self.one.pk, fields=fields)

    def move(self, task: Task, **where: Any) -> None:
        moves.move_task(actor=self.boss, task_id=task.pk, **where)

    def comment(self, text: str = "Looks good") -> Comment:
        return comments.add_comment(actor=self.lin, task_id=self.one.pk, body=text)


@dataclass(frozen=True)
class Mutation:
    """`prepare` happens before the old snapshot, `do` after it; `tells` are the types of what is then in the stream."""

    do: Callable[..., Any]
    tells: set[str]
    prepare: Callable[[World], Any] = lambda world: None


def changing(prepare: Callable[[World], Any] = lambda world: None, **fields: Any) -> Mutation:
    return Mutation(lambda w, _given: w.change(**fields), {"task.changed"}, prepare)


def an_item(w: World) -> Any:
    return checklist.add_item(actor=w.boss, task_id=w.one.pk, text="Ask")


def a_file(w: World) -> Any:
    return files.add_file(actor=w.boss, task_id=w.one.pk, upload=SimpleUploadedFile("plan.txt", b"the plan"))


def asked(w: World) -> Any:
    return handovers.ask(
        actor=w.boss, task_id=w.one.pk, to_function=function("support").pk, note="With the drawings",
        answer_by=datetime(2199, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
    )  # fmt: skip


def announced(w: World) -> Any:
    return announcements.publish(actor=w.boss, kind="project", ref=w.board.pk, title="Moved", body="To January")


def a_liked_comment(w: World) -> Comment:
    return reactions.set_reaction(actor=w.kai, comment_id=w.comment().pk, sign="like", given=True)


def relate(w: World, other: Task, *, related: bool = True) -> None:
    relations.set_related(actor=w.boss, task_id=w.one.pk, other_id=other.pk, related=related)


def with_links(w: World) -> None:
    tasks.change_task(actor=w.boss, task_id=w.two.pk, fields={"blocked_by": [w.one.pk], "parent": w.one.pk})
    tasks.change_task(actor=w.boss, task_id=w.three.pk, fields={"blocked_by": [w.one.pk, w.four.pk]})


def taking_back(
    what: Callable[[World], Any], tells: set[str], prepare: Callable[[World], Any] = lambda world: None
) -> Mutation:
    """What is done as one command is undone as one."""

    def done(w: World) -> UUID:
        prepare(w)
        command_id = uuid4()
        with change(actor=w.boss, command_id=command_id):
            what(w)
        return command_id

    return Mutation(lambda w, command: undo(actor=w.boss, target=command), tells, done)


def crowd(w: World) -> None:
    """Two neighbours with so long a rank that the next card between them has the column ranked anew."""
    Task.objects.filter(pk=w.two.pk).update(rank="a1" + "0" * 60 + "1")
    Task.objects.filter(pk=w.three.pk).update(rank="a1" + "0" * 60 + "2")


def a_project(**fields: Any) -> Mutation:
    return Mutation(
        lambda w, _given: projects.change_project(actor=w.boss, project_id=w.board.pk, fields=fields),
        {"project.changed"},
    )


def role(person: str, value: str | None) -> Callable[..., Any]:
    return lambda w, _given=None: projects.set_project_role(
        actor=w.boss, project_id=w.board.pk, person_id=getattr(w, person).pk, role=value
    )


def a_team_role(w: World, team: Any) -> None:
    projects.set_project_team_role(actor=w.boss, project_id=w.board.pk, team_id=team.pk, role="viewer")


def owned(w: World) -> None:
    for task in (w.one, w.two):
        tasks.change_task(actor=w.boss, task_id=task.pk, fields={"owner": w.kai.pk})


def labelled(w: World) -> None:
    """Both labels on one card, one on another, and one on a card that is off the board."""
    w.change(labels=[w.urgent.pk, w.late.pk])
    for task in (w.two, w.three):
        tasks.change_task(actor=w.boss, task_id=task.pk, fields={"labels": [w.urgent.pk]})
    tasks.archive_task(actor=w.boss, task_id=w.three.pk)


MOVED, CHANGED = {"task.moved"}, {"task.changed"}
MUTATIONS: dict[str, Mutation] = {
    # tasks
    "a task is created": Mutation(lambda w, _: w.make("New 新"), {"task.created"}),
    "a task is created at the top with everything": Mutation(
        lambda w, _: w.make(
            "Everything", top=True, status=w.doing.pk, checklist=["First", "Second"],
            fields={
                "owner": w.lin.pk, "assignees": [w.kai.pk, w.boss.pk], "labels": [w.urgent.pk], "priority": "high",
                "start": date(2026, 11, 1), "due": date(2026, 12, 24), "estimate": Decimal("2.5"), "parent": w.one.pk,
                "blocked_by": [w.two.pk], "description": "Long\ntext", "function": function("sales").pk,
            },
        ),
        {"task.created"},
    ),
    "its title changes": changing(title="Title 2"),
    "its description changes": Mutation(
        lambda w, _: tasks.change_task(actor=w.boss, task_id=w.one.pk, fields={"description": "New"}, read_version=1), CHANGED
    ),
    "its owner and assignees change": Mutation(
        lambda w, _: w.change(owner=w.lin.pk, assignees=[w.kai.pk, w.lin.pk]), CHANGED
    ),
    "its owner goes": Mutation(lambda w, _: w.change(owner=None), CHANGED, lambda w: w.change(owner=w.lin.pk)),
    "its function changes": Mutation(lambda w, _: w.change(function=function("marketing").pk), CHANGED),
    "its labels change": Mutation(lambda w, _: w.change(labels=[w.late.pk, w.urgent.pk]), CHANGED),
    "its priority changes": changing(priority="urgent"),
    "its dates change": changing(start=date(2026, 11, 24), due=date(2027, 1, 5)),
    "its dates go": changing(lambda w: w.change(start=date(2026, 1, 1), due=date(2026, 1, 2)), start=None, due=None),
    "its estimate changes": changing(estimate=Decimal(24)),
    "its estimate is a quarter": changing(estimate=Decimal("0.25")),
    "its estimate goes": changing(lambda w: w.change(estimate=Decimal(8)), estimate=None),
    "its parent changes": Mutation(lambda w, _: w.change(parent=w.two.pk), CHANGED),
    "it is blocked": Mutation(lambda w, _: w.change(blocked_by=[w.two.pk, w.three.pk]), CHANGED),
    "several fields change at once": changing(title="At once", priority="low", estimate=Decimal(1)),
    "it is archived": Mutation(lambda w, _: tasks.archive_task(actor=w.boss, task_id=w.one.pk), {"task.archived"}),
    "it is restored": Mutation(
        lambda w, _: tasks.restore_task(actor=w.boss, task_id=w.one.pk), {"task.restored"},
        lambda w: tasks.archive_task(actor=w.boss, task_id=w.one.pk),
    ),
    "it is deleted": Mutation(lambda w, _: tasks.delete_task(actor=w.boss, task_id=w.one.pk), {"task.deleted"}),
    "a linked task is deleted": Mutation(
        lambda w, _: tasks.delete_task(actor=w.boss, task_id=w.one.pk), {"task.deleted", "task.changed"}, with_links
    ),
    # moves
    "it moves within its column": Mutation(lambda w, _: w.move(w.one, after=w.three.pk, before=w.four.pk), MOVED),
    "it moves to another column": Mutation(lambda w, _: w.move(w.one, status=w.doing.pk), MOVED),
    "it moves to the done column and back": Mutation(
        lambda w, _: (w.move(w.one, status=w.done.pk), w.move(w.one, status=w.to_do.pk, before=w.two.pk)), MOVED
    ),
    "it moves where ranks have grown long": Mutation(
        lambda w, _: w.move(w.four, after=w.two.pk, before=w.three.pk), {"column.reranked", "task.moved"}, crowd
    ),
    "it leaves for another board": Mutation(lambda w, _: w.move(w.one, project=w.other.pk), {"task.left"}),
    "a linked task leaves for another board": Mutation(
        lambda w, _: w.move(w.one, project=w.other.pk), {"task.left", "task.changed"}, with_links
    ),
    "a task arrives from another board": Mutation(
        lambda w, _: w.move(w.away, project=w.board.pk, status=w.doing.pk), {"task.arrived"}
    ),
    # many at once, and taken back
    "several tasks are created at the top": Mutation(
        lambda w, _: tasks.create_tasks(
            actor=w.boss, project_id=w.board.pk, drafts=[tasks.Draft("One"), tasks.Draft("Two", w.doing.pk)], top=True
        ),
        {"task.created"},
    ),
    "many change and move": Mutation(
        lambda w, _: many.change_tasks(
            actor=w.boss, task_ids=[w.one.pk, w.three.pk],
            wish=many.Wish(fields={"priority": "low"}, add={"labels": [w.late.pk]}, status=w.doing.pk),
        ),
        {"task.changed", "task.moved"},
    ),
    "a block moves": Mutation(
        lambda w, _: many.move_tasks(
            actor=w.boss, task_ids=[w.four.pk, w.three.pk], status=w.to_do.pk, after=w.one.pk, before=w.two.pk
        ),
        MOVED,
    ),
    "many are archived": Mutation(
        lambda w, _: many.change_tasks(actor=w.boss, task_ids=[w.one.pk, w.two.pk], wish=many.Wish(archived=True)),
        {"task.archived"},
    ),
    "many moves are taken back": taking_back(
        lambda w: many.change_tasks(actor=w.boss, task_ids=[w.one.pk, w.two.pk], wish=many.Wish(status=w.done.pk)), MOVED
    ),
    "a creation is taken back": taking_back(lambda w: w.make("Brief"), {"task.deleted"}),
    "the deletion of a linked task is taken back": taking_back(
        lambda w: tasks.delete_task(actor=w.boss, task_id=w.one.pk),
        {"task.restored", "task.changed"},
        lambda w: (with_links(w), an_item(w), w.comment(), a_file(w)),
    ),
    "a task comes home": taking_back(
        lambda w: w.move(w.one, project=w.other.pk),
        {"task.arrived", "task.changed", "watcher.added"},
        lambda w: (with_links(w), w.change(owner=w.lin.pk, blocked_by=[w.four.pk]), w.comment()),
    ),
    "a line and a comment come back": taking_back(
        lambda w: (
            checklist.remove_item(actor=w.boss, item_id=w.one.checklist.get().pk),
            comments.remove_comment(actor=w.boss, comment_id=w.one.comments.get().pk),
        ),
        {"checklist.changed", "comment.added"},
        lambda w: (an_item(w), w.comment()),
    ),
    # checklist, comments, watchers, files
    "a line is added": Mutation(lambda w, _: an_item(w), {"checklist.changed"}),
    "a line is ticked": Mutation(
        lambda w, item: checklist.change_item(actor=w.boss, item_id=item.pk, fields={"done": True}),
        {"checklist.changed"}, an_item,
    ),
    "a line is removed": Mutation(
        lambda w, item: checklist.remove_item(actor=w.boss, item_id=item.pk), {"checklist.removed"}, an_item
    ),
    "a comment is added": Mutation(lambda w, _: w.comment(), {"comment.added", "watcher.added"}),
    "a comment names somebody": Mutation(
        lambda w, _: w.comment(f"[@Kai](/people/{w.kai.pk}), please look"), {"comment.added", "watcher.added"}
    ),
    "a comment is changed": Mutation(
        lambda w, comment: comments.change_comment(actor=w.lin, comment_id=comment.pk, body="Better"),
        {"comment.changed"}, lambda w: w.comment(),
    ),
    "a comment is removed": Mutation(
        lambda w, comment: comments.remove_comment(actor=w.lin, comment_id=comment.pk),
        {"comment.removed"}, lambda w: w.comment(),
    ),
    "somebody reacts to a comment": Mutation(
        lambda w, comment: reactions.set_reaction(actor=w.kai, comment_id=comment.pk, sign="like", given=True),
        {"reaction.added"}, lambda w: w.comment(),
    ),
    "somebody takes a reaction back": Mutation(
        lambda w, comment: reactions.set_reaction(actor=w.kai, comment_id=comment.pk, sign="like", given=False),
        {"reaction.removed"}, a_liked_comment,
    ),
    "a line becomes a card": Mutation(
        lambda w, item: duplicates.card_from_line(actor=w.boss, item_id=item.pk),
        {"task.created", "checklist.removed"}, an_item,
    ),
    "it is duplicated with everything": Mutation(
        lambda w, _: duplicates.duplicate_task(
            actor=w.boss, task_id=w.one.pk, parts=["people", "dates", "labels", "links", "checklist", "files"]
        ),
        {"task.created", "file.added"}, a_file,
    ),
    "it is related to a card of the board": Mutation(lambda w, _: relate(w, w.two), {"relation.added"}),
    "it is related to a card elsewhere": Mutation(lambda w, _: relate(w, w.away), {"relation.added"}),
    "it is related no more": Mutation(
        lambda w, _: relate(w, w.two, related=False), {"relation.removed"}, lambda w: relate(w, w.two)
    ),
    "somebody watches": Mutation(
        lambda w, _: comments.set_watching(actor=w.lin, task_id=w.one.pk, person_id=w.lin.pk, watches=True), {"watcher.added"}
    ),
    "somebody watches no more": Mutation(
        lambda w, _: comments.set_watching(actor=w.boss, task_id=w.one.pk, person_id=w.boss.pk, watches=False),
        {"watcher.removed"},
    ),
    # hand-overs
    "another function is asked": Mutation(lambda w, _: asked(w), {"handover.asked", *CHANGED}),
    "a hand-over is accepted": Mutation(
        lambda w, one: handovers.accept(actor=w.boss, handover_id=one.pk), {"handover.accepted", *CHANGED}, asked
    ),
    "a hand-over is returned": Mutation(
        lambda w, one: handovers.hand_back(actor=w.boss, handover_id=one.pk, reason="Not ours"),
        {"handover.returned", *CHANGED}, asked,
    ),
    "a hand-over is withdrawn": Mutation(
        lambda w, one: handovers.withdraw(actor=w.boss, handover_id=one.pk), {"handover.withdrawn", *CHANGED}, asked
    ),
    "the acceptance of a hand-over is taken back": taking_back(
        lambda w: handovers.accept(actor=w.boss, handover_id=w.one.handovers.get().pk),
        {"handover.asked", *CHANGED}, asked,
    ),
    # announcements: the board's cards stay as they are
    "something is announced": Mutation(lambda w, _: announced(w), {"announcement.published"}),
    "an announcement is read": Mutation(
        lambda w, one: announcements.confirm(actor=w.lin, announcement_id=one.pk), {"announcement.read"}, announced
    ),
    "an announcement is removed": Mutation(
        lambda w, one: announcements.remove(actor=w.boss, announcement_id=one.pk), {"announcement.removed"}, announced
    ),
    "a file is added": Mutation(lambda w, _: a_file(w), {"file.added"}),
    "a file is removed": Mutation(
        lambda w, file: files.remove_file(actor=w.boss, file_id=file.pk), {"file.removed"}, a_file
    ),
    # the initiative and its people
    "the initiative is renamed": a_project(name="Renamed", name_zh="改名", key="RN", summary="Why"),
    "the initiative's plan changes": a_project(start=date(2026, 11, 1), due=date(2026, 12, 1), state="active"),
    "the initiative's health changes": a_project(health="at_risk", health_note="Late"),
    "functions take part": Mutation(
        lambda w, _: projects.change_project(
            actor=w.boss, project_id=w.board.pk, fields={"functions": [function("sales").pk, function("support").pk]}
        ),
        {"project.changed"},
    ),
    "somebody leads": Mutation(
        lambda w, _: projects.change_project(actor=w.boss, project_id=w.board.pk, fields={"lead": w.lin.pk}),
        {"project.changed", "access.changed"},
    ),
    "the initiative becomes private": Mutation(
        lambda w, _: projects.change_project(actor=w.boss, project_id=w.board.pk, fields={"is_private": True}),
        {"project.changed", "access.changed"},
    ),
    "somebody gets another role": Mutation(role("kai", "viewer"), {"access.changed"}),
    "somebody is taken off": Mutation(role("kai", None), {"access.changed"}),
    "a team gets a role": Mutation(a_team_role, {"access.changed"}, lambda w: add_team(actor=w.boss, name="T", members=[])),
    # from outside
    "a column is removed and its cards go elsewhere": Mutation(
        lambda w, _: workflows.remove_status(actor=w.boss, status_id=w.to_do.pk, move_to=w.doing.pk), MOVED
    ),
    "labels are merged": Mutation(
        lambda w, _: merging.merge_label(actor=w.boss, label_id=w.urgent.pk, into=w.late.pk), CHANGED, labelled
    ),
    "somebody is deactivated and their cards are handed over": Mutation(
        lambda w, _: people.deactivate(actor=w.boss, person_id=w.kai.pk, cards_to=w.lin.pk), CHANGED, owned
    ),
}  # fmt: skip

# Before the one and after the other there is no board to compare with.
WITHOUT_A_BOARD = {"project.created", "project.deleted"}
