"""What a board says about a move before it happens, new cards, and looking at only some of them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board
from tests.support.browser import ask

START = {"Backlog": ["Alpha", "Bravo"], "Doing": ["Charlie", "Delta", "Echo", "Foxtrot"]}


@pytest.fixture
def board(sign_in: Callable[..., Page]) -> Board:
    page = sign_in("qiming.zhou")
    return Board(page, new_board(page, START, account="JL"))


def head(board: Board) -> int:
    """How far the board's story has come."""
    seq: int = ask(board.page, "GET", f"/projects/by-key/{board.key}")["seq"]
    return seq


def test_a_refusal_is_explained_before_the_drop_and_nothing_changes(board: Board) -> None:
    before = head(board)
    board.lift("Alpha")
    review = board.column("Review")
    expect(review.get_by_text("Not from Backlog")).to_be_visible()
    board.hold_over_column("Review", f"{board.key}-1 can't go to Review")
    expect(review.get_by_text("From Backlog a card goes to Ready, Doing or Waiting customer.")).to_be_visible()
    board.let_go()

    expect(review.get_by_text("Not from Backlog")).to_have_count(0)
    board.shows({**START, "Review": []})
    board.equals_server()
    assert head(board) == before


def test_the_menu_says_why_a_column_refuses(board: Board) -> None:
    dialog = board.move_to("Alpha")
    refused = dialog.get_by_role("radio", name="Review Not from Backlog")
    expect(refused).to_be_disabled()
    refused.click(force=True)
    expect(refused).not_to_be_checked()
    expect(dialog.get_by_role("radio", name="Doing 4 of 4")).to_be_enabled()
    board.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(board.card("Alpha")).to_be_focused()
    board.equals_server()


def test_a_way_that_only_some_functions_may_take(sign_in: Callable[..., Page]) -> None:
    qiming, yutong = sign_in("qiming.zhou"), sign_in("yutong.bai")
    workflows = ask(qiming, "GET", "/workspace")["workflows"]
    campaign = next(one["id"] for one in workflows if one["code"] == "campaign")
    key = new_board(qiming, {"Approval": ["Alpha"]}, account="JL", workflow=campaign)

    board = Board(yutong, key)
    board.lift("Alpha")
    board.hold_over_column("Live", f"{key}-1 can't go to Live")
    live = board.column("Live")
    expect(live.get_by_text("Only for Account management, Marketing or a manager")).to_be_visible()
    expect(live.get_by_text("Ask Account management, Marketing or a manager to move it to Live.")).to_be_visible()
    board.let_go()
    board.shows({"Approval": ["Alpha"], "Live": []})
    board.move_to("Alpha").get_by_role("button", name="Ask Zhou Qiming").click()
    comment = yutong.get_by_label("Write a comment")
    expect(comment).to_have_value(f"@Zhou Qiming Could you move {key}-1 to Live, please?")
    comment.press("ControlOrMeta+Enter")
    expect(yutong.get_by_role("region", name="Comments")).to_contain_text("@Zhou Qiming Could you move")

    board = Board(qiming, key)
    board.lift("Alpha")
    board.hold_over_column("Live", f"Moving {key}-1 to Live, 1 of 1")
    board.let_go()
    board.shows({"Approval": [], "Live": ["Alpha"]})
    board.equals_server()


def test_a_column_over_its_limit_says_so_in_words(board: Board) -> None:
    expect(board.column("Doing").get_by_text("4 / 4", exact=True)).to_be_visible()
    board.lift("Alpha")
    board.hold_over("Doing", 1, f"Moving {board.key}-1 to Doing, 1 of 5")
    expect(board.column("Doing").get_by_text("4 → 5 / 4")).to_be_visible()
    board.let_go()
    expect(board.column("Doing").get_by_text("5 / 4, over limit")).to_be_visible()


def test_moves_are_told_to_those_who_do_not_see_them(board: Board) -> None:
    told = board.page.get_by_role("status")
    board.press("Alpha", "Alt+ArrowDown")
    expect(told.filter(has_text=f"{board.key}-1 is now 2 of 2 in Backlog")).to_be_attached()
    board.press("Alpha", "Alt+ArrowLeft")
    expect(told.filter(has_text=f"{board.key}-1 is at the edge of the board")).to_be_attached()


@pytest.mark.parametrize("key", ["m", "?", "c"])
def test_what_a_key_opened_gives_the_focus_back_to_the_card(board: Board, key: str) -> None:
    board.press("Charlie", key)
    opened = board.page.get_by_role("dialog").or_(board.page.get_by_role("textbox", name="New card in Doing"))
    expect(opened).to_be_visible()
    board.page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(board.card("Charlie")).to_be_focused()


def test_cards_are_written_one_after_the_other_with_enter(board: Board) -> None:
    board.add("Ready", "Golf", "Hotel")
    board.shows({"Ready": ["Hotel", "Golf"]})
    expect(board.card("Golf").get_by_text(f"{board.key}-7", exact=True)).to_be_visible()
    expect(board.page.get_by_role("textbox", name="New card in Ready")).to_have_count(0)
    board.equals_server()


def test_enter_that_ends_a_composition_adds_nothing(board: Board) -> None:
    board.page.keyboard.press("c")
    field = board.page.get_by_role("textbox", name="New card in Backlog")
    expect(field).to_be_focused()
    heard = field.evaluate_handle(
        """(field) => {
             const heard = [];
             field.addEventListener("keydown", (event) => heard.push([event.key, event.isComposing]));
             return heard;
           }"""
    )
    typing = board.page.context.new_cdp_session(board.page)
    typing.send("Input.imeSetComposition", {"text": "zhunbei", "selectionStart": 7, "selectionEnd": 7})
    typing.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 13})
    assert heard.json_value() == [["Enter", True]]
    typing.send("Input.insertText", {"text": "准备报价"})
    expect(field).to_have_value("准备报价")
    board.shows({"Backlog": START["Backlog"]})

    field.press("Enter")
    board.shows({"Backlog": ["准备报价", *START["Backlog"]]})
    board.equals_server()


def test_an_empty_board_teaches_how_to_begin(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {})
    page.goto(f"/b/{key}")
    expect(page.get_by_role("heading", name="Nothing on this board yet")).to_be_visible()
    page.keyboard.press("c")
    field = page.get_by_role("textbox", name="New card in Backlog")
    expect(field).to_be_focused()
    field.press("Escape")
    page.get_by_role("button", name="Add the first card").click()
    field.fill("Alpha")
    field.press("Enter")
    expect(page.get_by_role("article", name=f"{key}-1 Alpha")).to_be_visible()


def test_a_filter_stands_in_the_address_and_shows_what_its_chip_counts(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    board = Board(page, "JL")
    everything = page.get_by_role("article").count()
    chip = page.get_by_role("toolbar", name="Filters").get_by_role("button", name="Overdue")
    counted = int(re.sub(r"\D", "", chip.inner_text()))
    chip.click()
    expect(page).to_have_url(re.compile(r"/b/JL\?q=is%3Aoverdue$"))
    expect(page.get_by_role("article")).to_have_count(counted)
    assert 0 < counted < everything

    page.reload()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("article")).to_have_count(counted)
    expect(board.column("Backlog").get_by_text("No card here fits the filter")).to_be_visible()
    page.get_by_role("toolbar", name="Filters").get_by_role("button", name="Clear").click()
    expect(page.get_by_role("article")).to_have_count(everything)
    expect(page).to_have_url(re.compile(r"/b/JL$"))
