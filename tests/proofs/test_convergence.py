"""S15: whatever is done in whatever order, lost, repeated or read again: all copies come to equal the server's board."""

import json
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from boards import snapshots
from boards.live.delivery import why_anew
from boards.live.frames import Sub, event_frames
from boards.live.questions import Wish, look_up
from boards.streams import WORKSPACE, Place, place_of
from tests.factories import ProjectFactory, UserFactory
from tests.proofs.copies import Copy
from tests.proofs.worlds import make_board
from tracker.errors import DomainError
from tracker.log.change import project_stream
from tracker.log.selectors import Line, events_after
from tracker.people.models import User
from tracker.work.models import Task
from tracker.work.services import moves, projects, tasks
from tracker.work.services.comments import add_comment

pytestmark = pytest.mark.django_db
CLIENTS = st.integers(0, 2)
CARDS = st.integers(0, 7)


class Tab:
    """One client without a socket: what the server would send waits in `wire` until the machine delivers, repeats or loses it."""

    def __init__(self, viewer: User, board: int) -> None:
        self.viewer, self.copy = viewer, Copy(board)
        self.wire: list[dict[str, Any]] = []
        self.told = 0  # up to where the server has sent on this line
        self.is_joined = False

    def read(self) -> None:
        """A fresh snapshot, as HTTP gives it, or nothing where the board is hidden."""
        self.is_joined, self.wire = False, []
        try:
            project, can = snapshots.find_board(viewer=self.viewer, project_id=self.copy.project_id)
        except DomainError:
            self.copy.forget()
            return
        at, workspace = snapshots.places(project_stream(project.pk), WORKSPACE)
        self.copy.load(json.loads(snapshots.board(project, can, at, workspace)))

    def join(self) -> None:
        """As the server answers a `sub`."""
        self.wire = []
        if not self.copy.epoch:
            self.read()
        wish = Sub(1, project_stream(self.copy.project_id), self.copy.epoch, self.copy.seq)
        (standing,) = look_up(wish.name, [Wish(self.viewer.pk, wish.after)])
        if standing is None:
            self.copy.forget()
        elif why_anew(wish, standing):
            self.read()
            self.join()
        else:
            self.told, self.is_joined = wish.after, True

    def send(self, place: Place, lines: dict[int, list[Line]]) -> None:
        """What the server would put on the line now. `lines` are those after a position, read once for all tabs."""
        if self.is_joined and self.told < place.head:
            if self.told not in lines:
                lines[self.told] = events_after(place.id, self.told)
            self.wire += [json.loads(frame.data) for frame in event_frames(self.copy.stream, lines[self.told])]
            self.told = place.head

    def take(self, frame: dict[str, Any]) -> None:
        """The client's rule for `ev`."""
        if frame["to"] <= self.copy.seq:
            return
        if frame["from"] > self.copy.seq + 1:
            self.join()
            return
        fresh = [event for event in frame["events"] if event["seq"] > self.copy.seq]
        for _tx, events in groupby(fresh, key=lambda event: event["tx"]):
            self.copy.apply(list(events))


class Beginning:
    """Three people, one board with eight cards and one beside it."""

    def __init__(self) -> None:
        self.boss = UserFactory(is_administrator=True)
        self.people = [UserFactory() for _ in range(3)]
        roles = {self.boss: "manager"} | dict.fromkeys(self.people, "member")
        self.project = ProjectFactory(people=roles)
        self.board = make_board(self.project, 8)
        self.other = ProjectFactory(workflow=self.project.workflow, people={self.boss: "manager"})
        for name in (WORKSPACE, project_stream(self.project.pk), project_stream(self.other.pk)):
            place_of(name)


class Convergence(RuleBasedStateMachine):
    """What happens after the beginning, and is then taken back to it."""

    def __init__(self, beginning: Beginning) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.boss, self.people, self.board = beginning.boss, beginning.people, beginning.board
        self.project, self.other = beginning.project, beginning.other
        self.place = place_of(project_stream(self.project.pk))
        self.fresh: dict[tuple[int, int], tuple[bool, str]] = {}  # person and head → what a snapshot shows them then
        self.tabs = [Tab(viewer, self.project.pk) for viewer in self.people]
        for tab in self.tabs:
            tab.join()

    def teardown(self) -> None:
        try:
            for tab in self.tabs:
                tab.join()
            self.send()
            for tab in self.tabs:
                while tab.wire:
                    tab.take(tab.wire.pop(0))
                self.require_equal(tab, self.place.head)
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def require_equal(self, tab: Tab, head: int) -> None:
        """One snapshot for each person and position until something is done again."""
        key = (tab.viewer.pk, head)
        if key not in self.fresh:
            fresh = Tab(tab.viewer, self.project.pk)
            fresh.read()
            self.fresh[key] = (fresh.copy.is_gone, fresh.copy.state())
        assert (tab.copy.is_gone, tab.copy.state()) == self.fresh[key]

    def attempt(self, work: Any, *args: Any, **kwargs: Any) -> None:
        """Do it as the boss; a refusal changes nothing and is no concern here."""
        before = self.place
        self.fresh.clear()
        try:
            with transaction.atomic():
                work(*args, actor=self.boss, **kwargs)
        except DomainError:
            assert place_of(project_stream(self.project.pk)) == before
        self.send()

    def send(self) -> None:
        self.place = place_of(project_stream(self.project.pk))
        lines: dict[int, list[Line]] = {}
        for tab in self.tabs:
            tab.send(self.place, lines)

    # --- what is done --------------------------------------------------------------------------------------------

    @rule(card=CARDS, status=st.integers(0, 2), after=CARDS)
    def move(self, card: int, status: int, after: int) -> None:
        cards = self.board.cards
        self.attempt(moves.move_task, task_id=cards[card], status=self.board.statuses[status], after=cards[after])

    @rule(card=CARDS, title=st.sampled_from(["One", "Two", "三"]))
    def rename(self, card: int, title: str) -> None:
        self.attempt(tasks.change_task, task_id=self.board.cards[card], fields={"title": title})

    @rule(card=CARDS, by=CARDS)
    def block(self, card: int, by: int) -> None:
        self.attempt(tasks.change_task, task_id=self.board.cards[card], fields={"blocked_by": [self.board.cards[by]]})

    @rule(card=CARDS)
    def say(self, card: int) -> None:
        self.attempt(add_comment, task_id=self.board.cards[card], body="Said")

    @rule(card=CARDS, what=st.sampled_from([tasks.archive_task, tasks.restore_task, tasks.delete_task]))
    def put_away(self, card: int, what: Any) -> None:
        self.attempt(what, task_id=self.board.cards[card])

    @rule(card=CARDS)
    def carry(self, card: int) -> None:
        here = Task.objects.filter(pk=self.board.cards[card], project=self.project).exists()
        target = self.other.pk if here else self.project.pk
        self.attempt(moves.move_task, task_id=self.board.cards[card], project=target)

    @rule(who=CLIENTS, role=st.sampled_from([None, "viewer", "guest", "member"]))
    def set_role(self, who: int, role: str | None) -> None:
        """Whoever loses the board is told `gone`, and gets nothing of what waits for them above that position."""
        person = self.people[who]
        self.attempt(projects.set_project_role, project_id=self.project.pk, person_id=person.pk, role=role)
        if role in {None, "guest"}:
            self.tabs[who].is_joined, self.tabs[who].wire = False, []
            self.tabs[who].copy.forget()

    # --- what the line does --------------------------------------------------------------------------------------

    @rule(who=CLIENTS)
    def deliver(self, who: int) -> None:
        if self.tabs[who].wire:
            self.tabs[who].take(self.tabs[who].wire.pop(0))

    @rule(who=CLIENTS)
    def deliver_twice(self, who: int) -> None:
        if self.tabs[who].wire:
            frame = self.tabs[who].wire.pop(0)
            self.tabs[who].take(frame)
            self.tabs[who].take(frame)

    @precondition(lambda self: any(len(tab.wire) > 1 for tab in self.tabs))
    @rule(who=CLIENTS)
    def deliver_out_of_order(self, who: int) -> None:
        if len(self.tabs[who].wire) > 1:
            self.tabs[who].take(self.tabs[who].wire.pop(1))

    @rule(who=CLIENTS)
    def deliver_all(self, who: int) -> None:
        while self.tabs[who].wire:
            self.tabs[who].take(self.tabs[who].wire.pop(0))

    @rule(who=CLIENTS)
    def deliver_the_last_first(self, who: int) -> None:
        if self.tabs[who].wire:
            self.tabs[who].take(self.tabs[who].wire.pop())

    @rule(who=CLIENTS)
    def lose(self, who: int) -> None:
        del self.tabs[who].wire[:1]

    @rule(who=CLIENTS)
    def lose_all(self, who: int) -> None:
        self.tabs[who].wire.clear()

    @rule(who=CLIENTS)
    def reconnect(self, who: int) -> None:
        self.tabs[who].join()

    @rule()
    def all_reconnect(self) -> None:
        for tab in self.tabs:
            tab.join()

    @rule(who=CLIENTS)
    def reload(self, who: int) -> None:
        self.tabs[who].read()
        self.tabs[who].join()

    @invariant()
    def who_has_the_head_has_the_board(self) -> None:
        for tab in self.tabs:
            if tab.copy.epoch and tab.copy.seq == self.place.head:
                self.require_equal(tab, self.place.head)


@pytest.mark.parts(20)  # a slow machine is given half an hour for each
def test_all_copies_converge(size: Any, part: int) -> None:
    """S15: a state machine of moves, edits, roles, lines that lose, repeat and reorder; the shrunk failures are kept by Hypothesis."""
    examples, steps = size(c=(200, 50), r=(250, 100))
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    beginning = Beginning()
    run_state_machine_as_test(lambda: Convergence(beginning), settings=chosen)
