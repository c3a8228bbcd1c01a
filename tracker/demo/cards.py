"""The steps of a card's life: made, talked about, ticked off, moved from column to column, each on its day."""

import re
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile

from tracker.demo.cast import Cast, Step
from tracker.demo.story import DATA, Asking, Card, Initiative
from tracker.people.models import User
from tracker.work.models import ChecklistItem, Task
from tracker.work.services.checklist import change_item
from tracker.work.services.comments import add_comment, set_watching
from tracker.work.services.files import add_file
from tracker.work.services.handovers import ask
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import change_task, create_task

BYWAYS = {"Waiting customer", "Live"}
"""Columns that a card only enters to stay there."""
SETTLED = {"review", "done"}
"""The categories of the columns in which a card's checklist is worked off before it gets there."""
HANDLE = re.compile(r"@([a-z]+\.[a-z]+)")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

Day = tuple[int, str, Any]
"""On which day, who, does what."""


def card_steps(cards: list[Card], initiatives: dict[str, Initiative], cast: Cast) -> Iterator[Step]:
    made = {(card.initiative, card.title): card.made for card in cards}
    for place, card in enumerate(cards):
        cast.places.setdefault(card.initiative, {})[card.title] = place
        life = Life(card, place, initiatives[card.initiative], cast)
        yield from life.steps()
        for title in card.blocked_by:
            day = max(card.made, made[card.initiative, title])
            yield Step(cast.days.at_work(day, 1.05), life.by, life.waits_for(title))


def path(columns: list[str], card: Card) -> list[str]:
    """The columns that the card goes through: work that was begun was ready, and not an idea, when it was written down."""
    ends = columns.index(card.column)
    begins = 1 if ends > 1 else 0
    return [name for name in columns[begins : ends + 1] if name not in BYWAYS or name == card.column]


class Life:
    """One card of the story; `place` is its place in the story, which is also its place in a column."""

    def __init__(self, card: Card, place: int, initiative: Initiative, cast: Cast) -> None:
        self.card, self.place, self.initiative, self.cast = card, place, initiative, cast
        self.by = card.by or initiative.lead
        names = [name for workflow, name in cast.columns if workflow == initiative.workflow]
        self.path = path(names, card)
        self.column = cast.columns[initiative.workflow, card.column]
        self.since = max(card.since, card.made)

    @property
    def task_id(self) -> int:
        return self.cast.tasks[self.card.initiative, self.card.title]

    def steps(self) -> Iterator[Step]:
        """What happened, each at its moment: what falls on one day is spread over the day."""
        days: dict[int, list[Day]] = {}
        for step in self.past():
            days.setdefault(step[0], []).append(step)
        for day, steps in days.items():
            for number, (_day, who, act) in enumerate(steps):
                yield Step(self.cast.days.at_work(day, self.share(number, len(steps), day)), who, act)

    def share(self, number: int, count: int, day: int) -> float:
        """The part of the day after which the step comes: in order, and on no two cards alike."""
        jitter = crc32(f"{self.card.title} {day} {number}".encode()) % 1000 / 1000
        return (number + 0.1 + 0.8 * jitter) / count

    def past(self) -> Iterator[Day]:
        """What happened, as far as one thing led to the next."""
        card = self.card
        yield card.made, self.by, self.is_made
        for handle in card.watchers:
            yield card.made, handle, self.is_watched
        if self.column.category in SETTLED:
            yield from self.ticks(card.made, self.since)
            yield from self.moves()
        else:
            yield from self.moves()
            yield from self.ticks(min(self.since + 1, -1), -1)
        for change in card.changes:
            yield change.day, change.by or card.owner, self.changes_to(change.fields)
        if card.file:
            yield self.since, card.owner, self.gets_a_file
        for day, who, text in card.comments:
            yield day, who, self.is_talked_about(text)
        if card.asked:
            yield card.asked.day, card.asked.by, self.is_handed_over(card.asked)

    def moves(self) -> Iterator[Day]:
        made, since = self.card.made, self.since
        for number, name in enumerate(self.path[1:], 1):
            day = made + round(number * (since - made) / len(self.path[1:]))
            yield day, self.by if number == 1 else self.card.owner, self.moves_to(name)

    def ticks(self, begins: int, ends: int) -> Iterator[Day]:
        count = len(self.card.ticked)
        for number, text in enumerate(self.card.ticked, 1):
            yield begins + round(number * (ends - begins) / count), self.card.owner, self.is_ticked(text)

    # --- what is done, each with its service ---

    def is_made(self, actor: User) -> None:
        card, cast = self.card, self.cast
        fields: dict[str, Any] = {
            "description": card.description.strip(),
            "function": cast.functions[card.function],
            "owner": cast.people[card.owner].pk,
            "assignees": cast.ids(card.helpers),
            "priority": card.priority,
            "labels": [cast.labels[name] for name in card.labels],
            "estimate": card.estimate,
        }
        dates = {name: day for name in ("start", "due") if (day := getattr(card, name)) is not None}
        status, after, before = self.place_in(self.path[0])
        task = create_task(
            actor=actor,
            project_id=cast.projects[card.initiative],
            title=card.title,
            status=status,
            after=after,
            before=before,
            checklist=[*card.ticked, *card.unticked],
            fields=fields | cast.values(dates),
        )
        cast.tasks[card.initiative, card.title] = task.pk

    def place_in(self, column: str) -> tuple[int, int | None, int | None]:
        """The column's status, and the card there that the story tells last before this one, or else the next one."""
        status = self.cast.columns[self.initiative.workflow, column].pk
        project = self.cast.projects[self.card.initiative]
        there = Task.objects.filter(project=project, status=status).exclude(title=self.card.title).order_by("rank")
        places = self.cast.places[self.card.initiative]
        told = [(places[title], pk) for title, pk in there.values_list("title", "pk")]
        if above := [pk for place, pk in told if place < self.place]:
            return status, above[-1], None
        return status, None, told[0][1] if told else None

    def moves_to(self, column: str) -> Any:
        def act(actor: User) -> None:
            status, after, before = self.place_in(column)
            move_task(actor=actor, task_id=self.task_id, status=status, after=after, before=before)

        return act

    def is_watched(self, actor: User) -> None:
        set_watching(actor=actor, task_id=self.task_id, person_id=actor.pk, watches=True)

    def is_ticked(self, text: str) -> Any:
        def act(actor: User) -> None:
            item = ChecklistItem.objects.get(task=self.task_id, text=text)
            change_item(actor=actor, item_id=item.pk, fields={"done": True})

        return act

    def is_talked_about(self, text: str) -> Any:
        return lambda actor: add_comment(actor=actor, task_id=self.task_id, body=self.with_mentions(text))

    def with_mentions(self, text: str) -> str:
        """`@ruoxi.lin` as the link that a comment holds, named in the language of the comment."""

        def link(found: re.Match[str]) -> str:
            person = self.cast.people[found[1]]
            name = person.name_zh if person.name_zh and CHINESE.search(text) else person.name
            return f"[@{name}](/people/{person.pk})"

        return HANDLE.sub(link, text)

    def changes_to(self, fields: dict[str, Any]) -> Any:
        return lambda actor: change_task(actor=actor, task_id=self.task_id, fields=self.cast.values(fields))

    def is_handed_over(self, asked: Asking) -> Any:
        to, by = self.cast.functions[asked.function], self.cast.days.evening(asked.answer_by)
        return lambda actor: ask(
            actor=actor, task_id=self.task_id, to_function=to, note=asked.note, answer_by=by
        )  # fmt: skip

    def gets_a_file(self, actor: User) -> None:
        content = (DATA / "files" / self.card.file).read_bytes()
        add_file(actor=actor, task_id=self.task_id, upload=SimpleUploadedFile(self.card.file, content))

    def waits_for(self, title: str) -> Any:
        def act(actor: User) -> None:
            blocker = self.cast.tasks[self.card.initiative, title]
            change_task(actor=actor, task_id=self.task_id, fields={"blocked_by": [blocker]})

        return act
