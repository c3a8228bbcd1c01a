"""Working on many cards, and taking things back: chosen with pointer and keys, moved together, undone in one step."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board, server_board
from tests.support.browser import ask
from tests.support.waiting import wait_until

CARDS = {"Backlog": ["One", "Two", "Three", "Four"], "Ready": ["Five"]}


@pytest.fixture
def page(sign_in) -> Page:
    return sign_in("ruoxi.lin")


@pytest.fixture
def board(page) -> Board:
    return Board(page, new_board(page, CARDS))


def bar(board: Board):
    return board.page.get_by_role("toolbar", name="Selected cards")


def said(board: Board, words: str):
    return board.page.get_by_role("status").filter(has_text=words)


def server_shows(board: Board, cards: dict[str, list[str]]) -> None:
    def holds() -> bool:
        there = server_board(board.page, board.key)
        return all(there[column] == titles for column, titles in cards.items())

    wait_until(holds, f"{cards} on the server")


def choose(board: Board, *titles: str) -> None:
    for title in titles:
        board.card(title).click(modifiers=["ControlOrMeta"])
    expect(bar(board)).to_contain_text(f"{len(titles)} selected")


def test_chosen_cards_are_dragged_together_and_come_back_in_one_step(board) -> None:
    choose(board, "One", "Three")
    board.lift("Three")
    board.hold_over_column("Ready", "Ready")
    board.let_go()
    board.shows({"Backlog": ["Two", "Four"], "Ready": ["Five", "One", "Three"]})
    server_shows(board, {"Ready": ["Five", "One", "Three"]})
    expect(said(board, "2 cards moved")).to_be_visible()

    board.page.keyboard.press("ControlOrMeta+z")

    board.shows(CARDS)
    expect(said(board, "Undone: 2 cards moved")).to_be_visible()
    server_shows(board, CARDS)
    board.page.keyboard.press("ControlOrMeta+Shift+z")
    board.shows({"Backlog": ["Two", "Four"], "Ready": ["Five", "One", "Three"]})
    server_shows(board, {"Ready": ["Five", "One", "Three"]})


def test_everything_with_keys(board) -> None:
    choose(board, "One")  # what can be done with cards comes a moment after the first paint, or with the first choice
    board.press("One", "Shift+ArrowDown")
    expect(bar(board)).to_contain_text("2 selected")
    board.press("Four", "x")
    expect(bar(board)).to_contain_text("3 selected")
    board.page.keyboard.press("x")
    expect(bar(board)).to_contain_text("2 selected")
    board.card("Two").focus()
    board.page.keyboard.press("p")
    board.page.get_by_role("option", name="High").click()
    board.page.keyboard.press("Alt+ArrowRight")
    board.shows({"Backlog": ["Three", "Four"], "Ready": ["Five", "One", "Two"]})
    board.page.keyboard.press("Escape")
    expect(bar(board)).to_have_count(0)
    board.press("Three", "ControlOrMeta+a")
    expect(bar(board)).to_contain_text("2 selected")
    board.page.keyboard.press("e")
    board.shows({"Backlog": []})
    expect(said(board, "2 cards archived")).to_be_visible()
    said(board, "2 cards archived").get_by_role("button", name="Undo").click()
    board.shows({"Backlog": ["Three", "Four"]})
    server_shows(board, {"Backlog": ["Three", "Four"], "Ready": ["Five", "One", "Two"]})


def test_a_range_with_shift_and_a_click_that_opens_nothing(board) -> None:
    board.card("One").click(modifiers=["ControlOrMeta"])
    board.card("Three").click(modifiers=["Shift"])
    expect(bar(board)).to_contain_text("3 selected")
    expect(board.page.get_by_role("dialog")).to_have_count(0)
    board.card("Two").click(modifiers=["ControlOrMeta"])
    expect(bar(board)).to_contain_text("2 selected")


def test_what_somebody_has_changed_since_is_not_undone_and_they_are_named(board, sign_in) -> None:
    board.press("One", "Alt+ArrowRight")
    server_shows(board, {"Ready": ["One", "Five"]})
    other = sign_in("zhiyuan.shen")
    project = ask(other, "GET", f"/projects/by-key/{board.key}")["id"]
    snapshot = ask(other, "GET", f"/projects/{project}/board")
    row = next(row for row in snapshot["tasks"]["rows"] if "One" in row)
    target = next(status["id"] for status in snapshot["statuses"] if status["category"] == "active")
    ask(other, "PUT", f"/tasks/{row[0]}/position", {"status": target, "after": None, "before": None})
    board.shows({"Doing": ["One"]})

    board.page.keyboard.press("ControlOrMeta+z")

    expect(board.page.get_by_text(re.compile("has changed this since"))).to_be_visible()
    board.shows({"Doing": ["One"], "Backlog": ["Two", "Three", "Four"]})


def test_a_pasted_list_becomes_cards_once_their_number_was_seen(board) -> None:
    board.page.evaluate("document.activeElement?.blur()")
    board.column("Ready").get_by_role("button", name="New card in Ready").click()
    field = board.page.get_by_role("textbox", name="New card in Ready")
    field.evaluate(
        """(field) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "- Alpha\\n- Beta\\n- Gamma\\n- Delta");
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    expect(board.page.get_by_role("button", name="Add 4 cards")).to_be_visible()
    board.page.keyboard.press("Enter")
    board.shows({"Ready": ["Alpha", "Beta", "Gamma", "Delta", "Five"]})
    server_shows(board, {"Ready": ["Alpha", "Beta", "Gamma", "Delta", "Five"]})
    said(board, "4 cards added").get_by_role("button", name="Undo").click()
    board.shows(CARDS)
    server_shows(board, CARDS)


def test_in_chinese_and_in_a_fresh_tab(sign_in) -> None:
    page = sign_in("ruoxi.lin", language="zh-Hans")
    key = new_board(page, CARDS)
    page.goto(f"/b/{key}")
    page.get_by_role("article", name="One").click(modifiers=["ControlOrMeta"])
    page.get_by_role("article", name="Two").click(modifiers=["ControlOrMeta"])
    expect(page.get_by_role("toolbar", name="已选任务")).to_contain_text("已选2项")
    page.keyboard.press("e")
    expect(page.get_by_role("status").filter(has_text="已归档2项任务")).to_be_visible()
    wait_until(lambda: server_board(page, key)["Backlog"] == ["Three", "Four"], "archived on the server")

    page.reload()
    page.get_by_role("article", name="Three").wait_for()
    page.keyboard.press("ControlOrMeta+z")

    expect(page.get_by_role("status").filter(has_text="已撤销：恢复2项任务")).to_have_count(0)
    expect(page.get_by_role("article", name="One")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="已撤销：归档2项任务")).to_be_visible()
