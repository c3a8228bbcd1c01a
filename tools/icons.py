"""`python -m tools.inside tools.icons`: the app's icons, drawn from our own mark into frontend/public/icons.

Browsers keep an icon for long: one that looks different needs a new name.
"""

from __future__ import annotations

import re

from tests.support.browser import launched_browser
from tools.places import FRONTEND

ICONS = FRONTEND / "public" / "icons"
# File → edge in pixels, and whether the system cuts the picture into a shape of its own.
PICTURES = {"192.png": (192, False), "512.png": (512, False), "maskable.png": (512, True), "touch.png": (180, True)}


def main() -> None:
    mark = (ICONS / "mark.svg").read_text()
    # Cut by the system: colour to the very edge, and the mark inside of the part that every shape leaves.
    full = re.sub(r'rx="[\d.]+"', "", mark).replace('viewBox="0 0 28 28"', 'viewBox="0 0 28 28" width="100%"')
    full = full.replace('transform="translate(6 6)"', 'transform="translate(7.2 7.2) scale(.85)"')
    with launched_browser() as browser:
        for name, (edge, is_cut) in PICTURES.items():
            page = browser.new_page(viewport={"width": edge, "height": edge})
            page.set_content(
                f"<style>body{{margin:0}}svg{{display:block;width:{edge}px}}</style>{full if is_cut else mark}"
            )
            page.screenshot(path=ICONS / name, omit_background=True)
            page.close()


if __name__ == "__main__":
    main()
