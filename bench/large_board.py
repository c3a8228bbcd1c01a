"""Fills boards with many cards, straight into the tables.

`python -m bench.large_board 5000 A B` makes two of 5,000 cards each, and prints their ids by key as JSON.
"""

import datetime
import json
import os
import random
import sys
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tracker.work.models import Task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

KEY = "LARGE"
WHAT = "Prepare Review Collect Draft Confirm Agree Measure Book Deliver Repair Compare Explain 准备 复核 收集 起草 确认 交付".split()
THING = (
    "offer contract roadmap inventory network-survey training data-feed price-list invoice pilot landing-page case-study"
    " 报价 合同 路线图 库存 网络勘察 培训 数据接口 价格表 发票 试点 落地页 案例"
).split()
WHOM = "plant-3 plant-4 the-board finance purchasing quality 三厂 四厂 财务 采购 质量 客服".split()


def fill(count: int, key: str = KEY) -> int:
    """The id of a board on Hengyue's account with `count` cards, spread as on a real one: most of them old and done.

    Each card has a past of its own (when it got where it is, what was talked about): what repeats weighs nothing.
    """
    from tracker.accounts.models import Account
    from tracker.log.models import Stream
    from tracker.people.models import Function, User
    from tracker.work import ranks
    from tracker.work.models import Label, Project, Task, Workflow

    dice = random.Random(7)
    workflow = Workflow.objects.get(code="delivery")
    statuses = list(workflow.statuses.all())
    project = Project.objects.create(
        key=key,
        name="A large board",
        account=Account.objects.get(code="HY"),
        workflow=workflow,
        state=Project.State.ACTIVE,
        next_number=count + 1,
    )
    Stream.objects.create(kind=Stream.Kind.PROJECT, ref=project.pk)
    functions, people, labels = list(Function.objects.all()), list(User.objects.all()), list(Label.objects.all())
    places = dice.choices(statuses, weights=range(1, len(statuses) + 1), k=count)
    now = datetime.datetime.now(tz=datetime.UTC)
    today = now.date()
    tasks = Task.objects.bulk_create(
        [
            Task(
                project=project,
                number=number,
                title=f"{dice.choice(WHAT)} {dice.choice(THING)} {dice.choice(WHOM)} {dice.randint(1, 400)}",
                status=status,
                rank=rank,
                function=dice.choice(functions),
                owner=dice.choice(people),
                due=today + datetime.timedelta(days=dice.randint(-90, 90)) if dice.random() < 0.6 else None,
                priority=dice.choice(Task.Priority.values),
                estimate=dice.choice([None, 2, 4, 8, 16]),
                checklist_total=5 if number % 3 == 0 else 0,
                checklist_done=dice.randint(0, 5) if number % 3 == 0 else 0,
                comments_count=dice.choice([0, 0, 1, 2, 5]),
                entered_at=now - datetime.timedelta(seconds=dice.randint(0, 200 * 86_400)),
                updated_at=now - datetime.timedelta(seconds=int(dice.random() ** 2 * 200 * 86_400)),
                version=dice.randint(1, 20),
            )
            for number, (status, rank) in enumerate(zip(places, ranks.after(None, count), strict=True), start=1)
        ],
        batch_size=500,
    )
    _tie(Task.assignees.through, "user", dice.sample(tasks, count // 4), people, dice)
    _tie(Task.labels.through, "label", dice.sample(tasks, count // 2), labels, dice)
    blocked = dice.sample(tasks[1:], count // 20)
    Task.blocked_by.through.objects.bulk_create(
        [Task.blocked_by.through(from_task=task, to_task=dice.choice(tasks[: task.number - 1])) for task in blocked]
    )
    return project.pk


def _tie(through: Any, field: str, tasks: list["Task"], to: list[Any], dice: random.Random) -> None:
    """One of `to` for each of the tasks."""
    through.objects.bulk_create([through(task=task, **{field: dice.choice(to)}) for task in tasks], batch_size=500)


if __name__ == "__main__":
    django.setup()
    count, *keys = sys.argv[1:]
    print(json.dumps({key: fill(int(count), key) for key in keys or [KEY]}))
