"""axe finds no violation of WCAG 2.2 A and AA on any page or on what opens there: light and dark, in both languages,
wide and on a phone, where nothing is wider than the screen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import browser as chromium
from tests.support.browser import PHONE, WIDE, Trouble, ask
from tests.support.product import REPOSITORY, Product
from tests.support.scenes import BREAKS, DOORS, FIRST, MORE, NOTHING, PAGES, PERSON, Scene, make_places, set_up

AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What has just opened may lie over a button: that is no reason to make the button larger.
COVERED = "partially obscured"
# Mantine keeps a place for the focus inside of its menus, which axe takes for a child that doesn't belong there. In any
# other list or menu, and for any other child, the rule stands.
MENU_FOCUS = ("aria-required-children", 'data-menu-dropdown="true"', "cannot be ignored because of [tabindex]")
NARROW_AND_BROAD = (360, 430)  # widths of phones
LOOKS = {"wide, English": {"language": "en"}, "phone, Chinese": {"language": "zh-Hans", "phone": True}}
# Each part is a test of its own, so that they are spread over the machine's cores.
PARTS = {"pages": PAGES, "what opens": MORE}


@pytest.fixture(scope="module")
def places(product: Product, browser: Browser) -> dict[str, str]:
    context = chromium.new_context(browser, product.url)
    trouble = Trouble()
    trouble.watch(context)
    page = context.new_page()
    chromium.sign_in(page, PERSON)
    made = make_places(page)
    context.close()
    assert not trouble.unexpected()
    return made


@pytest.mark.parametrize("look", list(LOOKS.values()), ids=list(LOOKS))
@pytest.mark.parametrize("scenes", list(PARTS.values()), ids=list(PARTS))
def test_every_page_and_what_opens_on_it(
    sign_in: Callable[..., Page],
    trouble: Trouble,
    places: dict[str, str],
    scenes: dict[str, Scene],
    look: dict[str, Any],
) -> None:
    trouble.allow(BREAKS)
    problems = _problems(sign_in(PERSON, **look), scenes, places, look)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("look", list(LOOKS.values()), ids=list(LOOKS))
def test_the_way_in(new_page: Callable[..., Page], places: dict[str, str], look: dict[str, Any]) -> None:
    problems = _problems(new_page(**look), DOORS, places, look)
    assert not problems, "\n".join(problems)


def test_where_there_is_nothing_yet(browser: Browser, trouble: Trouble, tmp_path: Path) -> None:
    """Set-up, and every page before anything is there: once, because it takes a product of its own."""
    with Product(tmp_path, ACCORD_DEMO="0") as empty:
        context = chromium.new_context(browser, empty.url, language="zh-Hans", phone=True)
        trouble.watch(context)
        page = context.new_page()
        look = {"phone": True}
        problems = _problems(page, FIRST, {}, look)
        set_up(page, empty)
        ask(page, "PATCH", "/me", {"language": "zh-Hans"})
        problems += _problems(page, NOTHING, {}, look)
        context.close()
    problems += trouble.unexpected()
    assert not problems, "\n".join(problems)


def test_what_a_key_opened_gives_the_focus_back(sign_in: Callable[..., Page]) -> None:
    page = sign_in(PERSON)
    page.goto("/b/JL")
    for key in ("m", "c", "?"):
        page.get_by_role("article", name="JL-6 ").focus()
        page.keyboard.press(key)
        opened = page.get_by_role("dialog").or_(page.get_by_role("textbox", name="New card in Doing"))
        expect(opened).to_be_visible()
        page.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        expect(page.get_by_role("article").and_(page.locator(":focus"))).to_have_count(1)


def test_the_key_that_closes_a_dialog_is_not_heard_by_the_board_under_it(sign_in: Callable[..., Page]) -> None:
    """Whoever is so quick that the dialog has not taken the focus yet keeps it on their card."""
    page = sign_in(PERSON)
    page.goto("/b/JL")
    card = page.get_by_role("article", name="JL-6 ")
    card.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)
    card.evaluate("card => card.focus()")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(card).to_be_focused()


def test_the_keys_of_whoever_is_quick_go_to_the_dialog(sign_in: Callable[..., Page]) -> None:
    """Also on a page that is too busy to move the focus into the dialog by a timer before the next key comes."""
    page = sign_in(PERSON)
    page.add_init_script(
        "const real = setTimeout; window.setTimeout = (does, ms, ...more) => real(does, ms || 600_000, ...more)"
    )
    page.goto("/b/JL")
    page.get_by_role("article", name="JL-6 ").focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Move to…")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("radio", checked=True, name="Waiting")).to_be_focused()
    page.keyboard.press("Escape")


def _problems(page: Page, scenes: dict[str, Scene], places: dict[str, str], look: dict[str, Any]) -> list[str]:
    """What axe says of each scene in light, and of its colours in dark, without opening it twice."""
    size = PHONE if look.get("phone") else WIDE
    problems = []
    for name, scene in scenes.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        scene.play(page, places)
        if size is PHONE and scene.does is None:
            problems += _too_wide(page, name)
        # Tall enough that nothing is cut by the edge of a part that scrolls.
        page.set_viewport_size({"width": size["width"], "height": 3000})
        page.evaluate(AXE.read_text())  # past the content security policy
        problems += _violations(page, f"{name}, light", {"type": "tag", "values": RULES})
        page.emulate_media(color_scheme="dark")
        problems += _violations(page, f"{name}, dark", {"type": "rule", "values": ["color-contrast"]})
        page.context.set_offline(False)
    return problems


def _too_wide(page: Page, where: str) -> list[str]:
    problems = []
    for width in NARROW_AND_BROAD:
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        problems += [f"{where} is {wider} px wider than {width} px"] if wider else []
    return problems


def _violations(page: Page, where: str, rules: dict[str, Any]) -> list[str]:
    """What axe says of the page as it stands."""
    found = page.evaluate(
        """async (rules) => {
             const waiting = () => document.querySelector("main [role=status][class*=spinner]");
             while (waiting()) await new Promise(requestAnimationFrame);
             await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
             return (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations;
           }""",
        rules,
    )
    return [
        f"{where}: {violation['id']}: {violation['help']}\n    {node['html'][:220]}\n    {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
        if COVERED not in node["failureSummary"] and not _is_menu_focus(violation["id"], node)
    ]


def _is_menu_focus(rule: str, node: dict[str, Any]) -> bool:
    waived, menu, reason = MENU_FOCUS
    return rule == waived and menu in node["html"] and reason in node["failureSummary"]
