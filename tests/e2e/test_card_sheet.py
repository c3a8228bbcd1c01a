"""One card in full, by its address: edited, ticked, talked about, and all of it live in the other browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board
from tests.support.browser import ask

STEPS = ["Ask the bank", "Write it down"]


def new_card(page: Page) -> str:
    """A card with a checklist, among others in its column; its key."""
    key = new_board(page, {"Doing": ["Alpha", "Bravo"]}, account="JL")
    project = ask(page, "GET", f"/projects/by-key/{key}")["id"]
    doing = next(
        one["id"] for one in ask(page, "GET", f"/projects/{project}/board")["statuses"] if one["name"] == "Doing"
    )
    card = {"title": "Charlie", "status": doing, "checklist": STEPS}
    return str(ask(page, "POST", f"/projects/{project}/tasks", card)["key"])


def sheet(page: Page, card: str) -> Locator:
    page.goto(f"/b/{card.rpartition('-')[0]}/{card}")
    opened = page.get_by_role("dialog", name=f"Card {card}")
    expect(opened).to_be_visible()
    return opened


def test_an_address_leads_to_a_card_over_its_board(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    card = sheet(page, "JL-6")
    expect(card.get_by_role("textbox", name="Title")).to_have_value("Index + parallel export patch")
    expect(card.get_by_role("button", name="Function: Operations")).to_be_visible()
    expect(card.get_by_role("link", name="申请调度日志只读权限")).to_be_visible()
    expect(card.get_by_role("checkbox")).to_have_count(5)
    expect(card.get_by_role("region", name="History")).to_contain_text("Zhou Qiming moved it from Ready to Doing")

    card.get_by_role("button", name="Next card in the column").click()
    expect(page).to_have_url(re.compile(r"/b/JL/JL-18$"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/b/JL$"))
    expect(page.get_by_role("article", name="JL-18 ")).to_be_focused()


def test_a_card_opens_with_a_click_or_enter_and_back_leads_back(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    board = Board(page, new_board(page, {"Doing": ["Alpha"]}))
    board.card("Alpha").click()
    expect(page.get_by_role("dialog", name=f"Card {board.key}-1")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    board.press("Alpha", "Enter")
    expect(page.get_by_role("dialog", name=f"Card {board.key}-1")).to_be_visible()


def test_what_is_changed_in_one_sheet_stands_in_the_other(sign_in: Callable[..., Page]) -> None:
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(qiming)
    mine, theirs = sheet(qiming, key), sheet(zimo, key)
    history = theirs.get_by_role("region", name="History")

    title = mine.get_by_role("textbox", name="Title")
    title.fill("Charlie calls the bank")
    title.press("Enter")
    expect(theirs.get_by_role("textbox", name="Title")).to_have_value("Charlie calls the bank")
    expect(history).to_contain_text("Zhou Qiming renamed it from “Charlie” to “Charlie calls the bank”")

    step = theirs.get_by_role("textbox", name="Add a step")
    step.fill("Tell everybody")
    step.press("Enter")
    expect(mine.get_by_role("checkbox", name="Tell everybody")).not_to_be_checked()

    mine.get_by_role("checkbox", name=STEPS[0]).check()
    expect(theirs.get_by_role("checkbox", name=STEPS[0])).to_be_checked()
    expect(history).to_contain_text(f"Zhou Qiming ticked “{STEPS[0]}”")
    theirs.get_by_role("button", name="Close", exact=True).click()
    card = zimo.get_by_role("article", name="Charlie calls the bank")
    expect(card.get_by_role("img", name="1 of 3 on the checklist")).to_be_visible()
    expect(card.get_by_text("Zhou Qiming changed it")).to_be_visible()


def test_a_comment_mentions_somebody_and_appears_at_once(sign_in: Callable[..., Page]) -> None:
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(qiming)
    mine, theirs = sheet(qiming, key), sheet(zimo, key)

    comment = mine.get_by_label("Write a comment")
    comment.press_sequentially("Please look, @luo")
    expect(mine.get_by_role("option", name="Luo Yifan")).to_be_visible()
    comment.press("Enter")
    expect(comment).to_have_value("Please look, @Luo Yifan ")
    comment.press_sequentially("today")
    comment.press("Control+Enter")
    for one in (mine, theirs):
        talk = one.get_by_role("region", name="Comments")
        expect(talk).to_contain_text("Please look, @Luo Yifan today")
        expect(talk.get_by_text("@Luo Yifan", exact=True)).to_be_visible()
    expect(theirs.get_by_role("region", name="History")).to_contain_text("Zhou Qiming commented")


def test_facts_are_chosen_and_seen_on_the_board(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    card = sheet(page, key)
    card.get_by_role("button", name="Owner: ").click()
    page.get_by_role("option", name="Luo Yifan").click()
    card.get_by_role("button", name="Status: Doing").click()
    page.get_by_role("option", name="Review").click()
    expect(card.get_by_role("button", name="Status: Review")).to_be_visible()
    expect(card.get_by_role("region", name="History")).to_contain_text("Zhou Qiming moved it from Doing to Review")
    card.get_by_role("button", name="Close", exact=True).click()

    face = page.get_by_role("region", name="Review, 1 card").get_by_role("article", name="Charlie")
    expect(face.get_by_role("img", name="Luo Yifan")).to_be_visible()


def test_a_comment_that_was_not_sent_is_still_there_later(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    comment = sheet(page, key).get_by_label("Write a comment")
    comment.fill("Half a thought")
    page.reload()
    expect(comment).to_have_value("Half a thought")


def test_keys_and_the_palette_work_on_the_open_card(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Doing": ["Alpha", "Bravo"]}, account="JL")
    card = sheet(page, f"{key}-1")
    expect(card.get_by_role("textbox", name="Title")).to_have_value("Alpha")
    page.keyboard.press("w")
    expect(card.get_by_role("button", name="Watch", exact=True)).to_be_visible()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"/{key}-2$"))
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Bravo")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_text("Hand over…")).to_be_visible()
    expect(keys.get_by_text("Move to…")).to_have_count(0)  # the board's keys rest
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search and act").fill("hand over")
    page.get_by_role("option", name=re.compile("^Hand over…")).click()
    expect(page.get_by_role("dialog", name=f"Hand {key}-2 over")).to_be_visible()


def test_a_card_that_is_not_there_says_so(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    page.goto("/b/JL/JL-999")
    expect(page.get_by_text("It doesn't exist, or you don't have access to it.")).to_be_visible()
