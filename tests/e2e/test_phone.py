"""The board on a phone of 390 px: one column at a time, reached by tab or swipe; cards moved by a sheet, and added."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board

START = {"Backlog": ["Alpha"], "Ready": ["Bravo", "Charlie"], "Doing": ["Delta"]}


@pytest.fixture
def board(sign_in: Callable[..., Page]) -> Board:
    page = sign_in("qiming.zhou", phone=True)
    return Board(page, new_board(page, START, account="JL"))


def tab(board: Board, name: str) -> Locator:
    return board.page.get_by_role("navigation", name="Columns").get_by_role("button", name=name)


def test_tabs_lead_from_column_to_column(board: Board) -> None:
    expect(tab(board, "Backlog")).to_have_attribute("aria-current", "true")
    expect(board.card("Alpha")).to_be_in_viewport()
    expect(board.card("Bravo")).not_to_be_in_viewport()

    tab(board, "Doing").tap()
    expect(board.card("Delta")).to_be_in_viewport(ratio=1)
    expect(board.card("Alpha")).not_to_be_in_viewport()
    expect(tab(board, "Doing")).to_have_attribute("aria-current", "true")


def test_a_swipe_turns_to_the_next_column(board: Board) -> None:
    finger = board.page.context.new_cdp_session(board.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 330, "y": 600}]})
    for x in range(320, 60, -20):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": 600}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(board.card("Bravo")).to_be_in_viewport(ratio=1)
    expect(tab(board, "Ready")).to_have_attribute("aria-current", "true")


def test_a_sheet_moves_a_card(board: Board) -> None:
    board.card("Alpha").get_by_role("button", name=f"Move {board.key}-1 to…").tap()
    sheet = board.page.get_by_role("dialog", name="Move to…")
    sheet.get_by_role("radio", name="Ready").tap()
    sheet.get_by_role("radio", name="Bottom").tap()
    sheet.get_by_role("button", name="Move to Ready").tap()
    expect(sheet).to_be_hidden()
    board.shows({"Backlog": [], "Ready": ["Bravo", "Charlie", "Alpha"]})
    board.equals_server()


def test_a_card_is_added_to_the_column_that_is_seen(board: Board) -> None:
    tab(board, "Ready").tap()
    expect(board.card("Bravo")).to_be_in_viewport(ratio=1)
    board.page.get_by_role("button", name="New card", exact=True).tap()
    field = board.page.get_by_role("textbox", name="New card in Ready")
    field.fill("Echo")
    board.page.get_by_role("button", name="Add card").tap()
    expect(field).to_have_value("")
    board.shows({"Ready": ["Echo", "Bravo", "Charlie"]})
    board.equals_server()


def test_a_card_opens_although_a_field_over_it_closes(board: Board) -> None:
    """The empty field goes once the finger is up, and not from under it."""
    tab(board, "Ready").tap()
    board.page.get_by_role("button", name="New card", exact=True).tap()
    expect(board.page.get_by_role("textbox", name="New card in Ready")).to_be_focused()
    board.card("Bravo").tap()
    expect(board.page.get_by_role("dialog")).to_contain_text("Bravo")
    expect(board.page.get_by_role("textbox", name="New card in Ready")).to_have_count(0)


def test_a_card_scrolls_one_way_only_and_shows_all_it_knows(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zhiyuan.shen", phone=True)
    page.goto("/b/JL/JL-6")
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="All facts").tap()
    expect(sheet.get_by_role("button", name="Priority: Urgent")).to_be_in_viewport()
    wider = sheet.evaluate("""sheet => [...sheet.querySelectorAll("*")]
        .filter((one) => one.scrollHeight > one.clientHeight && getComputedStyle(one).overflowY === "auto")
        .map((one) => one.scrollWidth - one.clientWidth)""")
    assert set(wider) == {0}
