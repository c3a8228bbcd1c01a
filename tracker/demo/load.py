"""Loads the demo: the story, told through the same services that people use, step by step as it happened."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import now

from tracker.demo.cards import card_steps
from tracker.demo.cast import Cast, Step
from tracker.demo.days import Days
from tracker.demo.setting import setting
from tracker.demo.story import the_story
from tracker.log.change import change
from tracker.people.models import User

PASSWORD = "accord-demo"  # noqa: S105  the demo's password is written on its sign-in page


@dataclass(frozen=True)
class Loaded:
    """How much there is now."""

    people: int
    accounts: int
    initiatives: int
    cards: int


def load_demo() -> Loaded | None:
    """Load the demo into an empty installation, all of it or nothing; None, and no change, where there are people."""
    if User.objects.exists():
        return None
    password = make_password(PASSWORD)
    with transaction.atomic():
        cast = Cast.of_database(Days(now()))
        for step in sorted(steps(cast, password), key=lambda step: step.at):
            take(step, cast)
    return Loaded(len(cast.people), len(cast.accounts), len(cast.projects), len(cast.tasks))


def steps(cast: Cast, password: str) -> list[Step]:
    story = the_story()
    initiatives = {initiative.key: initiative for initiative in story.initiatives}
    return [*setting(story, cast, password), *card_steps(story.cards, initiatives, cast)]


def take(step: Step, cast: Cast) -> None:
    """One step is one change, at its own moment: the services join it."""
    actor = cast.people[step.by] if step.by else None
    with change(actor=actor, at=step.at):
        step.act(actor)
