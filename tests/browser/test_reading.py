"""Reading a report: evidence at the mark, contents, search, code, downloads; also without scripts."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from briefing_helpers import citing, notebook
from briefing_helpers.report.pdf import print_pdf
from browser.opening import BRIEFING, MARKS, REPORTS, chromium, opened, sideways

# Evidence


@pytest.fixture
def draft(browser, folder):
    with opened(browser, folder / "draft-us28.html") as (page, _):
        yield page


FOCUSED = """(selector) => {
  const at = document.activeElement;
  const card = document.getElementById("evidence");
  if (!at.matches(selector)) return null;
  const source = document.getElementById(at.hash.slice(1)).querySelector("strong").textContent;
  const shown = card.matches(":popover-open") && card.textContent.includes(source);
  return [[...document.querySelectorAll(selector)].indexOf(at), shown];
}"""  # the number of the mark that has the focus, and whether its source is shown


def test_tab_goes_from_mark_to_mark_and_each_shows_its_source(browser, folder):
    with opened(browser, folder / "draft-sg.html") as (page, _):
        marks = page.locator(MARKS)
        count = marks.count()
        marks.first.focus()
        reached = []
        while len(reached) < count and (not reached or reached[-1][0] < count - 1):
            at = page.evaluate(FOCUSED, MARKS)  # nothing where another link has the focus
            reached += [at] if at else []
            page.keyboard.press("Tab")
        assert count > 50
        assert reached == [[number, True] for number in range(count)]


def test_hover_shows_the_source_and_going_away_hides_it(draft):
    mark = draft.locator("#us28-14a " + MARKS.removeprefix("main ")).first
    mark.hover()
    card = draft.locator("#evidence")
    card.wait_for(state="visible")
    item = draft.locator(mark.get_attribute("href"))
    assert item.text_content() in card.text_content()
    card.hover()  # to reach the link in it
    draft.wait_for_timeout(400)
    assert card.is_visible()
    draft.mouse.move(5, 500)
    card.wait_for(state="hidden")


def test_enter_goes_to_the_source_and_escape_back_to_the_mark(draft):
    mark = draft.locator("#us28-14a " + MARKS.removeprefix("main ")).first
    mark.focus()
    draft.keyboard.press("Enter")
    assert draft.evaluate("document.activeElement.id") == "evidence"
    assert mark.get_attribute("aria-expanded") == "true"
    draft.keyboard.press("Tab")
    assert draft.evaluate("document.activeElement.closest('#evidence') !== null")
    draft.keyboard.press("Escape")
    assert draft.locator("#evidence").is_hidden()
    assert mark.evaluate("mark => mark === document.activeElement")
    assert mark.get_attribute("aria-expanded") == "false"


def test_escape_closes_what_focus_opened(draft):
    draft.locator(MARKS).first.focus()
    assert draft.locator("#evidence").is_visible()
    draft.keyboard.press("Escape")
    assert draft.locator("#evidence").is_hidden()


def test_tap_opens_and_a_tap_elsewhere_closes(browser, folder):
    with opened(browser, folder / "draft-us28.html", "#us28-14", width=390, has_touch=True) as (page, _):
        page.locator("#us28-14a " + MARKS.removeprefix("main ")).first.tap()
        card = page.locator("#evidence")
        assert card.is_visible()
        box = card.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert sideways(page) == 0
        page.locator("#us28-14a h3").tap(position={"x": 200, "y": 5})
        assert card.is_hidden()


@pytest.mark.parametrize(
    ("relation", "words"),
    [("", "Supports this"), ("contradicts", "Speaks against this"), ("context", "Context")],
)
def test_card_says_what_the_source_does_and_where(browser, made, relation, words):
    does = f' data-relation="{relation}"' if relation else ""
    listed = '<ol class="sources"><li id="source-1"><strong>A &lt;b&gt; publisher</strong>, B.</li></ol>'
    path = made(f'<p>So. <a href="#source-1" data-at="¶7"{does}>1</a></p>', listed)
    with opened(browser, path) as (page, _):
        page.locator(MARKS).focus()
        card = page.locator("#evidence")
        assert card.locator(".does").text_content().startswith(words)
        assert card.locator(".does").text_content().endswith(", at ¶7")
        assert "A <b> publisher, B." in card.text_content()


# Without scripts


def test_without_scripts_a_mark_leads_to_the_list(browser, folder):
    with opened(browser, folder / "draft-us28.html", "#us28-14", java_script_enabled=False) as (page, _):
        mark = page.locator("#us28-14a " + MARKS.removeprefix("main ")).first
        href = mark.get_attribute("href")
        mark.click()
        assert page.url.endswith(href)
        assert page.locator(href).is_visible()
        assert page.locator("#evidence").is_hidden()


def test_without_scripts_contents_and_code_are_there_and_no_dead_button(browser, folder):
    with opened(browser, folder / REPORTS[1], java_script_enabled=False) as (page, _):
        assert page.locator(".toc a").first.is_visible()
        assert page.locator("button:visible").count() == 0
        code = page.locator("details.code").first
        assert code.locator("pre").is_hidden()
        code.locator("summary").click()
        assert code.locator("pre").is_visible()


def test_without_scripts_the_front_page_leads_to_the_record(browser, folder):
    with opened(browser, folder / "index.html", java_script_enabled=False) as (page, _):
        assert page.locator(".look").is_hidden()
        assert "search needs scripts" in page.locator("noscript").text_content()
        page.locator('main a[href="draft-us28.html"]').first.click()
        assert page.locator("h1").text_content() == "The 28 points"


# Finding


def test_who_owes_what_under_point_14_is_two_steps_from_the_front_page(browser, folder):
    with opened(browser, folder / "index.html") as (page, seen):
        page.locator("#query").click()
        page.keyboard.type("who owes what under point 14?")
        first = page.locator("#results a").first
        assert first.text_content() == "Point 14, The 28 points"
        page.keyboard.press("Enter")
        page.wait_for_url("**/draft-us28.html#us28-14")
        assert page.locator("#us28-14").text_content() == "Point 14: Frozen assets"
        owed = page.locator("#us28-14a dd").first
        assert "States that hold frozen Russian assets: Make 100 billion dollars" in owed.text_content()
        assert owed.locator('a[href^="#source-"]').count() > 0
        page.go_back()
        assert page.locator("#results a").first.text_content() == "Point 14, The 28 points"
        assert [url for url in seen.requests if not url.startswith(folder.as_uri())] == []


@pytest.mark.parametrize(
    ("question", "kind", "target"),
    [
        ("us28 force cap army", "Clause", None),
        ("witkoff", "Actor", "actors.html#steve-witkoff"),
        ("ZELENSKÝ", "Actor", "actors.html#volodymyr-zelensky"),
        ("rolling stone", "Source", "sources.html#rolling-stone-2025-11"),
        ("budapest summit", "Event", "events.html#budapest-summit-2025"),
    ],
)
def test_search_finds_each_kind(browser, folder, question, kind, target):
    with opened(browser, folder / "index.html") as (page, _):
        page.locator("#query").fill(question)
        found = page.locator("#results li").evaluate_all(
            "all => all.map((each) => [each.querySelector('.label').textContent, "
            "each.querySelector('a').getAttribute('href')])"
        )
        own = [href for each, href in found if each == kind]
        assert own and target in (None, own[0])


def test_search_says_that_it_found_nothing(browser, folder):
    with opened(browser, folder / "index.html") as (page, _):
        page.locator("#query").fill("zzzzqq")
        assert page.locator("#found").text_content() == "Nothing found; try another word."
        assert page.locator("#results li").count() == 0


def test_enter_that_ends_a_composed_word_opens_nothing(browser, folder):
    with opened(browser, folder / "index.html") as (page, _):
        page.locator("#query").fill("point 14")
        pressed = (
            "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        )
        assert page.locator("#query").evaluate(f"box => box.dispatchEvent({pressed})")
        assert page.url.endswith("index.html")


def test_arrows_walk_through_the_results(browser, folder):
    with opened(browser, folder / "index.html") as (page, _):
        page.get_by_role("button", name="point 14").click()
        at = "[...document.querySelectorAll('#results a')].indexOf(document.activeElement)"
        walked = []
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
            page.keyboard.press(key)
            walked.append(page.evaluate(at))
        assert walked == [0, 1, 0, -1]
        assert page.evaluate("document.activeElement.id") == "query"


@pytest.mark.parametrize("name", ["draft-us28.html", REPORTS[1]])
def test_contents_follow_the_reader(browser, folder, name):
    with opened(browser, folder / name) as (page, _):
        links = page.locator(".toc a")
        target = links.nth(links.count() // 2)
        target.click()
        page.wait_for_function("document.querySelector('.toc a[aria-current]') !== null")
        page.wait_for_timeout(100)
        assert target.get_attribute("aria-current") == "location"
        assert page.locator(".toc a[aria-current]").count() == 1


def test_contents_follow_headings_of_any_characters(browser, made):
    headings = ["Is 50% done?", "Київ", 'A "word" & 100 %E0', "Last"]
    path = made(markdown="# A page?\n\n" + "\n\n".join(f"## {each}\n\n" + "x\n\n" * 60 for each in headings))
    with opened(browser, path) as (page, seen):
        for heading in headings:
            page.locator(".toc").get_by_role("link", name=heading, exact=True).click()
            page.wait_for_function(
                "name => document.querySelector('.toc a[aria-current]')?.textContent === name", arg=heading
            )
        assert seen.console == []


def test_link_torn_inside_an_escape_breaks_nothing(browser, made):
    path = made('<div class="table"><table><tr><td>1</td></tr></table></div><details><p>d</p></details>')
    with opened(browser, path, "#a%E0%") as (page, seen):
        assert seen.console == []
        page.evaluate("dispatchEvent(new Event('beforeprint'))")  # what the script does last still stands
        assert page.locator("details:not(.code)[open]").count() == 1


def test_contents_fold_on_a_narrow_screen(browser, folder):
    with opened(browser, folder / "draft-us28.html", width=390) as (page, _):
        assert page.locator(".toc a").first.is_hidden()
        page.locator(".toc summary").click()
        page.locator(".toc a").nth(13).click()
        assert page.url.endswith("#us28-14")
        assert page.locator(".toc a").first.is_hidden()
        head, bar = page.locator("#us28-14").bounding_box(), page.locator(".toc").bounding_box()
        assert head["y"] >= bar["y"] + bar["height"] - 1  # not below what sticks to the top


# Code, tables, print


def test_one_button_opens_all_code_and_closes_it(browser, folder):
    with opened(browser, folder / REPORTS[1]) as (page, _):
        cells = page.locator("details.code")
        page.get_by_role("button", name="Show code").click()
        assert cells.evaluate_all("all => all.every((each) => each.open)")
        page.get_by_role("button", name="Hide code").click()
        assert cells.evaluate_all("all => all.every((each) => !each.open)")


def downloaded(page, nth=0):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").nth(nth).click()
    raw = Path(waiting.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # without it Excel takes the text for another encoding
    text = raw.decode("utf-8-sig")
    return waiting.value.suggested_filename, list(csv.reader(io.StringIO(text, newline="")))


def test_table_downloads_as_csv_that_no_spreadsheet_runs(browser, made, displayed):
    texts = ["=1+2", "+49 30", "-cmd|x", "@sum", "\t=1", 'a "b", c', "plain", "＝1"]
    numbers = [-5, 1234567, 12.34, 0, -0.5, 600000.0, -1234.5, 7]
    notebook.table(pd.DataFrame({"text": texts, "=number": numbers}), "What is it worth?")
    with opened(browser, made(*displayed)) as (page, _):
        name, lines = downloaded(page)
    assert name == "what-is-it-worth.csv"
    assert lines[0] == ["text", "'=number"]
    assert [line[0] for line in lines[1:]] == [
        *("'=1+2", "'+49 30", "'-cmd|x", "'@sum", r"\t=1", 'a "b", c', "plain", "'＝1"),
    ]
    assert [float(line[1]) for line in lines[1:]] == numbers


def test_link_to_a_folded_table_opens_it(browser, made, displayed):
    frame = pd.DataFrame({"a": [1]})
    notebook.bottom_line("One.", see=["A long table"])
    notebook.table(frame, "A long table", folded=True)
    with opened(browser, made(*displayed)) as (page, _):
        assert page.locator("td").is_hidden()
        page.get_by_role("link", name="A long table").click()
        page.locator("td").wait_for(state="visible")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_narrow_screen_a_row_is_a_card_or_scrolls(browser, made, displayed, scripts):
    notebook.table(pd.DataFrame({"who owes": ["Russia"], "what": ["x" * 20]}), "Duties")
    with opened(browser, made(*displayed), width=390, java_script_enabled=scripts) as (page, _):
        shown = "td => [td.dataset.label ?? null, getComputedStyle(td, '::before').content !== 'none']"
        label = page.locator("td").first.evaluate(shown)
        head = page.locator("thead").evaluate("head => head.getBoundingClientRect().height > 2")
        assert (label, head) == ((["who owes", True], False) if scripts else ([None, False], True))
        assert sideways(page) == 0


def test_marks_in_a_table_download_as_the_sources_they_stand_for(browser, made, displayed):
    sources = citing.Sources(BRIEFING)
    sources.table("clauses", BRIEFING.clauses[BRIEFING.clauses["id"] == "us28-06"], ["id"], "The cap")
    sources.show()
    with opened(browser, made(*displayed)) as (page, _):
        _, [_, [record, said]] = downloaded(page)
    assert record == "us28-06"
    cited = BRIEFING.citations.query("table == 'clauses' and record == 'us28-06' and relation == 'supports'")
    for publisher in BRIEFING.sources.set_index("id").loc[cited["source"], "publisher"]:
        assert publisher in said


def test_every_table_of_a_report_can_be_downloaded(browser, folder):
    with opened(browser, folder / REPORTS[1]) as (page, _):
        assert page.locator("button.csv").count() == page.locator(".table").count() > 0


def test_paper_has_the_place_in_a_source_beside_its_number(browser, made):
    listed = '<ol class="sources"><li id="source-1"><strong>A</strong>, B.</li></ol>'
    path = made('<p>So. <a href="#source-1" data-at="¶7">1</a></p>', listed)
    with opened(browser, path) as (page, _):
        after = "mark => getComputedStyle(mark, '::after').content"
        assert page.locator(MARKS).evaluate(after) == "none"
        page.emulate_media(media="print")
        assert page.locator(MARKS).evaluate(after) == '" (¶7)"'


def test_wide_table_breaks_no_heading_on_paper(browser, made, displayed):
    names = (
        "id obligor duty summary beneficiary second named binding checkable means tests enforcement sources"
    )
    notebook.table(pd.DataFrame([["some words"] * 13], columns=names.split()), "Duties")
    with opened(browser, made(*displayed), width=673) as (page, _):
        page.emulate_media(media="print")
        lines = """heads => heads.map((head) => {
            const words = document.createRange();
            words.selectNodeContents(head);
            return words.getClientRects().length; })"""
        assert page.locator("th").evaluate_all(lines) == [1] * 13
        assert sideways(page) == 0


def test_pdf_is_made_beside_the_page(browser, made):
    path = made("<p>Some words</p>")
    [pdf] = print_pdf([path], chromium())
    assert (pdf, pdf.read_bytes()[:5]) == (path.with_suffix(".pdf"), b"%PDF-")
