"""What holds for every page: it keeps to itself, anyone can use it, and paper holds it."""

import pytest

from browser.opening import MARKS, PAGES, opened, sideways

WIDTHS = [1280, 390]
PAPER = 673  # pixels: what is left of A4 between the margins of the print style


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def violations(axe, page, **options):
    # Results other than violations are what takes axe longest.
    found = axe.run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [(each["id"], len(each["nodes"]), each["nodes"][0]["html"][:120]) for each in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_itself_and_has_no_axe_violation(browser, folder, axe, name, width):
    with opened(browser, folder / name, width=width) as (page, seen):
        assert (seen.requests, seen.console, sideways(page)) == ([], [], 0)
        assert violations(axe, page) == []
        # In the dark only colours differ; a page that stayed light would prove nothing.
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"
        assert violations(axe, page, runOnly=["color-contrast"]) == []


def test_axe_sees_a_fault(browser, made, axe):
    """A page with a fault, so that none found elsewhere means something."""
    with opened(browser, made('<a href="#x"></a>')) as (page, _):
        assert [name for name, *_ in violations(axe, page)] == ["link-name"]


@pytest.mark.parametrize("name", PAGES)
def test_every_mark_is_a_link_the_keyboard_reaches_and_its_source_is_listed(browser, folder, name):
    with opened(browser, folder / name, java_script_enabled=False) as (page, _):
        marks = page.locator(MARKS)
        targets = set(marks.evaluate_all("marks => marks.map((mark) => mark.hash.slice(1))"))
        listed = set(page.locator(".sources li").evaluate_all("items => items.map((item) => item.id)"))
        assert targets == listed
        assert marks.evaluate_all("marks => marks.filter((mark) => mark.tabIndex !== 0).length") == 0


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_clipped_in_print(browser, folder, name):
    with opened(browser, folder / name, width=PAPER) as (page, _):
        page.emulate_media(media="print")
        wide = page.evaluate(
            """() => [...document.querySelectorAll("main *")].filter((each) => each.checkVisibility()
            && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map((each) => each.outerHTML.slice(0, 120))"""
        )
        assert wide == []
        # Charts scroll on a screen; on paper nothing does.
        cut = "boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).length"
        assert page.locator(".table, .chart, pre").evaluate_all(cut) == 0
        folded = "all => all.filter((each) => !each.checkVisibility({contentVisibilityAuto: true})).length"
        assert page.locator("main details:not(.code) > :not(summary, .tools)").evaluate_all(folded) == 0
