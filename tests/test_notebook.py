import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from IPython.display import HTML
from markupsafe import Markup
from PIL import Image

from briefing_helpers import Sources, charts, load
from briefing_helpers.notebook import bottom_line, figure, heading, listing, say, table


@pytest.fixture(autouse=True)
def figures():
    plt.switch_backend("agg")
    yield
    plt.close("all")


@pytest.fixture
def displayed(monkeypatch):
    """Collect what is displayed, and the metadata with it."""
    calls = []
    for module in ("notebook", "citing"):
        monkeypatch.setattr(
            f"briefing_helpers.{module}.display",
            lambda thing, metadata=None: calls.append((thing, metadata)),
        )
    return calls


@pytest.fixture
def shown(displayed):
    """Give the one thing displayed, parsed."""

    def shown():
        [(thing, _)] = displayed
        assert isinstance(thing, HTML)
        return BeautifulSoup(thing.data, "html.parser")

    return shown


def cells(soup):
    return [[cell.text for cell in row.select("td")] for row in soup.select("tbody tr")]


def alt_of(displayed):
    return next(metadata["image/png"]["alt"] for _, metadata in displayed if metadata)


def a_chart(title="Two of three"):
    return charts.bars(pd.Series({"north": 2.0, "south": 1.0}), title, "records")


DATA = pd.DataFrame({"side": ["north", "south"], "records": [2, 1]})
NASTY = "<b>5 & 6</b> \"so\" 'called' <script>x</script>"


# Sentences


@pytest.mark.parametrize(
    ("show", "tag"),
    [(bottom_line, ".bottom-line > p"), (say, "p"), (heading, "h3")],
    ids=["bottom_line", "say", "heading"],
)
def test_sentences_are_shown_word_for_word_and_escaped(shown, show, tag):
    show(NASTY)
    [found] = shown().select(tag)
    assert (found.text, found.find_all()) == (NASTY, [])


@pytest.mark.parametrize("show", [bottom_line, say], ids=lambda show: show.__name__)
def test_sentences_are_joined_by_one_blank(shown, show):
    show("One.", "Two.")
    assert shown().text == "One. Two."


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (iter([1, 2]), "1 and 2"),
        (range(1, 31), ", ".join(map(str, range(1, 30))) + " and 30"),
        (range(1, 33), ", ".join(map(str, range(1, 31))) + " and 2 more"),
    ],
    ids=["none", "one", "two", "three", "numbers", "at-the-limit", "beyond-the-limit"],
)
def test_listing(items, text):
    assert listing(items) == text


def test_listing_has_a_limit_of_its_own():
    assert listing(["a", "b", "c", "d"], limit=2) == "a, b and 2 more"


# Tables


def test_table_escapes_cells_and_caption(shown):
    table(pd.DataFrame({"text": [NASTY]}), NASTY)
    soup = shown()
    assert (cells(soup), soup.caption.text) == ([[NASTY]], NASTY)
    assert soup.select("b, script") == []


def test_table_escapes_column_names(shown):
    table(pd.DataFrame({NASTY: ["cell"]}), "Caption")
    soup = shown()
    assert [th.text for th in soup.select("th")] == [NASTY]
    assert soup.select("b, script") == []


def test_table_shows_long_text_whole(shown):
    text = "word " * 400 + "end"
    table(pd.DataFrame({"text": [text]}), "Long")
    assert cells(shown()) == [[text]]


def test_table_shows_every_row_and_column(shown):
    frame = pd.DataFrame({f"column {n}": [f"{row}.{n}" for row in range(150)] for n in range(30)})
    table(frame, "Large")
    soup = shown()
    assert [th.text for th in soup.select("thead th")] == list(frame.columns)
    assert cells(soup) == frame.to_numpy().tolist()


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NA, pd.NaT, ""], ids=repr)
def test_blank_cells_stay_empty(shown, blank):
    table(pd.DataFrame({"a": pd.Series([blank, "x"], dtype=object), "b": ["y", "z"]}), "Blanks")
    assert cells(shown()) == [["", "y"], ["x", "z"]]


@pytest.mark.parametrize("kind", ["Int64", "float64", "category", "datetime64[s]"])
def test_blank_cells_of_every_type_stay_empty(shown, kind):
    table(pd.DataFrame({"a": pd.Series([None], dtype=kind), "b": ["y"]}), "Blanks")
    assert cells(shown()) == [["", "y"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567"),
        (600000.0, "600,000"),
        (0, "0"),
        (12.34, "12.3"),
        (-5, "-5"),
        (True, "True"),
        (np.int64(1200), "1,200"),
    ],
    ids=repr,
)
def test_numbers_are_grouped_and_rounded(shown, value, text):
    table(pd.DataFrame({"n": [value]}), "Numbers")
    assert cells(shown()) == [[text]]


def test_table_has_a_caption_a_head_and_no_index(shown):
    table(pd.DataFrame({"a": [1], "b": [2]}, index=["row label"]), "What it shows")
    soup = shown()
    assert soup.table.find(True).name == "caption"
    assert soup.caption.text == "What it shows"
    assert [(th.text, th["scope"]) for th in soup.select("th")] == [("a", "col"), ("b", "col")]
    assert "row label" not in soup.text


def test_table_scrolls_in_a_region_that_has_a_name_and_takes_the_focus(shown):
    table(pd.DataFrame({"a": [1]}), 'The "wide" one')
    region = shown().select_one("div.table")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", 'The "wide" one')
    assert region.table is not None


def test_each_cell_says_which_column_it_is(shown):
    table(pd.DataFrame({"a": [1, 2], NASTY: ["us28-06", None]}), "Cards")
    assert [cell["data-label"] for cell in shown().select("td")] == ["a", NASTY] * 2


def test_empty_frame_shows_caption_and_head(shown):
    table(pd.DataFrame({"a": [], "b": []}), "Nothing found")
    soup = shown()
    assert (soup.caption.text, [th.text for th in soup.select("th")], cells(soup)) == (
        "Nothing found",
        ["a", "b"],
        [],
    )


def test_table_does_not_change_the_frame(shown):
    frame = pd.DataFrame({"a": ["<b>", None], "n": [1.5, float("nan")]})
    before = frame.copy(deep=True)
    table(frame, "Untouched")
    pd.testing.assert_frame_equal(frame, before)


def test_only_cells_marked_as_html_carry_links(shown):
    link = '<a href="#source-1">1</a>'
    table(pd.DataFrame({"marked": [Markup(link)], "typed": [link]}), "Links")
    soup = shown()
    assert [a["href"] for a in soup.select("a")] == ["#source-1"]
    assert cells(soup) == [["1", link]]


# Sources


def test_sources_are_numbered_in_order_of_use(valley):
    sources = Sources(valley)
    assert sources.refs("events", ["ford-talks-late", "ford-talks", "ford-talks-late"]) == [
        '<a href="#source-1">1</a>',
        '<a href="#source-2">2</a>, <a href="#source-1">1</a>',
        '<a href="#source-1">1</a>',
    ]


def test_numbers_of_one_notebook_are_shared_by_its_tables_and_no_others(valley):
    sources = Sources(valley)
    sources.refs("actors", ["northland"])
    assert sources.refs("claims", ["bh-c1"])[0].striptags() == "2, 1"
    assert Sources(valley).refs("claims", ["bh-c1"])[0].striptags() == "1, 2"


@pytest.mark.parametrize(
    ("table", "record", "text"),
    [
        ("claims", "bh-c2", "1, 2; against: 3"),
        ("claims", "bh-c4", "1; against: 2"),
        ("events", "bridge-strike", "against: 1"),
        ("events", "river-summit", "see: 1"),
        ("lineage", "a-01.b-01", "see: 1"),
        ("events", "nowhere", ""),
    ],
)
def test_refs_mark_what_speaks_against_a_record(valley, table, record, text):
    [refs] = Sources(valley).refs(table, [record])
    assert refs.striptags() == text


def test_context_beside_other_citations_takes_no_number(make_sample, tmp_path, shown):
    sample = make_sample("clean", tmp_path / "own")
    rows = sample.rows("citations")
    sample.write("citations", [*rows, ["c99", "claims", "bh-c1", "north-ministry", "context", *[""] * 4]])
    sources = Sources(load(sample.path))
    refs = sources.refs("claims", ["bh-c1"]) + sources.refs("claims", ["bh-c2"])
    assert [each.striptags() for each in refs] == ["1, 2", "1, 2; against: 3"]
    sources.show()
    assert len(shown().select("li")) == 3


def test_refs_are_given_for_every_record_in_order(valley):
    records = valley.clauses["id"][::-1]
    refs = Sources(valley).refs("clauses", records)
    assert len(refs) == len(records)
    assert [type(each) for each in refs] == [Markup] * len(records)
    assert refs[0] == Sources(valley).refs("clauses", ["plan-b-03"])[0]


def test_list_begun_anew_numbers_from_one_and_leaves_the_first_as_it_was(valley):
    first = Sources(valley)
    first.refs("events", valley.events["id"])
    before, second = first.listed(), first.anew()
    assert second.refs("clauses", ["plan-a-01"]) == Sources(valley).refs("clauses", ["plan-a-01"])
    assert first.listed() == before


def test_marks_of_several_records_name_each_source_once_for_each_thing_it_does(valley):
    """Its place is left out: it would differ from record to record."""
    groups = [[("claims", "bh-c2"), ("claims", "bh-c4")], [], [("claims", "bh-c1")]]
    several, none, one = Sources(valley).together(groups)
    assert several.striptags() == "1, 2; against: 3, 4"
    assert "data-at" not in several
    assert none == ""
    assert one == Sources(valley).refs("claims", ["bh-c1"])[0]


def test_show_lists_the_sources_used_and_no_others(valley, displayed):
    sources = Sources(valley)
    sources.refs("figures", ["dead.northland"])
    sources.refs("drafts", ["plan-a"])
    sources.show()
    [(thing, _)] = displayed
    soup = BeautifulSoup(thing.data, "html.parser")
    assert [(item["id"], item.text) for item in soup.select("ol.sources > li")] == [
        ("source-1", "Valley Forum, A thread. Reliability F (cannot be judged), read: fragment."),
        (
            "source-2",
            "Ministry of Northland, Text of plan A, 2031-05-01. Reliability A (reliable), read: full. "
            "example.org.",
        ),
    ]
    assert [(link["href"], link.text) for link in soup.select("a")] == [
        ("https://example.org/ministry", "example.org")
    ]


def test_show_explains_the_scale_of_reliability(valley, shown):
    Sources(valley).show()
    soup = shown()
    for value, label in valley.labels("sources", "reliability").items():
        assert f"{value} {label.lower()}" in soup.p.text
    assert soup.select("li") == []


def test_show_escapes_what_sources_call_themselves(make_sample, tmp_path, shown):
    sample = make_sample("clean", tmp_path / "own")
    sample.set("sources", "north-ministry", publisher=NASTY, title=NASTY, url="https://example.org/?a=1&b=2")
    sources = Sources(load(sample.path))
    sources.refs("drafts", ["plan-a"])
    sources.show()
    [item] = shown().select("li")
    assert item.text.startswith(f"{NASTY}, {NASTY}, 2031-05-01.")
    assert item.a["href"] == "https://example.org/?a=1&b=2"
    assert item.select("b, script") == []


def test_every_number_in_a_table_is_in_the_list(valley, displayed):
    sources = Sources(valley)
    sources.table("claims", valley.claims, ["summary", "verdict"], "Claims")
    sources.show()
    claims, listed = (BeautifulSoup(thing.data, "html.parser") for thing, _ in displayed)
    asked = {link["href"] for link in claims.select("td a")}
    assert (
        asked == {f"#{item['id']}" for item in listed.select("li")} == {f"#source-{n}" for n in range(1, 5)}
    )


def test_source_table_shows_labels_for_codes_and_names_without_underscores(valley, shown):
    sources = Sources(valley)
    sources.table("clauses", valley.clauses.head(2), ["id", "topic", "mode"], "First clauses")
    soup = shown()
    topic, mode = valley.labels("clauses", "topic"), valley.labels("clauses", "mode")
    assert soup.caption.text == "First clauses"
    assert [th.text for th in soup.select("th")] == ["id", "topic", "mode", "sources"]
    assert cells(soup) == [
        ["plan-a-01", topic["ceasefire"], mode["shall"], "1"],
        ["plan-a-02a", topic["forces"], mode["shall"], "1"],
    ]
    assert topic["ceasefire"] != "ceasefire"


def test_source_table_spells_column_names_as_words(valley, shown):
    Sources(valley).table("claims", valley.claims.head(1), ["others_say"], "Claims")
    assert [th.text for th in shown().select("th")] == ["others say", "sources"]


def test_marks_carry_the_place_in_the_source_and_what_it_does(make_sample, tmp_path):
    sample = make_sample("clean", tmp_path / "own")
    rows = [row for row in sample.rows("citations") if row[1:3] != ["claims", "bh-c1"]]
    more = [
        ["z1", "claims", "bh-c1", "north-ministry", "supports", "point 3", *[""] * 3],
        ["z2", "claims", "bh-c1", "north-ministry", "supports", "point 1", *[""] * 3],
        ["z3", "claims", "bh-c1", "wire-one", "contradicts", "<b>&", *[""] * 3],
        ["z4", "claims", "bh-c1", "border-herald", "supports", *[""] * 4],
    ]
    sample.write("citations", rows + more)
    sample.set("claims", "bh-c1", verdict="disputed")
    [refs] = Sources(load(sample.path)).refs("claims", ["bh-c1"])
    marks = BeautifulSoup(refs, "html.parser").select("a")
    assert [(a["href"], a.get("data-at"), a.get("data-relation")) for a in marks] == [
        ("#source-1", "point 3, point 1", None),
        ("#source-2", None, None),
        ("#source-3", "<b>&", "contradicts"),
    ]


def test_sentences_and_captions_take_marks(valley, displayed):
    sources = Sources(valley)
    say(sources.cite("A <b>summary</b>.", "claims", "bh-c2"), "And more <i>text</i>.")
    table(DATA, sources.cite("Sides & records", "drafts", "plan-a"))
    paragraph, region = (BeautifulSoup(thing.data, "html.parser") for thing, _ in displayed)
    assert paragraph.text == "A <b>summary</b>. [1, 2; against: 3] And more <i>text</i>."
    assert [a["href"] for a in paragraph.select("p .refs a")] == ["#source-1", "#source-2", "#source-3"]
    assert [(a.text, a["href"]) for a in region.select("caption a")] == [("4", "#source-4")]
    assert region.caption.text == "Sides & records [4]"
    assert (region.div["aria-label"], region.div["id"]) == ("Sides & records", "t-sides-records")
    assert sources.cite("Nothing & <more>", "claims", "nowhere") == "Nothing &amp; &lt;more&gt;"


def test_show_says_which_sources_count_once(make_sample, tmp_path, shown):
    briefing = load(make_sample("clean", tmp_path / "own").path)
    briefing.sources["origin"] = ["one-wire"] * 3 + [f"own-{n}" for n in range(len(briefing.sources) - 3)]
    sources = Sources(briefing)
    for table_name in ("claims", "drafts", "figures", "actors", "events", "clauses"):
        sources.refs(table_name, briefing[table_name]["id"])
    sources.show()
    soup = shown()
    used = len(soup.select("li"))
    assert used == len(briefing.sources)
    once = [item.text.split("Same origin as ")[1] for item in soup.select("li") if "Same" in item.text]
    assert len(once) == 3 and all(" and " in text and "they count once." in text for text in once)
    assert f"These {used} sources go back to {used - 2} origins" in soup.p.text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org/x", "ftp://a", ""])
def test_only_addresses_on_the_web_become_links(make_sample, tmp_path, shown, url):
    sample = make_sample("clean", tmp_path / "own")
    briefing = load(sample.path)
    briefing.sources.loc[briefing.sources["id"] == "north-ministry", "url"] = url
    sources = Sources(briefing)
    sources.refs("drafts", ["plan-a"])
    sources.show()
    assert shown().select("li a") == []


@pytest.mark.parametrize(
    ("value", "exact"),
    [(1234567, "1234567"), (600000.0, "600000"), (12.34, "12.34"), (-5, None), (7.5, None), (True, None)],
    ids=repr,
)
def test_cell_keeps_the_exact_number_that_it_shows_rounded(shown, value, exact):
    table(pd.DataFrame({"n": [value]}), "Numbers")
    assert shown().td.get("data-value") == exact


def test_cell_of_a_megabyte_is_cut_and_says_so(shown):
    table(pd.DataFrame({"text": ["x" * 1_000_000]}), "Long")
    [[cell]] = cells(shown())
    assert len(cell) < 21_000
    assert cell.endswith(" … (cut here; 1,000,000 characters in all)")


# Figures


def test_alt_text_is_the_title_and_the_data(displayed):
    figure(a_chart(), "the record", DATA)
    assert alt_of(displayed) == "Two of three. north: records 2; south: records 1."


def test_alt_text_given_is_taken_with_blanks_folded(displayed):
    figure(a_chart(), "the record", DATA, alt="A chart\n  of two ")
    assert alt_of(displayed) == "A chart of two"


@pytest.mark.parametrize("alt", [None, "", "  \n"], ids=repr)
def test_alt_text_is_never_empty(displayed, alt):
    figure(a_chart(), "the record", DATA, alt=alt)
    assert alt_of(displayed).startswith("Two of three. ")


def test_alt_text_of_a_chart_without_data_is_its_title(displayed):
    figure(a_chart(), "the record", DATA.head(0))
    assert alt_of(displayed) == "Two of three."


@pytest.mark.parametrize("name", ["Russia's <neighbours> & others", "us28-06", "2025-11"])
def test_alt_text_is_plain_text(displayed, name):
    """The template escapes it; escaped here too, a reader would hear ``&amp;#39;``."""
    data = pd.DataFrame({"side": [name], "records": [1200], "like": [name]})
    figure(a_chart(), "the record", data)
    assert alt_of(displayed) == f"Two of three. {name}: records 1,200, like {name}."


def test_alt_text_of_a_title_with_dollars_has_no_backslashes(displayed):
    figure(a_chart("$100 billion of $300 billion"), "the record", DATA)
    assert alt_of(displayed).startswith("$100 billion of $300 billion. ")


def test_alt_text_of_a_long_title_is_one_line(displayed):
    title = "A long title " * 12
    figure(a_chart(title), "the record", DATA)
    assert alt_of(displayed).startswith(title.strip() + ". ")


def test_alt_text_leaves_out_links_blanks_and_zeros(displayed):
    data = pd.DataFrame({"side": ["north"], "a": [0], "b": [None], "sources": [Markup("<a>1</a>")], "c": [3]})
    figure(a_chart(), "the record", data)
    assert alt_of(displayed) == "Two of three. north: c 3."


def test_alt_text_of_much_data_says_that_there_is_more(displayed):
    data = pd.DataFrame({"row": [f"row {n}" for n in range(15)], "n": range(1, 16)})
    figure(a_chart(), "the record", data)
    alt = alt_of(displayed)
    assert alt.endswith("; row 7: n 8; and 7 more in the table below.")
    assert "row 8" not in alt


def test_figure_is_shown_with_its_data_below_and_closed(displayed):
    ax = a_chart()
    figure(ax, "the record", DATA)
    (image, _), (details, metadata) = displayed
    assert image is ax.figure
    assert metadata is None
    assert plt.get_fignums() == []
    soup = BeautifulSoup(details.data, "html.parser")
    assert soup.details.summary.text == "Data of this chart"
    assert "open" not in soup.details.attrs
    assert [th.text for th in soup.select("details th")] == ["side", "records"]
    assert cells(soup) == [["north", "2"], ["south", "1"]]


def test_source_line_is_inside_the_image(displayed):
    ax = a_chart()
    figure(ax, "this record, data 1.2.3", DATA)
    fig = ax.figure
    [line] = [text for text in fig.texts if text.get_text().startswith("Source: ")]
    assert line.get_text() == "Source: this record, data 1.2.3"
    drawn = line.draw
    inside = []

    def draw(renderer):
        drawn(renderer)
        inside.append(line.get_window_extent(renderer))

    line.draw = draw
    file = io.BytesIO()
    fig.savefig(file, bbox_inches="tight")
    width, height = Image.open(file).size
    box = inside[-1]
    assert box.x0 >= 0 and box.y0 >= 0
    assert box.x1 <= width and box.y1 <= height


def test_long_source_line_is_wrapped_and_whole(displayed):
    ax = a_chart()
    source = "a source with a long name " * 12
    figure(ax, source, DATA)
    [line] = [text.get_text() for text in ax.figure.texts if text.get_text().startswith("Source: ")]
    assert line.split() == f"Source: {source}".split()
    assert max(map(len, line.splitlines())) <= 110


def test_source_line_with_dollars_is_drawn_as_it_stands(displayed):
    ax = a_chart()
    figure(ax, "prices in $ and ^ of $", DATA)
    ax.figure.savefig(io.BytesIO())
    [line] = [text for text in ax.figure.texts if text.get_text().startswith("Source: ")]
    assert not line.get_parse_math()
