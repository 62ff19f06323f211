"""Templates, scripts and styles keep their bounds: small, nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

from bourse.doors import web

ROOT = Path(web.__file__).parent
SIDES = "(?:left|right|top|bottom)"
PHYSICAL = re.compile(rf"(?<![\w-])(?:(?:margin|padding|border|inset)-{SIDES}|{SIDES})\s*:")
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
SCRIPTS = sorted(ROOT.glob("static/**/*.js"))
STYLES = sorted(ROOT.glob("static/**/*.css"))


def name(file: Path) -> str:
    """The file's place in the door."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_is_small_and_holds_nothing_inline(template: Path) -> None:
    text = template.read_text()
    assert len(text.splitlines()) <= 80
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_is_small_and_says_what_it_is_for(script: Path) -> None:
    text = script.read_text()
    assert len(text.splitlines()) <= 60
    assert text.startswith("// ")
    assert not re.search(r"https?://|innerHTML|eval\(", text)


@pytest.mark.parametrize("style", STYLES, ids=name)
def test_a_style_knows_no_left_and_right(style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL)
    assert PHYSICAL.findall(text) == []
    assert not re.search(r"text-align: (?:left|right)|https?://", text)


def test_all_scripts_together_stay_far_below_the_houses_bound() -> None:
    assert sum(len(script.read_text().splitlines()) for script in SCRIPTS) <= 500


def test_partials_start_with_a_line() -> None:
    included = {
        found
        for template in TEMPLATES
        for found in re.findall(r'{% include "web/([^"]+)"', template.read_text())
    }
    assert [path for path in sorted(included) if not path.rpartition("/")[2].startswith("_")] == []
    partials = {
        str(file.relative_to(ROOT / "templates/web")) for file in TEMPLATES if file.name.startswith("_")
    }
    assert partials - included == {"errors/_page.html"}
