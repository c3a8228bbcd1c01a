"""Searching and acting from anywhere: one Chinese character finds, only what one may see, and actions run from there."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import new_board, snapshot
from tests.support.browser import ask


def palette(page: Page) -> tuple[Locator, Locator]:
    """Open it with its key; the dialog, and where one writes."""
    page.keyboard.press("ControlOrMeta+k")
    dialog = page.get_by_role("dialog", name="Search and act")
    return dialog, dialog.get_by_role("combobox")


def test_one_character_finds_cards_and_comments_for_those_who_see_them(sign_in: Callable[..., Page]) -> None:
    qiming, other = sign_in("qiming.zhou"), sign_in("ruoxi.lin")
    key = new_board(qiming, {"Doing": ["Alpha", "鳄鱼计划", *(f"Card {n}" for n in range(3))]}, account="JL")
    row = next(row for row in snapshot(qiming, key)["tasks"]["rows"] if "Alpha" in row)
    for number in range(12):
        ask(qiming, "POST", f"/tasks/{row[0]}/comments", {"body": f"Something else, {number}\n\nin two lines"})
    said = ask(qiming, "POST", f"/tasks/{row[0]}/comments", {"body": "客户问的是鳄鱼，不是恐龙"})["id"]

    other.goto("/accounts")
    expect(other.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    dialog, field = palette(other)
    field.fill("鳄")
    expect(dialog.get_by_text("Nothing found for “鳄”")).to_be_visible()

    qiming.goto("/accounts")
    expect(qiming.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    dialog, field = palette(qiming)
    field.fill("鳄")
    expect(dialog.get_by_role("option", name=re.compile(rf"{key}-2 鳄鱼计划"))).to_be_visible()
    field.press("Enter")
    expect(qiming.get_by_role("dialog", name=f"Card {key}-2")).to_be_visible()
    qiming.keyboard.press("Escape")

    dialog, field = palette(qiming)
    field.fill("恐龙")
    dialog.get_by_role("option", name=re.compile("恐龙")).first.click()
    expect(qiming).to_have_url(re.compile(f"/b/{key}/{key}-1#comment-{said}$"))
    comment = qiming.get_by_role("region", name="Comments").get_by_role("listitem").filter(has_text="恐龙")
    expect(comment).to_have_attribute("aria-current", "true")
    expect(comment).to_be_in_viewport(ratio=1)


def test_an_action_runs_from_the_palette_and_the_focus_comes_back(sign_in: Callable[..., Page]) -> None:
    page = sign_in("yutong.bai")
    page.goto("/accounts")
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    dialog, field = palette(page)
    field.fill("appear")
    dialog.get_by_role("option", name="Appearance").click()
    expect(dialog.get_by_role("button", name="Appearance: Back to all actions")).to_be_visible()
    dialog.get_by_role("option", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(dialog).to_be_hidden()

    dialog, field = palette(page)
    field.fill("initiatives")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Initiatives", level=1)).to_be_visible()


def test_the_grouping_of_a_board_and_the_open_card_are_changed_from_the_palette(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Doing": ["Alpha", "Bravo"]}, account="JL")
    page.goto(f"/b/{key}")
    expect(page.get_by_role("region", name="Doing, 2 cards")).to_be_visible()
    dialog, field = palette(page)
    field.fill("group col")
    dialog.get_by_role("option", name="Group into columns by").click()
    field.fill("prio")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"columns=priority"))
    expect(page.get_by_role("region", name="No priority, 2 cards")).to_be_visible()

    page.get_by_role("article", name="Alpha").press("Enter")
    card = page.get_by_role("dialog", name=f"Card {key}-1")
    expect(card.get_by_role("button", name="Priority: No priority")).to_be_visible()
    dialog, field = palette(page)
    field.fill("priority")
    dialog.get_by_role("option", name=re.compile(f"^Priority.*{key}-1")).click()
    dialog.get_by_role("option", name="High").click()
    expect(card.get_by_role("button", name="Priority: High")).to_be_visible()

    # The keys of the board mean the open card too.
    page.keyboard.press("a")
    field.fill("Luo")
    field.press("Enter")
    expect(card.get_by_role("button", name="Owner: Luo Yifan")).to_be_visible()
    page.keyboard.press("m")
    dialog.get_by_role("option", name="Review").click()
    expect(card.get_by_role("button", name="Status: Review")).to_be_visible()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    for word in ("Owner", "Label", "Due", "Priority", "Status"):
        expect(keys.get_by_text(word, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="High, 1 card").get_by_role("article", name="Alpha")).to_be_visible()


def test_the_palette_leads_to_queues_teams_and_every_section_of_the_settings(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    page.goto("/accounts")
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    dialog, field = palette(page)
    field.fill("queue supp")
    dialog.get_by_role("option", name=re.compile("^Support")).click()
    expect(page.get_by_role("heading", name="Queue of Support", level=1)).to_be_visible()
    expect(dialog).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile(r"/mine"))
    dialog, field = palette(page)
    field.fill("notific")
    dialog.get_by_role("option", name=re.compile("^Notifications")).click()
    expect(page).to_have_url(re.compile(r"/settings/notifications"))
