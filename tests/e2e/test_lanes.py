"""Cards that are dragged into other lanes: place and fact together, for everybody in one step, and back in one."""

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.e2e.board import Board, new_board, snapshot
from tests.support.browser import ask
from tests.support.waiting import wait_until

CARDS = {"Backlog": ["One", "Two"], "Ready": ["Three", "Four", "Five"]}


@pytest.fixture
def board(sign_in: Callable[..., Page]) -> Board:
    page = sign_in("qiming.zhou")
    return Board(page, new_board(page, CARDS, account="JL"))


def rows(board: Board) -> dict[str, dict[str, Any]]:
    """Title → the card, as the server has it."""
    seen = snapshot(board.page, board.key)
    names = {status["id"]: status["name"] for status in seen["statuses"]}
    cards = [dict(zip(seen["tasks"]["columns"], row, strict=True)) for row in seen["tasks"]["rows"]]
    cards.sort(key=lambda card: card["rank"])
    return {card["title"]: card | {"column": names[card["status"]]} for card in cards}


def change(board: Board, title: str, **facts: Any) -> None:
    ask(board.page, "PATCH", f"/tasks/{rows(board)[title]['id']}", facts)


def in_lanes(board: Board, field: str, page: Page | None = None) -> Page:
    page = page or board.page
    page.goto(f"/b/{board.key}?lanes={field}")
    expect(page.get_by_role("article")).to_have_count(5)
    return page


def lane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=re.compile(rf"^{name}, \d+ cards?$"))


def holds(page: Page, name: str, titles: list[str]) -> None:
    """Wait until a lane holds these cards: column by column, from the top."""
    heads = lane(page, name).get_by_role("heading", level=3)
    expect(heads).to_have_count(len(titles))
    wait_until(lambda: in_order(lane(page, name)) == titles, f"{titles} in {name}")


def in_order(region: Locator) -> list[str]:
    found: list[str] = region.evaluate_all(
        """([lane]) => [...(lane?.querySelectorAll("article") ?? [])]
             .map((card) => [card.getBoundingClientRect(), card.querySelector("h3").textContent])
             .sort(([one], [other]) => one.left - other.left || one.top - other.top)
             .map(([, title]) => title)"""
    )
    return found


def head(page: Page, column: str) -> Locator:
    return page.get_by_role("heading", name=column, exact=True).locator("xpath=ancestor::div[1]")


def hold_over(
    board: Board, point: Callable[[], tuple[float, float]], is_there: Callable[[], object], what: str
) -> None:
    """Hold what is in the hand over a point, which cards that make room may move, until the board shows what is wanted."""
    nudges = itertools.cycle((-1, 1))

    def aim() -> object:
        x, y = point()
        board.page.mouse.move(x + next(nudges), y, steps=4)
        return is_there()

    wait_until(aim, what)


def box(thing: Locator) -> FloatRect:
    found = thing.bounding_box()
    assert found is not None
    return found


def hold_between(board: Board, above: str, below: str, says: str) -> None:
    """Hold what is in the hand between two cards of a cell until there is room for it, and the board says `says`."""
    upper, lower = board.card(above), board.card(below)

    def point() -> tuple[float, float]:
        at = box(lower)
        return at["x"] + at["width"] / 2, at["y"] + at["height"] * 0.2

    def is_there() -> bool:
        room = box(lower)["y"] - box(upper)["y"] - box(upper)["height"]
        return room > 30 and board.page.get_by_text(says).count() > 0

    hold_over(board, point, is_there, f"room between {above} and {below}, and “{says}”")


def told(board: Board, title: str) -> list[tuple[str, str]]:
    """What happened to a card, newest first: in which transaction, and what."""
    story = ask(board.page, "GET", f"/tasks/{rows(board)[title]['id']}/history")["items"]
    return [(event["tx"], event["body"]["type"]) for event in story]


def test_a_card_among_others_of_another_lane_and_back_with_one_undo(board: Board, sign_in: Callable[..., Page]) -> None:
    change(board, "One", priority="high")
    page, other = in_lanes(board, "priority"), in_lanes(board, "priority", sign_in("zimo.qiu"))
    before = rows(board)
    board.lift("One")
    hold_between(board, "Three", "Four", f"Moving {board.key}-1 to Ready · No priority, 2 of 4")
    board.let_go()

    for who in (page, other):
        holds(who, "No priority", ["Two", "Three", "One", "Four", "Five"])
        expect(lane(who, "High")).to_have_count(0)
    wait_until(lambda: rows(board)["One"]["column"] == "Ready", "the server to have it")
    after = rows(board)
    assert [after["One"][name] for name in ("priority", "version")] == ["", before["One"]["version"] + 2]
    (tx, one), (same, another), *_rest = told(board, "One")
    assert ({one, another}, tx) == ({"task.moved", "task.changed"}, same)

    page.keyboard.press("ControlOrMeta+z")

    for who in (page, other):
        holds(who, "High", ["One"])
        holds(who, "No priority", ["Two", "Three", "Four", "Five"])
    wait_until(lambda: rows(board)["One"]["column"] == "Backlog", "the server to have taken it back")
    assert [rows(board)["One"][name] for name in ("priority", "rank")] == ["high", before["One"]["rank"]]


def test_several_leave_a_label_each_and_come_back_with_one_undo(board: Board) -> None:
    page = board.page
    labels = sorted(ask(page, "GET", "/workspace")["labels"], key=lambda label: label["name"].lower())[:3]
    ids = [label["id"] for label in labels]
    for title, own in {"One": ids[:1], "Two": ids[1:2], "Three": ids[2:], "Four": ids[2:]}.items():
        change(board, title, labels=own)
    in_lanes(board, "label")
    before = rows(board)
    target = labels[2]["name"]
    for title in ("One", "Two"):
        board.card(title).click(modifiers=["ControlOrMeta"])
    expect(page.get_by_role("toolbar", name="Selected cards")).to_contain_text("2 selected")
    board.lift("One")
    hold_between(board, "Three", "Four", f"Moving 2 cards to Ready · {target}")
    board.let_go()

    holds(page, target, ["Three", "One", "Two", "Four"])
    for gone in labels[:2]:
        expect(lane(page, gone["name"])).to_have_count(0)
    wait_until(lambda: rows(board)["Two"]["column"] == "Ready", "the server to have them")
    assert [rows(board)[title]["labels"] for title in ("One", "Two", "Three")] == [ids[2:]] * 3
    assert len({tx for title in ("One", "Two") for tx, _type in told(board, title)[:2]}) == 1

    page.keyboard.press("ControlOrMeta+z")

    holds(page, target, ["Three", "Four"])
    for title, label in zip(("One", "Two"), labels[:2], strict=True):
        holds(page, label["name"], [title])
    wait_until(lambda: rows(board)["Two"]["column"] == "Backlog", "the server to have taken them back")
    for title in ("One", "Two"):
        assert [rows(board)[title][name] for name in ("labels", "rank")] == [
            before[title][name] for name in ("labels", "rank")
        ]


def test_a_lane_that_stands_for_a_status_gives_it(board: Board) -> None:
    board.page.goto(f"/b/{board.key}?columns=priority&lanes=status&sort=due")
    holds(board.page, "Ready", ["Three", "Four", "Five"])
    board.press("Two", "Alt+ArrowDown")
    expect(lane(board.page, "Ready").get_by_role("article")).to_have_count(4)
    wait_until(lambda: rows(board)["Two"]["column"] == "Ready", "the server to have it")


def test_why_columns_and_lanes_refuse_is_seen_before_the_drop(board: Board) -> None:
    change(board, "Five", due="2020-01-06")
    page = in_lanes(board, "due")
    before = rows(board)
    review, overdue = head(page, "Review"), lane(page, "Overdue")
    board.lift("One")
    expect(review.get_by_text("Not from Backlog")).to_be_visible()
    expect(overdue.get_by_text("Nothing is planned into the past")).to_be_visible()
    expect(head(page, "Ready").get_by_text("Not from")).to_have_count(0)
    remedy = review.get_by_text("From Backlog a card goes to")
    expect(remedy).to_have_count(0)

    def cell() -> tuple[float, float]:
        return box(review)["x"] + 60, box(board.card("Two"))["y"]

    says = page.get_by_text(f"{board.key}-1 can't go to Review · No date")
    hold_over(board, cell, says.count, "the refusal")
    expect(remedy).to_be_visible()

    def late() -> tuple[float, float]:
        at = box(board.card("Five"))
        return at["x"] + at["width"] / 2, at["y"] + 2

    # What is said in full lies over the cell; it is held over the cell all the same.
    says = page.get_by_text(f"{board.key}-1 can't go to Ready · Overdue")
    hold_over(board, late, says.count, "the refusal of the lane")
    expect(overdue.get_by_text("Choose a day from today on.")).to_be_visible()
    hold_over(board, late, says.count, "the same refusal")
    expect(remedy).to_have_count(0)
    board.let_go()

    expect(review.get_by_text("Not from Backlog")).to_have_count(0)
    expect(overdue.get_by_text("Nothing is planned")).to_have_count(0)
    assert rows(board) == before
