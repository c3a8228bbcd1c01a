"""What people write on a card: the editor, its Markdown, two who write the same text, and days in words."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_card_sheet import new_card, sheet
from tests.support.browser import ask

NASTY = (
    "# Plan #\n* one\n* two\n\n| a |\n|---|\n| `b` |\n\n<details>raw</details>\n\nSee [it][ref].\n\n[ref]: /b/JL/JL-6"
)


def described(page: Page, key: str) -> str:
    return str(ask(page, "GET", f"/tasks/by-key/{key}")["description"])


def describe(page: Page, key: str, text: str) -> None:
    """Write the description as Markdown, through the page."""
    card = sheet(page, key)
    card.get_by_role("button", name="Write").first.click()
    card.get_by_role("button", name="Markdown").click()
    card.get_by_role("textbox", name="Description").fill(text)
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("button", name="Edit").first).to_be_visible()


def editor(card: Locator, edit: str = "Edit", label: str = "Description") -> Locator:
    card.get_by_role("button", name=edit).first.click()
    area = card.get_by_role("textbox", name=label)
    expect(area).to_be_visible()
    return area


def test_what_nobody_touches_stays_byte_for_byte(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    describe(page, key, NASTY)
    assert described(page, key) == NASTY

    card = sheet(page, key)
    area = editor(card)
    area.get_by_text("Plan", exact=True).click()
    page.keyboard.press("End")
    page.keyboard.type(" B")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("button", name="Edit").first).to_be_visible()
    expect(card.get_by_role("heading", name="Plan B")).to_be_visible()
    assert described(page, key) == NASTY.replace("# Plan #", "# Plan B")


def test_lists_steps_and_mentions_are_written_as_markdown(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    card = sheet(page, key)
    area = editor(card, "Write")
    card.get_by_role("button", name="List to tick").click()
    area.press_sequentially("Ask @luo")
    page.get_by_role("option", name="Luo Yifan").click()
    area.press_sequentially("today")
    area.press("Enter")
    area.press_sequentially("Write it down")
    area.press("Control+Enter")
    expect(card.get_by_text("@Luo Yifan", exact=True)).to_be_visible()
    person = next(one for one in ask(page, "GET", "/workspace")["people"] if one["name"] == "Luo Yifan")
    expected = f"- [ ] Ask [@Luo Yifan](/people/{person['id']}) today\n- [ ] Write it down"
    assert described(page, key) == expected


def test_a_box_that_is_typed_can_be_ticked_and_space_at_the_end_of_a_line_leaves_no_trace(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    card = sheet(page, key)
    card.get_by_text("What is it about, and when is it done?").click()
    area = card.get_by_role("textbox", name="Description")
    area.press_sequentially("Before the visit: ")
    area.press("Enter")
    area.press_sequentially("[ ] Call")
    area.press("Enter")
    area.press_sequentially("Write")
    for _ in range(2):
        area.press("Enter")
    area.press_sequentially("- [x] Ask")
    expect(area.get_by_role("checkbox", name="Ask")).to_be_checked()
    expect(area.get_by_role("checkbox", name="Call")).not_to_be_checked()
    area.press("Control+Enter")
    expect(card.get_by_role("button", name="Edit").first).to_be_visible()
    written = described(page, key)
    assert re.sub(r"\n+", "\n", written) == "Before the visit:\n- [ ] Call\n- [ ] Write\n- [x] Ask", written


def test_two_people_write_one_text_and_both_versions_stand_side_by_side(sign_in: Callable[..., Page]) -> None:
    """Nobody's words are lost: not the first one's, and not the draft of the second."""
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(qiming)
    describe(qiming, key, "Ours")
    mine, theirs = sheet(qiming, key), sheet(zimo, key)
    areas = editor(mine), editor(theirs)
    for area, word in zip(areas, ("first", "second"), strict=True):
        area.press("End")
        area.press_sequentially(f" {word}")
    mine.get_by_role("button", name="Save").click()
    expect(theirs.get_by_text("Somebody has changed this text meanwhile.")).to_be_visible()
    theirs.get_by_role("button", name="Save", exact=True).click()
    conflict = theirs.get_by_role("alert", name="Zhou Qiming changed this text while you were writing")
    expect(conflict).to_contain_text("Ours first")
    expect(conflict).to_contain_text("Ours second")
    assert described(zimo, key) == "Ours first"
    conflict.get_by_role("button", name="Take what stands there").click()
    expect(theirs.get_by_text("Ours first")).to_be_visible()
    theirs.get_by_role("button", name="Go on with it").click()
    expect(theirs.get_by_role("textbox", name="Description")).to_contain_text("Ours second")


def test_a_day_is_understood_before_it_is_taken(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    card = sheet(page, key)
    card.get_by_role("button", name="Due: ").click()
    words = page.get_by_role("textbox", name="Due in words")
    words.fill("whenever")
    expect(page.get_by_text("This day isn’t understood.")).to_be_visible()
    words.press("Enter")
    words.fill("31 Dec 2027")
    expect(page.get_by_role("button", name="Friday")).to_be_visible()
    words.press("Enter")
    expect(card.get_by_role("button", name="Due: 31 Dec 2027")).to_be_visible()


def test_a_day_in_chinese(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou", language="zh-Hans")
    key = new_card(page)
    page.goto(f"/b/{key.rpartition('-')[0]}/{key}")
    page.get_by_role("button", name=re.compile("^截止")).click()
    words = page.get_by_role("textbox", name="用文字输入截止日期")
    words.fill("2027年12月31日")
    expect(page.get_by_role("button", name="2027年12月31日星期五")).to_be_visible()
    words.press("Enter")
    expect(page.get_by_role("button", name="截止: 2027年12月31日")).to_be_visible()


def test_notes_of_an_account_and_comments_mention_cards_of_other_boards(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key, other = new_card(page), new_card(page)
    board = other.rpartition("-")[0]
    card = sheet(page, key)
    comment = card.get_by_label("Write a comment")
    comment.press_sequentially(f"As in @{other}")
    page.get_by_role("option", name=f"Charlie {other}").click()
    expect(comment).to_have_value(f"As in [{other}](/b/{board}/{other}) ")
    comment.press("ControlOrMeta+Enter")
    expect(card.get_by_role("region", name="Comments").get_by_role("link", name=f"{other} Charlie")).to_be_visible()

    page.goto("/accounts/JL")
    notes = page.get_by_role("region", name="Notes")
    notes.get_by_role("button", name=re.compile("Edit|Write")).click()
    area = notes.get_by_role("textbox", name="Notes")
    area.press("ControlOrMeta+End")
    area.press("Enter")
    area.press_sequentially(f"See @{other}")
    page.get_by_role("option", name=f"Charlie {other}").click()
    area.press_sequentially("with @luo")
    page.get_by_role("option", name="Luo Yifan").click()
    notes.get_by_role("button", name="Save").click()
    expect(notes.get_by_role("button", name="Edit")).to_be_visible()
    expect(notes.get_by_text("@Luo Yifan", exact=True)).to_be_visible()
    notes.get_by_role("link", name=f"{other} Charlie").click()
    expect(page.get_by_role("dialog", name=f"Card {other}")).to_be_visible()
