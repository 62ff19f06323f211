"""A dealer adds a picture and a film to a stone; buyers see the one, the dealer that the other is gone."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from browser.conftest import People, Stocked
from market import media_made as made
from run.house import ROOT, Installation

LOOK = """
import django
django.setup()
from datetime import timedelta
from bourse.kit import clock
from bourse.kit.fetch import Resolver
from bourse.market.actions import check_links

class Nowhere(Resolver):
    def addresses(self, host):
        raise OSError("No name leads anywhere.")

for hours in (0, 1, 7):
    check_links(resolver=Nowhere(), now=clock.now() + timedelta(hours=hours))
"""


def looked_at(house: Installation) -> None:
    """Its links looked at three times within seven hours by the running house's own code."""
    env = {**house.env, "DJANGO_SETTINGS_MODULE": "bourse.settings", "BOURSE_LINK_CHECKS_A_DAY": "14400"}
    subprocess.run([sys.executable, "-P", "-c", LOOK], env=env, cwd=ROOT, check=True)


def test_a_picture_is_shown_and_a_dead_link_is_told(
    as_: People, stocked: Stocked, installed: Installation, tmp_path: Path
) -> None:
    asha, ben, stone = as_("asha"), as_("ben"), f"/stones/{stocked.stones[4]}/"
    (tmp_path / "stone.png").write_bytes(made.picture("PNG", (1200, 900)))
    (tmp_path / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    asha.goto(stone)
    asha.get_by_role("link", name="Add or remove").click()
    for file, says in (("drawing.svg", "“drawing.svg” is no whole JPEG"), ("stone.png", "1 file is added.")):
        asha.get_by_label("Pictures or certificate").set_input_files(tmp_path / file)
        asha.get_by_role("button", name="Add the files").click()
        expect(asha.get_by_text(says).first).to_be_visible()
    asha.get_by_label("Address of a film").fill("https://films.example/gone.mp4")
    asha.get_by_role("button", name="Add the film").click()
    expect(asha.get_by_text("Nobody has looked yet.")).to_be_visible()
    ben.goto(stone)
    thumbnail = ben.get_by_role("img", name="Picture: ")
    thumbnail.scroll_into_view_if_needed()
    ben.wait_for_function("() => [...document.querySelectorAll('.gallery img')].every(one => one.complete)")
    assert thumbnail.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [240, 180]
    looked_at(installed)
    asha.goto("/listings/?health=dead_link")
    badge = asha.get_by_role("link", name="Dead link").last
    expect(badge).to_have_attribute("href", f"{stone}#h-media")
    badge.click()
    expect(asha.get_by_text("No public server has the name films.example.")).to_be_visible()
    expect(asha.get_by_text("Looked at 3 times since")).to_be_visible()
