"""Files on a card: dropped, pasted and chosen; pictures and PDFs open over it, everything else is only saved."""

import base64
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import new_board

PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
GIVE = """
(target, [kind, name, type, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name, { type }));
  const more = { bubbles: true, cancelable: true };
  target.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...more, clipboardData: files })
    : new DragEvent("drop", { ...more, dataTransfer: files }));
}
"""


def give(target: Locator, how: str, name: str, kind: str, content: bytes) -> None:
    target.evaluate(GIVE, [how, name, kind, base64.b64encode(content).decode()])


def photo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(buffer, "JPEG")
    return buffer.getvalue()


def width(picture: Locator) -> int:
    return int(picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)"))


def test_files_are_dropped_pasted_chosen_shown_and_removed(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Doing": ["Alpha"]}, account="JL")
    page.goto(f"/b/{key}/{key}-1")
    files = page.get_by_role("region", name="Files")
    rows = files.get_by_role("listitem")
    expect(files).to_be_visible()

    give(files, "drop", "roof.jpg", "image/jpeg", photo())
    expect(rows).to_have_count(1)
    small = rows.first.locator("img")
    expect(small).to_be_visible()
    assert width(small) == 320  # the list shows a small one
    give(files, "paste", "plan.pdf", "application/pdf", PAPER)
    expect(rows).to_have_count(2)
    script = {"name": "page.html", "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"}
    files.get_by_label("Add files").set_input_files([script])
    expect(rows).to_have_count(3)
    expect(files.get_by_role("link", name="page.html")).to_have_attribute("download", "page.html")

    files.get_by_role("button", name="roof.jpg", exact=True).click()
    picture = page.get_by_role("dialog", name="roof.jpg").get_by_role("img", name="roof.jpg")
    expect(picture).to_be_visible()
    assert width(picture) == 900
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()

    files.get_by_role("button", name="plan.pdf", exact=True).click()
    paper = page.get_by_role("dialog", name="plan.pdf")
    expect(paper.locator("canvas")).to_be_visible()
    expect(paper.get_by_role("link", name="Save the file")).to_have_attribute("download", "plan.pdf")
    page.keyboard.press("Escape")
    expect(paper).to_be_hidden()

    files.get_by_role("button", name="Remove plan.pdf").click()
    page.get_by_role("dialog", name="Remove plan.pdf").get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(2)
    page.reload()
    expect(rows).to_have_count(2)
    expect(page.get_by_role("article", name=f"{key}-1 ")).to_have_count(1)
