"""The parts of a card that lead to other cards and people: lines, sub-tasks, relations, copies, reactions."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.test_card_sheet import STEPS, new_card, sheet
from tests.support.browser import ask


def test_a_line_is_moved_by_the_menu_and_becomes_a_card(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    card = sheet(page, new_card(page))
    lines = card.get_by_role("region", name="Checklist").get_by_role("checkbox")
    card.get_by_role("button", name=f"“{STEPS[0]}”: move").click()
    page.get_by_role("menuitem", name="Move down").click()
    expect(lines.first).to_have_accessible_name(STEPS[1])
    card.get_by_role("button", name=f"“{STEPS[0]}”: move").click()
    page.get_by_role("menuitem", name="Turn into a card").click()
    expect(lines).to_have_count(1)
    part = card.get_by_role("region", name="Links").get_by_role("listitem").filter(has_text="Part of it")
    expect(part).to_contain_text(STEPS[0])


def test_sub_tasks_and_relations_also_to_other_boards(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    card = sheet(page, new_card(page))
    links = card.get_by_role("region", name="Links")
    part = links.get_by_role("textbox", name="Add a sub-task")
    part.fill("A smaller one")
    part.press("Enter")
    expect(links.get_by_role("link", name="A smaller one")).to_be_visible()

    links.get_by_role("button", name="Related to: ").click()
    page.get_by_role("combobox", name="Search").fill("JL-6")
    page.get_by_role("option", name="Relate to JL-6").click()
    expect(links.get_by_role("link", name="Index + parallel export patch")).to_be_visible()
    expect(card.get_by_role("region", name="History")).to_contain_text("related it to a card of another initiative")
    links.get_by_role("button", name="Remove the link to JL-6").click()
    expect(links.get_by_role("link", name="Index + parallel export patch")).to_have_count(0)


def test_a_copy_takes_along_what_was_chosen(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    card = sheet(page, new_card(page))
    card.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Duplicate…").click()
    dialog = page.get_by_role("dialog", name=re.compile("^Duplicate"))
    dialog.get_by_role("textbox", name="Title").fill("Delta")
    dialog.get_by_role("button", name="Duplicate").click()
    copy = page.get_by_role("dialog", name=re.compile("^Card"))
    expect(copy.get_by_role("textbox", name="Title")).to_have_value("Delta")
    expect(copy.get_by_role("checkbox")).to_have_count(len(STEPS))


def test_reactions_and_quotes_reach_the_other_browser(sign_in: Callable[..., Page]) -> None:
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(qiming)
    task = ask(qiming, "GET", f"/tasks/by-key/{key}")["id"]
    ask(qiming, "POST", f"/tasks/{task}/comments", {"body": "It is done"})
    mine, theirs = sheet(qiming, key), sheet(zimo, key)
    theirs.get_by_role("button", name="React to the comment by Zhou Qiming").click()
    zimo.get_by_role("button", name="Celebration").click()
    expect(mine.get_by_role("button", name="Celebration: Qiu Zimo")).to_be_visible()
    theirs.get_by_role("button", name="Celebration: Qiu Zimo").click()
    expect(mine.get_by_role("button", name="Celebration: Qiu Zimo")).to_have_count(0)
    theirs.get_by_role("button", name="Quote the comment by Zhou Qiming").click()
    expect(theirs.get_by_label("Write a comment")).to_have_value("> **Zhou Qiming**\n> It is done\n\n")


def test_who_changes_a_comment_writes_on_at_once(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    task = ask(page, "GET", f"/tasks/by-key/{key}")["id"]
    ask(page, "POST", f"/tasks/{task}/comments", {"body": "It is done"})
    comments = sheet(page, key).get_by_role("region", name="Comments")
    comments.get_by_role("button", name="Comment by Zhou Qiming: edit or delete").click()
    page.get_by_role("menuitem", name="Edit").click()
    area = comments.get_by_role("textbox", name="Edit the comment")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(area).to_be_focused()
    expect(comments.get_by_role("button", name="Save")).to_be_in_viewport()
    page.keyboard.type(" at last")
    page.keyboard.press("Control+Enter")
    expect(comments).to_contain_text("at last")
