"""What Ctrl+Z means: the last thing that one did in this tab, whatever it was, and nothing older."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board

WRITTEN = "Everything the bank has asked for"


def opened(board: Board, title: str) -> Locator:
    board.press(title, "Enter")
    card = board.page.get_by_role("dialog", name=re.compile("^Card"))
    expect(card.get_by_role("textbox", name="Title")).to_have_value(title)
    return card


def after_a_move(page: Page) -> tuple[Board, Locator]:
    """A board on which Alpha has been moved to Doing, and then opened."""
    board = Board(page, new_board(page, {"Ready": ["Alpha"], "Doing": ["Bravo"]}))
    board.press("Alpha", "Alt+ArrowRight")
    expect(board.cards_of("Ready")).to_have_count(0)
    return board, opened(board, "Alpha")


def undo_outside_of_a_text(page: Page, card: Locator, says: str) -> None:
    card.get_by_role("heading", name="History").click()
    page.keyboard.press("ControlOrMeta+z")
    expect(page.get_by_role("status").filter(has_text=says)).to_be_visible()


def stays_where_it_was_moved(board: Board, card: Locator) -> None:
    expect(card.get_by_role("button", name="Status: Doing")).to_be_visible()
    card.get_by_role("button", name="Close", exact=True).click()
    expect(board.column("Doing").get_by_role("article", name="Alpha")).to_be_visible()


def test_a_description_is_taken_back_and_not_the_move_before_it(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    board, card = after_a_move(page)
    text = card.get_by_role("region", name="Description")
    text.get_by_role("button", name="Write").click()
    text.get_by_role("textbox").fill(WRITTEN)
    text.get_by_role("button", name="Save").click()
    expect(text.get_by_text(WRITTEN)).to_be_visible()
    expect(text.get_by_role("button", name="Edit")).to_be_visible()

    undo_outside_of_a_text(page, card, f"Undone: {board.key}-1 changed")

    expect(text.get_by_text(WRITTEN)).to_have_count(0)
    stays_where_it_was_moved(board, card)


def test_a_relation_is_taken_back_and_not_the_move_before_it(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    board, card = after_a_move(page)
    links = card.get_by_role("region", name="Links")
    links.get_by_role("button", name="Related to: ").click()
    page.get_by_role("option", name="Bravo").click()
    expect(links.get_by_role("link", name="Bravo")).to_be_visible()

    undo_outside_of_a_text(page, card, f"Undone: relation of {board.key}-1")

    expect(links.get_by_role("link", name="Bravo")).to_have_count(0)
    page.keyboard.press("ControlOrMeta+Shift+z")
    expect(links.get_by_role("link", name="Bravo")).to_be_visible()
    stays_where_it_was_moved(board, card)
