"""Pages made from the record alone, the front page, its search, and the frame of every page."""

import base64
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup

from briefing_helpers.report.changes import newest
from briefing_helpers.report.drafts import amount
from briefing_helpers.report.search import entries
from briefing_helpers.report.site import record_pages, site


def parsed(html):
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def pages(shipped):
    return {name: parsed(html) for name, html in record_pages(shipped).items()}


@pytest.fixture(scope="module")
def valley_pages(valley):
    return {name: parsed(html) for name, html in site([], valley).items()}


# Drafts


def test_every_draft_has_a_page_and_every_clause_an_id_on_it(pages, shipped):
    for draft in shipped.drafts["id"]:
        clauses = shipped.clauses.loc[shipped.clauses["draft"] == draft, "id"]
        page = pages[f"draft-{draft}.html"]
        assert [each["id"] for each in page.select(".record")] == list(clauses)


def test_points_with_parts_can_be_linked_too(pages):
    page = pages["draft-us28.html"]
    assert page.select_one("#us28-14").name == "h2"
    assert page.select_one("#us28-06").name == "div"  # the clause itself
    assert [each["href"] for each in page.select(".toc a")][:2] == ["#us28-01", "#us28-02"]


def test_clause_shows_its_obligations_fate_positions_and_evidence(pages, shipped):
    page = pages["draft-us28.html"]
    clause = page.select_one("#us28-14a").text
    for summary in shipped.obligations.loc[shipped.obligations["clause"] == "us28-14a", "summary"]:
        assert summary in clause
    for note in shipped.lineage.loc[shipped.lineage["from_clause"] == "us28-14a", "note"].dropna():
        assert note in clause
    for table in ("renderings", "figures"):
        for summary in shipped[table].loc[shipped[table]["clause"] == "us28-14a", "summary"]:
            assert summary in clause
    positions = shipped.positions[(shipped.positions["draft"] == "us28") & (shipped.positions["point"] == 14)]
    for summary in positions["summary"]:
        assert summary in page.text
    assert "Confirmed: 3 independent origins support." in clause


def test_every_position_on_a_draft_is_on_its_page(pages, shipped):
    for row in shipped.positions.dropna(subset="draft").itertuples():
        assert row.summary in pages[f"draft-{row.draft}.html"].text


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1.0, "Regions", "1 regions"),
        (2.5, "Years", "2.5 years"),
        (300e9, "US dollars", "300 billion US dollars"),
        (1.5e6, "Euros", "1.5 million euros"),
        (-2e12, "", "-2 trillion"),
        (0, "Days", "0 days"),
    ],
)
def test_amounts(number, unit, said):
    assert amount(number, unit) == said


# Registers


@pytest.mark.parametrize("table", ["actors", "events", "sources"])
def test_register_holds_every_record_once(pages, shipped, table):
    assert sorted(each["id"] for each in pages[f"{table}.html"].select(".record")) == sorted(
        shipped[table]["id"]
    )


def test_links_between_the_pages_resolve(pages):
    ids = {name: {each["id"] for each in page.select("[id]")} for name, page in pages.items()}
    ids["index.html"] = set()
    broken = []
    for name, page in pages.items():
        for link in page.select("a[href]"):
            file, _, place = link["href"].partition("#")
            if (
                not link["href"].startswith("http")
                and place not in ids.get(file or name, ())
                and (place or file not in ids)
            ):
                broken.append((name, link["href"]))
    assert broken == []


def test_ids_of_a_page_are_unique(pages):
    for name, page in pages.items():
        ids = [each["id"] for each in page.select("[id]")]
        assert (name, len(ids)) == (name, len(set(ids)))


def test_a_source_says_what_it_is_cited_for_and_with_whom_it_counts_once(pages, shipped):
    page = pages["sources.html"]
    assert "Cited for: " in page.select_one("#rolling-stone-2025-11").text
    reprint = page.select_one("#mayas-corner-reprint")
    assert "Origin: rolling-stone, shared with Rolling Stone (AU/NZ edition)" in reprint.text
    assert "they count once" in reprint.text


def test_events_stand_under_the_month_that_their_date_states(pages, shipped):
    page = pages["events.html"]
    for row in shipped.events.itertuples():
        heading = page.find(id=row.id).find_previous("h2").text
        assert ("month not given" in heading) == (len(row.date.split("/")[0].strip("~?")) == 4)


# Search


def test_every_entry_leads_to_a_place_that_is_there(valley_pages, valley):
    found, words = entries(valley, [])
    assert {kind for kind, *_ in found} == {"Draft", "Point", "Clause", "Actor", "Event", "Source"}
    for _, _, _, href, shared in found:
        file, _, place = href.partition("#")
        assert place == "" or valley_pages[file].find(id=place) is not None, href
        assert shared < len(words)


def test_entries_hold_every_clause_actor_event_and_source(shipped):
    hrefs = {href.partition("#")[2] for _, _, _, href, _ in entries(shipped, [])[0]}
    for table in ("clauses", "actors", "events", "sources"):
        assert set(shipped[table]["id"]) <= hrefs


def test_index_in_the_front_page_is_what_entries_gives(valley_pages, valley):
    block = valley_pages["index.html"].select_one("script#entries")
    assert block["type"] == "application/json"
    found, words = entries(valley, [])
    assert json.loads(block.string) == {"entries": [list(each) for each in found], "words": words}
    assert "<" not in block.string


# Changes


LOG = """# Changelog

## Unreleased

### Code
- Not out yet.

### Data

## 1.1.0 (2031-01-02)

### Data
- One `row`
  more.
- Two.

## 1.0.0

### Data
- Old.
"""


def test_what_is_unreleased_and_the_newest_version_are_told(tmp_path):
    log = tmp_path / "CHANGELOG.md"
    log.write_text(LOG)
    assert [(change.heading, change.kinds) for change in newest(log)] == [
        ("Unreleased", (("Code", ("Not out yet.",)),)),
        ("1.1.0 (2031-01-02)", (("Data", ("One row more.", "Two.")),)),
    ]


def test_front_page_tells_what_changed(tmp_path, valley):
    log = tmp_path / "log.md"
    log.write_text(LOG)
    front = parsed(site([], valley, log)["index.html"])
    assert front.select_one("#changes").text == "What changed last"
    assert f"Data version {valley.version}: what changed." in front.select_one("main").text
    assert [item.text for item in front.select("#changes ~ ul li")] == [
        "Not out yet.",
        "One row more.",
        "Two.",
    ]


def test_without_a_changelog_nothing_is_told(tmp_path, valley_pages):
    assert newest(tmp_path / "CHANGELOG.md") == []
    assert valley_pages["index.html"].select("#changes, a[href='#changes']") == []


# The frame


def test_policy_names_the_style_and_the_script_of_the_page_by_hash(valley_pages):
    for name, page in valley_pages.items():
        policy = page.select_one("meta[http-equiv='Content-Security-Policy']")["content"]
        scripts = [each for each in page.select("script") if not each.get("type")]
        assert (name, len(page.select("style")), len(scripts)) == (name, 1, 1)
        hashes = [
            base64.b64encode(hashlib.sha256(each.string.encode()).digest()).decode()
            for each in (page.style, scripts[0])
        ]
        assert policy == (
            f"default-src 'none'; img-src data:; style-src 'sha256-{hashes[0]}'; "
            f"script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
        )
        assert page.select("[style]") == []


def test_neighbours_are_linked_in_order(valley_pages):
    first, second = (valley_pages[f"draft-plan-{letter}.html"] for letter in "ab")
    assert first.select(".before") == [] and second.select(".after") == []
    assert first.select_one(".after")["href"] == "draft-plan-b.html"
    assert second.select_one(".before")["href"] == "draft-plan-a.html"


def test_no_template_is_left_unfilled(valley_pages):
    for page in valley_pages.values():
        assert re.findall(r"\{\{|\{%|<!--neighbours-->|Undefined", str(page.main)) == []
