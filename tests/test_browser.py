"""The reports as a reader meets them, in Chromium."""

import csv
import io
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from browsing import chromium, launched, opened
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing_helpers import load, notebook
from briefing_helpers.report import render
from briefing_helpers.report.pdf import print_pdf
from briefing_helpers.report.site import site

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
BRIEFING = load()
REPORTS = [f"{path.stem}.html" for path in NOTEBOOKS]
RECORD = [
    "actors.html",
    "events.html",
    "sources.html",
    *(f"draft-{each}.html" for each in BRIEFING.drafts["id"]),
]
PAGES = ["index.html", *REPORTS, *RECORD]
MARKS = 'main a[href^="#source-"]'
WIDTHS = [1280, 390]
PAPER = 673  # pixels: what is left of A4 between the margins of the print style


@pytest.fixture(scope="module")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Render the committed notebooks as they are, with all pages of the record."""
    chromium()  # no need to render where nothing can show it
    folder = tmp_path_factory.mktemp("reports")
    pages = [
        render(nbformat.read(path, as_version=4), path.stem, BRIEFING.version, BRIEFING.digest)
        for path in NOTEBOOKS
    ]
    for name, html in site(pages, BRIEFING).items():
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Write one page with the outputs given."""
    chromium()

    def made(*outputs, markdown="# A page?"):
        shown = [new_output("display_data", data={"text/html": html}) for html in outputs]
        cells = [new_markdown_cell(markdown), new_code_cell("shown()", outputs=shown)]
        path = tmp_path_factory.mktemp("made") / "page.html"
        page = render(new_notebook(cells=cells), "page", "1.2.3", "0123456789abcdef")
        path.write_text(page.html, encoding="utf-8", newline="\n")
        return path

    return made


@pytest.fixture
def displayed(monkeypatch):
    """Collect the HTML that helpers display."""
    found = []
    monkeypatch.setattr("briefing_helpers.notebook.display", lambda thing: found.append(thing.data))
    return found


# Every page


@pytest.fixture(scope="module")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def violations(axe, page, **options):
    # Results other than violations are what takes axe longest.
    found = axe.run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [(each["id"], len(each["nodes"]), each["nodes"][0]["html"][:120]) for each in found]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


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
    with opened(browser, folder / "draft-geneva.html") as (page, _):
        marks = page.locator(MARKS)
        count = marks.count()
        marks.first.focus()
        reached = []
        for _ in range(count):
            reached.append(page.evaluate(FOCUSED, MARKS))
            page.keyboard.press("Tab")
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


def test_marks_in_a_table_download_as_the_sources_they_stand_for(browser, made, displayed):
    sources = notebook.Sources(BRIEFING)
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


def test_pdf_is_made_beside_the_page(browser, made):
    path = made("<p>Some words</p>")
    [pdf] = print_pdf([path], chromium())
    assert (pdf, pdf.read_bytes()[:5]) == (path.with_suffix(".pdf"), b"%PDF-")


# Hostile text

RUN = "window.hacked=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"</script><script>{RUN}</script>",
    "</style><style>* { display: none }</style>",
    f"javascript:{RUN}",
    f'<a href="java\tscript:{RUN}">x</a>',
    f"<svg/onload={RUN}>",
    "<!-- ]]> --!> <![CDATA[ {{ 7*7 }} {% raw %}",
    "\u202egnp.exe\u2066",
    "=cmd|'/c calc'!A0",
    "\u2028\u2029\u0000\u0007",
]
ENDLESS = "0123456789" * 100_000


def spoil(briefing):
    """Put something hostile into every free text of a package that has been checked already."""
    payloads = 0
    for table in briefing.schema.tables:
        frame = getattr(briefing, table.name)
        linked = {name for name, _ in table.foreign_keys}
        for each in table.fields:
            if (
                each.type != "string"
                or each.categories
                or each.edtf
                or each.name == "id"
                or each.name in linked
            ):
                continue
            if (table.name == "citations" and each.name != "locator") or each.name in ("part", "record"):
                continue
            payloads += 1
            texts = [PAYLOADS[(payloads + row) % len(PAYLOADS)] for row in range(len(frame))]
            frame[each.name] = pd.Series(texts, dtype="object")
    briefing.clauses.loc[0, "summary"] = ENDLESS
    briefing.actors.loc[0, "name"] = ENDLESS
    return briefing


def shown_by_helpers(briefing, displayed):
    """Display the tables of a package as a notebook would."""
    sources = notebook.Sources(briefing)
    for name in ("clauses", "claims", "events", "actors"):
        columns = [each for each in briefing[name].columns if not each.endswith(("_earliest", "_latest"))]
        sources.table(name, briefing[name], columns, PAYLOADS[0])
    for payload in PAYLOADS:
        notebook.bottom_line(payload)
        notebook.say(payload, see=[payload])
        notebook.heading(payload)
    sources.show()
    return displayed


def is_inert(page, seen):
    assert page.evaluate("window.hacked") is None
    assert (seen.requests, seen.console, seen.dialogs) == ([], [], [])
    assert page.locator("main :is(script:not([type='application/json']), style, iframe, svg)").count() == 0
    handlers = (
        "all => all.filter((each) => [...each.attributes].some((one) => /^on|^style$/.test(one.name))).length"
    )
    assert page.locator("main *").evaluate_all(handlers) == 0
    unsafe = "all => all.filter((each) => !/^(https?|file|mailto):/.test(each.protocol)).length"
    assert page.locator("a[href]").evaluate_all(unsafe) == 0
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(page.content())
    assert page.locator("main").is_visible()
    assert sideways(page) == 0


def test_pages_of_a_hostile_package_are_inert(browser, make_sample, tmp_path, made, displayed):
    briefing = spoil(load(make_sample("clean", tmp_path / "hostile").path))
    texts = site([], briefing)
    report = made(*shown_by_helpers(briefing, displayed))
    for name, html in texts.items():
        (tmp_path / name).write_text(html, encoding="utf-8")
        assert len(html) < 1_000_000, name
    for path in [report, *(tmp_path / name for name in texts)]:
        with opened(browser, path) as (page, seen):
            if path.name == "index.html":
                page.locator("#query").fill("script img javascript")
                assert page.locator("#results li").count() > 0
            for mark in page.locator(MARKS).all()[:5]:
                mark.click()
                page.keyboard.press("Escape")
            is_inert(page, seen)


OUTPUTS = [
    f'<p onclick="{RUN}" onmouseover="{RUN}">p</p>',
    '<p style="position:fixed;inset:0;background:url(https://example.org/x)">p</p>',
    f'<a href="javascript:{RUN}">1</a><a href=" java&#10;script:{RUN}">2</a>',
    '<a href="&#1;data:text/html,x">3</a><a href="vbscript:x">4</a>',
    f'<img src="data:image/png;base64,AAAA" alt="x" onerror="{RUN}">',
    "<style>main { display: none } @import url(https://example.org/x.css);</style>",
    f"<svg onload={RUN}><a href='javascript:{RUN}'>t</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x></style>",
    '<form action="https://example.org"><input autofocus onfocus="window.hacked=1"><button>b</button></form>',
    '<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org">',
    f"</div></main></body></html><p>after</p><noscript><p title='</noscript><b onclick={RUN}>'>",
    f"<template><b onclick={RUN}>t</b></template>",
    f"<details ontoggle={RUN} open><summary>s</summary>d</details>",
    "<table background='https://example.org/x'><tr><td background='https://example.org/y'>cell</table>",
    "<p>\u202ereversed</p><!-- open <p>comment",
]


@pytest.mark.parametrize("kind", ["output", "markdown"])
def test_page_of_a_hostile_notebook_is_inert(browser, made, kind):
    path = made(*OUTPUTS) if kind == "output" else made(markdown="# A page?\n\n" + "\n\n".join(OUTPUTS))
    with opened(browser, path) as (page, seen):
        page.locator("main p").first.hover()
        page.locator("main p").first.click()
        is_inert(page, seen)
        assert "after" in page.locator("main").text_content()


def test_policy_stops_what_would_get_past_everything_else(browser, made):
    """Put a script and a style into a finished page: the browser refuses both, and says so."""
    path = made("<p>words</p>")
    html = path.read_text(encoding="utf-8")
    bad = f'<p id="p" style="color:red">x</p><script>{RUN}</script>'
    bad += f'<img src="https://example.org/x.png" onerror="{RUN}">'
    path.write_text(html.replace("<p>words</p>", bad), encoding="utf-8")
    with opened(browser, path) as (page, seen):
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"
        assert len([text for text in seen.console if "Content Security Policy" in text]) >= 3
