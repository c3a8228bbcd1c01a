"""A card passes from one function to another: asked, returned, asked again, and taken up by a colleague in another browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board
from tests.support.browser import ask


def test_a_hand_over_is_returned_asked_for_again_and_accepted(sign_in: Callable[..., Page]) -> None:
    seller, supporter = sign_in("ruoxi.lin"), sign_in("yifan.luo", language="zh-Hans")
    people = {page: ask(page, "GET", "/me") for page in (seller, supporter)}
    key = new_board(seller, {"Ready": ["Tablets for plant 3"]}, account="HY")
    project = ask(seller, "GET", f"/projects/by-key/{key}")["id"]
    ask(seller, "PUT", f"/projects/{project}/people/{people[supporter]['id']}", {"role": "member"})
    queue = "/queues/support"

    board = Board(seller, key)
    board.card("Tablets for plant 3").click()
    hand_over(seller, note="Twelve of them, by Friday", on="next fri")
    expect(seller.get_by_role("region", name="Hand-over")).to_contain_text("Lin Ruoxi asked Support to take this up")
    expect(seller.get_by_role("region", name="Hand-over").get_by_role("button")).to_have_text(
        ["Take it up", "Return…", "Ask no more"]  # who made the initiative manages it
    )
    seller.keyboard.press("Escape")
    expect(board.card("Tablets for plant 3")).to_contain_text("Waiting for Support since today")

    supporter.goto("/inbox")
    expect(supporter.get_by_text("林若溪请“支持”接手：Twelve of them, by Friday")).to_be_visible()
    supporter.goto(queue)
    card = supporter.get_by_role("article", name="Tablets for plant 3")
    expect(card).to_contain_text("今天起等待“支持”接手")
    card.click()
    asked = supporter.get_by_role("region", name="工作交接")
    expect(asked.get_by_role("button")).to_have_text(["接手", "退回…"])
    asked.get_by_role("button", name="退回…").click()
    supporter.get_by_role("textbox", name="原因").fill("型号没有写")
    supporter.get_by_role("button", name="退回", exact=True).click()
    expect(asked).to_have_count(0)
    supporter.keyboard.press("Escape")
    expect(card).to_have_count(0)

    expect(board.card("Tablets for plant 3")).not_to_contain_text("Waiting")
    board.card("Tablets for plant 3").click()
    expect(seller.get_by_text(re.compile("returned it after .*: “型号没有写”"))).to_be_visible()
    hand_over(seller, note="Model T-20", on=None)
    seller.keyboard.press("Escape")

    card.click()
    asked.get_by_role("button", name="接手").click()
    expect(asked).to_have_count(0)
    expect(supporter.get_by_text(re.compile("罗一帆代表“支持”接手"))).to_be_visible()
    expect(board.card("Tablets for plant 3")).not_to_contain_text("Waiting")
    expect(board.card("Tablets for plant 3").get_by_role("img", name="Luo Yifan")).to_be_visible()


def hand_over(page: Page, *, note: str, on: str | None) -> None:
    """From the card's menu, as somebody at its sheet."""
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Hand over…").click()
    form = page.get_by_role("dialog", name=re.compile("^Hand .* over$"))
    form.get_by_role("button", name="To which function").click()
    page.get_by_role("option", name="Support").click()
    form.get_by_role("textbox", name="What they need to know").fill(note)
    if on:
        form.get_by_role("button", name="Answer needed by").click()
        page.get_by_role("dialog", name="Answer needed by").get_by_role("textbox").fill(on)
        page.keyboard.press("Enter")
        expect(form.get_by_label("At what time")).to_have_value("17:00")
    form.get_by_role("button", name="Ask", exact=True).click()
    expect(form).to_have_count(0)
