import base64
import io
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from briefing_helpers import load
from briefing_helpers.cli import main
from briefing_helpers.report import ReportError, build
from briefing_helpers.report.render import render
from briefing_helpers.report.run import run as run_notebook
from briefing_helpers.report.site import site

pytestmark = pytest.mark.usefixtures("server")

COMMITTED = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
PLACEHOLDER = "No description has been provided for this image"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
JPEG = base64.b64encode(b"\xff\xd8\xff\xd9").decode()

KINDS = f"""\
import sys

from IPython.display import HTML, display

print("to stdout & <out>")
print("to stderr & <err>", file=sys.stderr)
display(HTML('<div class="bottom-line"><p>Two &lt; three.</p></div>'))
display(HTML("<table><tr><td>a cell</td></tr></table>"))
alt = lambda kind: {{kind: {{"alt": f"The {{kind}} & its <alt>"}}}}
show = lambda kind, data: display({{kind: data}}, metadata=alt(kind), raw=True)
show("text/markdown", "some **bold** words")
show("text/latex", "$x < y$")
show("image/png", {PNG!r})
show("image/jpeg", {JPEG!r})
show("image/svg+xml", {SVG!r})
"a result & <result>"
"""


def text(*lines):
    return new_markdown_cell("\n\n".join(lines))


def code(source, *outputs, tags=()):
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)} if tags else {})


def shows(kind, data, alt=None):
    metadata = {} if alt is None else {kind: {"alt": alt}}
    return new_output("display_data", data={kind: data}, metadata=metadata)


def write(folder, **notebooks):
    folder.mkdir(exist_ok=True)
    for name, cells in notebooks.items():
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


def rendered(*cells, name="page"):
    return render(new_notebook(cells=list(cells)), name, "1.2.3", "0123456789abcdef" * 4)


def soup_of(*cells):
    return BeautifulSoup(rendered(*cells).html, "html.parser")


def visible(folder):
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]


def snapshot(folder):
    return {path.name: path.read_bytes() for path in visible(folder)}


@pytest.fixture(scope="module")
def built(tmp_path_factory, server):
    """Build two notebooks once; give the folder and what build() returned."""
    root = tmp_path_factory.mktemp("built")
    notebooks = write(
        root / "notebooks",
        first=[
            text(
                "# Which kinds are kept?",
                "All, *it* seems.",
                "[On](second.ipynb#a-place) and [out](https://example.org)",
            ),
            code("hidden = 'setup'", tags=["hide-input"]),
            code(KINDS),
        ],
        second=[
            text("# A second?", "Is it there?", '<p id="a-place">Here</p>', "[Back](./first.ipynb)"),
            code("1 + 1"),
        ],
    )
    (notebooks / ".ipynb_checkpoints").mkdir()
    (notebooks / ".ipynb_checkpoints" / "first-checkpoint.ipynb").write_text("no notebook")
    (notebooks / ".hidden.ipynb").write_text("no notebook")
    output = root / "deep" / "reports"
    return output, build(notebooks, output, jobs=2)


@pytest.fixture(scope="module")
def page(built):
    return BeautifulSoup((built[0] / "first.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def front(built):
    return BeautifulSoup((built[0] / "index.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def committed():
    """Render the committed notebooks as they are: file name to parsed page, index.html included."""
    briefing = load()
    pages = [
        render(nbformat.read(path, as_version=4), path.stem, briefing.version, briefing.digest)
        for path in COMMITTED
    ]
    return {name: BeautifulSoup(text, "html.parser") for name, text in site(pages, briefing).items()}


@pytest.fixture
def report(capsys):
    """Run ``briefing report`` in this process; an exception that it lets through fails the test."""

    def report(notebooks, output, *args):
        code = main(["report", "--notebooks", str(notebooks), "--output", str(output), *args])
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err.splitlines()

    return report


# What is written


def test_one_file_for_each_notebook_and_the_front_page(built):
    output, written = built
    drafts = load().drafts["id"]
    record = ["actors.html", "events.html", "sources.html", *(f"draft-{draft}.html" for draft in drafts)]
    names = sorted(["first.html", "index.html", "second.html", *record])
    assert written == [output / name for name in names]
    assert [path.name for path in visible(output)] == names


def test_nothing_is_left_beside_the_reports(built):
    assert [path.name for path in built[0].parent.iterdir()] == ["reports"]


def test_front_page_leads_to_every_report_with_question_and_bottom_line(front):
    cards = front.select("article.card")
    assert [(card.a["href"], card.a.text, card.p.text) for card in cards] == [
        ("first.html", "Which kinds are kept?", "All, it seems."),
        ("second.html", "A second?", "Is it there?"),
    ]
    assert [each.text for each in front.select(".finding")] == ["Two < three."]
    assert len(cards[0].select("img[src^='data:image/webp;base64,']")) == 1
    assert cards[1].select("img") == []


@pytest.mark.parametrize("kind", ["bottom-line", "wide bottom-line"])
def test_bottom_line_on_the_front_page_has_no_marks_and_no_links_to_tables(kind):
    html = (
        f'<div class="{kind}"><p>Two <b>of</b> three '
        '<span class="refs">[<a href="#source-1">1</a>]</span>.</p>'
        '<p class="see">How do we know? <a href="#t-x">X</a>.</p></div><p id="source-1">A source.</p>'
    )
    assert rendered(text("# Q?"), code("x", shows("text/html", html))).bottom_line == "Two of three ."


def test_footer_names_version_and_digest_of_the_data(built):
    briefing = load()
    for path in built[1]:
        footer = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").footer
        assert f"Data version {briefing.version}, digest {briefing.digest[:12]}." in footer.text


def test_notebooks_are_left_as_they_were(tmp_path):
    notebooks = write(tmp_path / "notebooks", only=[text("# One?"), code("print(1)")])
    before = snapshot(notebooks)
    build(notebooks, tmp_path / "reports", jobs=1)
    assert snapshot(notebooks) == before


# Kinds of output


def test_streams_and_results_are_kept_word_for_word(page):
    assert [each.text.strip() for each in page.select("main > pre.text")] == [
        "to stdout & <out>",
        "to stderr & <err>",
        "$x < y$",
        "'a result & <result>'",
    ]
    assert page.select("out, err, result") == []


def test_html_and_markdown_outputs_are_kept(page):
    assert [each.text for each in page.select("main td")] == ["a cell"]
    assert [each.text for each in page.select("main strong")] == ["bold"]
    assert [each.text for each in page.select("main .bottom-line > p")] == ["Two < three."]


@pytest.mark.parametrize(
    ("kind", "data"),
    [("image/jpeg", JPEG), ("image/svg+xml", base64.b64encode(SVG.encode()).decode())],
)
def test_images_are_embedded_with_their_alt_text(page, kind, data):
    [image] = page.select(f'main img[src^="data:{kind};base64,"]')
    assert base64.b64decode(image["src"].split(",")[1]).strip() == base64.b64decode(data)
    assert image["alt"] == f"The {kind} & its <alt>"


def test_png_becomes_a_smaller_picture_of_the_same_pixels():
    picture = Image.new("RGBA", (60, 40), "#0b5394")
    picture.putpixel((3, 4), (200, 10, 20, 255))
    held = io.BytesIO()
    picture.save(held, "PNG")
    png = base64.b64encode(held.getvalue()).decode()
    soup = soup_of(text("# Q?"), code("plot", shows("image/png", png, "A field")))
    [image] = soup.select("main figure img")
    kind, data = image["src"].split(",")
    assert (kind, image["alt"]) == ("data:image/webp;base64", "A field")
    assert len(data) < len(png)
    with Image.open(io.BytesIO(base64.b64decode(data))) as shown:
        assert shown.convert("RGB").tobytes() == picture.convert("RGB").tobytes()


def blank(width, height):
    held = io.BytesIO()
    Image.new("L", (width, height)).save(held, "PNG")
    return base64.b64encode(held.getvalue()).decode()


# A WebP has at most 16,383 pixels a side; a picture of 400 million would fill the memory.
@pytest.mark.parametrize("png", ["AAAA", "A", blank(1, 16_384), blank(20_000, 20_000)], ids=len)
def test_png_that_makes_no_other_picture_is_kept_and_fails_nothing(png):
    page = rendered(text("# Q?"), code("plot", shows("image/png", png, "A field")))
    [image] = BeautifulSoup(page.html, "html.parser").select("main figure img")
    assert (image["src"], image["alt"]) == (f"data:image/png;base64,{png}", "A field")


def test_thumbnail_is_of_the_first_picture_that_can_be_read():
    shown = [shows("image/png", png, "A field") for png in ("AAAA", blank(960, 480))]
    page = rendered(text("# Q?"), code("plot", *shown))
    with Image.open(io.BytesIO(base64.b64decode(page.thumbnail))) as small:
        assert small.size == (480, 240)


def test_error_that_a_notebook_means_to_show_is_kept():
    error = new_output(
        "error", ename="ValueError", evalue="no <b>", traceback=["\x1b[31mValueError\x1b[0m: no <b>"]
    )
    soup = soup_of(text("# Q?"), code("int('x')", error, tags=["raises-exception"]))
    assert [each.text.strip() for each in soup.select("main > pre.text")] == ["ValueError: no <b>"]


def test_table_of_a_frame_as_a_result_is_kept():
    output = new_output("execute_result", data={"text/html": "<table><td>7</td></table>", "text/plain": "7"})
    soup = soup_of(text("# Q?"), code("frame", output))
    assert [each.text for each in soup.select("main td")] == ["7"]
    assert soup.select("pre.text") == []


# Images


def test_no_image_has_the_placeholder_of_nbconvert(built, committed):
    texts = [path.read_text(encoding="utf-8") for path in built[1]] + [
        str(each) for each in committed.values()
    ]
    assert [text.count(PLACEHOLDER) for text in texts] == [0] * len(texts)


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/svg+xml"])
@pytest.mark.parametrize("alt", [None, "", "  "], ids=["none", "empty", "blank"])
def test_image_without_alt_text_is_refused(kind, alt):
    data = {"image/png": PNG, "image/jpeg": JPEG, "image/svg+xml": SVG}[kind]
    with pytest.raises(ValueError) as error:
        rendered(text("# Q?"), code("1"), code("plot", shows(kind, data, alt)))
    assert str(error.value) == "page.ipynb, cell 3: an image has no alt text; show it with figure()"


@pytest.mark.parametrize(
    "cell",
    [
        text(f"![](data:image/png;base64,{PNG})"),
        text(f'<img src="data:image/png;base64,{PNG}">'),
        code("x", shows("text/html", f'<img src="data:image/png;base64,{PNG}">')),
        code("x", shows("text/markdown", f"![](data:image/png;base64,{PNG})")),
    ],
    ids=["markdown", "markdown-html", "html-output", "markdown-output"],
)
def test_image_without_alt_text_in_text_is_refused_too(cell):
    with pytest.raises(ValueError, match=r"^page\.ipynb, cell 2: an image has no alt text"):
        rendered(text("# Q?"), cell)


def test_build_names_notebook_and_cell_of_an_image_without_alt_text(tmp_path):
    plot = f"from IPython.display import display\ndisplay({{'image/png': {PNG!r}}}, raw=True)"
    notebooks = write(tmp_path / "notebooks", bare=[text("# Q?"), code("1"), code(plot)])
    with pytest.raises(ReportError) as error:
        build(notebooks, tmp_path / "reports", jobs=1)
    assert error.value.faults == ["bare.ipynb, cell 3: an image has no alt text; show it with figure()"]
    assert not (tmp_path / "reports").exists()


# Marks

LISTED = '<ol class="sources"><li id="source-1">A source.</li></ol>'


def mark(number):
    return f'<p>So it is <span class="refs">[<a href="#source-{number}">{number}</a>]</span>.</p>'


@pytest.mark.parametrize(
    "below", [[], [code("y", shows("text/html", LISTED))]], ids=["no list", "shorter list"]
)
def test_mark_that_leads_to_no_source_is_refused(below):
    with pytest.raises(ValueError) as error:
        rendered(text("# Q?"), code("1"), code("x", shows("text/html", mark(2))), *below)
    assert str(error.value) == "page.ipynb, cell 3: mark 2 leads nowhere; end with sources.show()"


def test_mark_may_stand_before_or_after_its_source():
    listed, marked = (code("x", shows("text/html", each)) for each in (LISTED, mark(1)))
    for cells in ([listed, marked], [marked, listed]):
        assert 'href="#source-1"' in rendered(text("# Q?"), *cells).html


# Self-contained


def fetched(soup):
    """List what a browser would get by itself from this page: everything but the targets of links."""
    found = []
    for tag in soup.find_all(True):
        for name in ("src", "srcset", "poster", "data", "background", "action", "xlink:href"):
            found += [tag[name]] if tag.has_attr(name) else []
        if tag.name in ("link", "image", "use", "base") and tag.has_attr("href"):
            found.append(tag["href"])
        css = tag.get("style", "") + (tag.get_text() if tag.name == "style" else "")
        found += re.findall(r"url\(\s*['\"]?([^'\")]+)", css) + re.findall(r"@import\s+(\S+)", css)
        if tag.name == "script":
            found += re.findall(r"\bfetch\(|XMLHttpRequest|import\(|https?://\S+", tag.get_text())
        if tag.name == "meta" and str(tag.get("http-equiv", "")).lower() == "refresh":
            found.append(tag["content"])
    return [address[:80] for address in found if not address.startswith("data:")]


def test_what_would_be_fetched_is_seen():
    tags = [
        *('<link rel="stylesheet" href="https://a/x">', '<script src="https://b/x"></script>'),
        *(
            '<img src="//c/x">',
            '<iframe src="https://d/x"></iframe>',
            '<p style="background:url(https://e/x)"></p>',
        ),
        *(
            "<style>@import https://f/x;</style>",
            "<style>a{b:url('https://g/x')}</style>",
            '<a href="https://h/x">',
        ),
    ]
    found = fetched(BeautifulSoup("".join(tags), "html.parser"))
    assert [letter for letter in "abcdefgh" if any(f"//{letter}/x" in address for address in found)] == list(
        "abcdefg"
    )


def test_reports_fetch_nothing(built, committed):
    pages = {path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in built[1]}
    for pages_made in (pages, committed):
        assert {name: fetched(soup) for name, soup in pages_made.items()} == {name: [] for name in pages_made}


@pytest.mark.parametrize(
    "cell",
    [
        text("![A map](https://example.org/map.png)"),
        text("![A map](map.png)"),
        code("x", shows("text/html", '<script src="https://example.org/x.js"></script>')),
        code("x", shows("text/html", '<iframe src="https://example.org"></iframe>')),
    ],
    ids=["remote-image", "local-image", "script", "frame"],
)
def test_cell_that_would_fetch_something_is_refused(cell):
    with pytest.raises(ValueError, match=r"^page\.ipynb, cell 2: "):
        rendered(text("# Q?"), cell)


def test_links_may_lead_out(page):
    assert "https://example.org" in [link["href"] for link in page.select("main a")]


# Links and headings


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("other.ipynb", "other.html"),
        ("other.ipynb#x", "other.html#x"),
        ("./06_other-one.ipynb#The-end", "./06_other-one.html#The-end"),
        ("https://example.org/other.ipynb", "https://example.org/other.ipynb"),
        ("#here", "#here"),
        ("other.csv", "other.csv"),
    ],
)
@pytest.mark.parametrize("kind", ["markdown", "output"])
def test_links_to_notebooks_lead_to_their_reports(target, found, kind):
    link = f'<a href="{target}">there</a>'
    cell = text(f"[there]({target})") if kind == "markdown" else code("x", shows("text/html", link))
    soup = soup_of(text("# Q?"), cell)
    assert [link["href"] for link in soup.select("main a") if link.text == "there"] == [found]


def test_code_and_text_that_speak_of_notebooks_are_left_alone():
    soup = soup_of(text("# Q?", "Run `other.ipynb`."), code('open("other.ipynb", href="other.ipynb")'))
    assert [each.text for each in soup.select("main code")] == [
        "other.ipynb",
        'open("other.ipynb", href="other.ipynb")',
    ]


def test_headings_have_ids_to_link_to():
    soup = soup_of(text("# What is it?"), text("## Bottom line", "### A `code` word"))
    assert [each.get("id") for each in soup.select("h1, h2, h3")] == [
        "What-is-it?",
        "Bottom-line",
        "A-code-word",
    ]
    assert [each.text for each in soup.select("h1, h2, h3")] == ["What is it?", "Bottom line", "A code word"]


def test_headings_keep_their_levels_in_order(committed):
    for name, soup in committed.items():
        levels = [int(each.name[1]) for each in soup.select("h1, h2, h3, h4, h5, h6")]
        assert (name, levels[0], levels.count(1)) == (name, 1, 1)
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert (name, jumps) == (name, [])


def test_there_are_committed_notebooks():
    assert len(COMMITTED) >= 5


@pytest.mark.parametrize("name", [*(path.stem + ".html" for path in COMMITTED), "index.html"])
def test_every_link_between_the_reports_resolves(committed, name):
    inner = [link["href"] for link in committed[name].select("a[href]")]
    inner = [href for href in inner if not href.startswith(("https://", "http://"))]
    assert inner
    ids = {page: {tag["id"] for tag in soup.find_all(id=True)} for page, soup in committed.items()}
    split = [(href, *href.removeprefix("./").partition("#")[::2]) for href in inner]
    broken = [
        href
        for href, file, fragment in split
        if (file or name) not in ids or (fragment and fragment not in ids[file or name])
    ]
    assert broken == []


@pytest.mark.parametrize("name", [*(path.stem + ".html" for path in COMMITTED), "index.html"])
def test_ids_of_a_page_are_unique(committed, name):
    ids = [tag["id"] for tag in committed[name].find_all(id=True)]
    assert sorted(each for each in set(ids) if ids.count(each) > 1) == []


def test_front_page_leads_to_every_committed_notebook(committed):
    assert [link["href"] for link in committed["index.html"].select(".card h3 a")] == [
        path.stem + ".html" for path in COMMITTED
    ]


def test_title_is_plain_text():
    page = rendered(text("# What is *this* & `that`?", "And **why**?"))
    assert (page.title, page.question) == ("What is this & that?", "And why?")
    assert BeautifulSoup(page.html, "html.parser").title.text == "What is this & that?"


# Code


def test_hidden_cells_show_no_code_but_their_output():
    output = new_output("stream", name="stdout", text="said")
    soup = soup_of(text("# Q?"), code("secret = 1", output, tags=["hide-input"]))
    assert "secret" not in str(soup)
    assert soup.select_one("main > pre.text").text == "said"


def test_code_is_inside_the_folded_block_and_escaped(page):
    blocks = page.select("main details.code")
    assert [block.pre.text.strip() for block in blocks] == [KINDS.strip()]
    assert [(block.summary.text, block.has_attr("open")) for block in blocks] == [("Code", False)]
    assert [each for each in page.select("main pre > code") if not each.find_parent(class_="code")] == []


def test_button_for_all_code_shows_only_where_scripts_run(page):
    button = page.select_one("button#code")
    assert (button.text, button.has_attr("hidden")) == ("Show code", True)


# Failures


FAILING = [text("# Q?"), code("x = 1"), code("print('so far')\n{}['missing key']")]


def test_failing_notebook_is_named_with_cell_and_error_and_no_report_changes(tmp_path, report):
    notebooks = write(tmp_path / "notebooks", bad=FAILING, good=[text("# Q?"), code("1")])
    output = tmp_path / "reports"
    output.mkdir()
    for name in ("bad.html", "good.html", "index.html"):
        (output / name).write_bytes(b"earlier\r\n\xff" + name.encode())
    before = snapshot(output)
    exit_code, out, err = report(notebooks, output)
    assert (exit_code, out, sorted(err[:2])) == (1, [], ["bad: failed", "good: done"])  # as they end
    assert err[2:] == [
        "bad.ipynb, cell 3: KeyError: 'missing key'",
        "no report was written; the earlier ones are as they were",
    ]
    assert snapshot(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notebooks", "reports"]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("1 +", r"page\.ipynb, cell 2: SyntaxError: invalid syntax .*"),
        ("raise ValueError('one\\ntwo')", r"page\.ipynb, cell 2: ValueError: one two"),
        ("assert False, 'reword the page'", r"page\.ipynb, cell 2: AssertionError: reword the page"),
        ("raise ValueError('x' * 1000)", r"page\.ipynb, cell 2: ValueError: x{297}\.\.\."),
    ],
    ids=["syntax", "lines", "assertion", "long"],
)
def test_fault_is_one_short_line(tmp_path, source, fault):
    notebooks = write(tmp_path / "notebooks", page=[text("# Q?"), code(source), code("1")])
    assert re.fullmatch(fault, run_notebook(notebooks / "page.ipynb").fault)


@pytest.mark.parametrize(
    "raw",
    [b"", b"no notebook", b"{}", b"[]", b'{"cells": 3, "nbformat": 4, "nbformat_minor": 5}', b"\xff\xfe\x00"],
    ids=["empty", "text", "object", "list", "cells", "bytes"],
)
def test_unreadable_notebook_is_named(tmp_path, report, raw):
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "torn.ipynb").write_bytes(raw)
    code, out, err = report(notebooks, tmp_path / "reports")
    assert (code, out, len(err)) == (1, [], 3)
    assert re.fullmatch(r"torn\.ipynb: not a notebook \(.+\)", err[1])
    assert err[2] == "no report was written; the earlier ones are as they were"
    assert not (tmp_path / "reports").exists()


def test_every_failing_notebook_is_named(tmp_path):
    notebooks = write(tmp_path / "notebooks", b=FAILING)
    (notebooks / "a.ipynb").write_text("torn")
    with pytest.raises(ReportError) as error:
        build(notebooks, tmp_path / "reports", jobs=2)
    assert [fault.split(":")[0] for fault in error.value.faults] == ["a.ipynb", "b.ipynb, cell 3"]


def test_missing_kernel_is_named(tmp_path):
    notebooks = write(tmp_path / "notebooks", page=[text("# Q?"), code("1")])
    notebook = nbformat.read(notebooks / "page.ipynb", as_version=4)
    notebook.metadata["kernelspec"] = {"name": "no-such-kernel", "display_name": "None"}
    nbformat.write(notebook, notebooks / "page.ipynb")
    fault = run_notebook(notebooks / "page.ipynb").fault
    assert fault == "page.ipynb: could not be run (No such kernel named no-such-kernel)"


def test_folder_without_notebooks_exits_2(tmp_path, report):
    (tmp_path / "notes.txt").write_text("no notebook")
    assert report(tmp_path, tmp_path / "reports") == (2, [], [f"briefing: no notebook in {tmp_path}"])
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("name", ["nowhere", "file.ipynb"])
def test_missing_folder_exits_2(tmp_path, report, name):
    (tmp_path / "file.ipynb").write_text("{}")
    folder = tmp_path / name
    message = f"briefing: there is no folder {folder}; run this beside notebooks/ or name it with --notebooks"
    assert report(folder, tmp_path / "reports") == (2, [], [message])
    assert not (tmp_path / "reports").exists()


def test_report_prints_the_files_written(tmp_path, report):
    notebooks = write(tmp_path / "notebooks", only=[text("# One?"), code("1")])
    output = tmp_path / "reports"
    exit_code, out, err = report(notebooks, output, "--jobs", "1")
    assert (exit_code, err) == (0, ["only: done"])
    assert out == [str(path) for path in visible(output)]
    assert {str(output / "index.html"), str(output / "only.html")} <= set(out)


def test_only_runs_the_notebook_named_and_keeps_the_others_as_they_were(tmp_path, report):
    notebooks = write(
        tmp_path / "notebooks",
        one=[text("# One?"), code("1")],
        three=[text("# Three?"), code("3")],
        two=[text("# Two?"), code("2")],
    )
    output = tmp_path / "reports"
    exit_code, out, err = report(notebooks, output, "--only", "one", "--only", "two.ipynb")
    assert (exit_code, sorted(err)) == (0, ["one: done", "two: done"])
    assert [link["href"] for link in front_of(output).select(".card h3 a")] == ["one.html", "two.html"]
    write(notebooks, one=FAILING, two=[text("# Two, again?"), code("2")])
    exit_code, out, err = report(notebooks, output, "--only", "two")
    assert (exit_code, err) == (0, ["two: done"])
    assert out == [str(output / name) for name in ("index.html", "one.html", "two.html")]  # linked anew
    cards = front_of(output).select(".card h3 a")
    assert [link.text for link in cards] == ["One?", "Two, again?"]


def test_a_whole_build_looks_at_every_notebook_after_only(tmp_path, report):
    notebooks = write(tmp_path / "notebooks", one=[text("# One?")], two=[text("# Two?")])
    report(notebooks, tmp_path / "reports", "--only", "one")
    assert report(notebooks, tmp_path / "reports")[2] == ["two: done"]
    assert report(notebooks, tmp_path / "reports")[2] == []


def front_of(output):
    return BeautifulSoup((output / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_only_names_a_near_miss(tmp_path, report):
    notebooks = write(tmp_path / "notebooks", one_plan=[text("# One?")])
    message = f"briefing: {notebooks} has no notebook 'one_plam'; did you mean 'one_plan'?"
    assert report(notebooks, tmp_path / "reports", "--only", "one_plam") == (2, [], [message])


def test_open_shows_the_report_or_the_front_page(tmp_path, report, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    notebooks = write(tmp_path / "notebooks", one=[text("# One?")])
    output = tmp_path / "reports"
    report(notebooks, output, "--open")
    report(notebooks, output, "--only", "one", "--open")
    assert opened == [(output / name).as_uri() for name in ("index.html", "one.html")]


def test_without_a_folder_here_the_notebooks_of_the_checkout_are_run(tmp_path, monkeypatch):
    chosen = []
    monkeypatch.setattr(
        "briefing_helpers.report.build", lambda notebooks, *args, **named: chosen.append(notebooks) or []
    )
    monkeypatch.chdir(tmp_path)
    assert main(["report"]) == 0
    write(tmp_path / "notebooks", own=[text("# Own?")])
    assert main(["report"]) == 0
    assert chosen == [COMMITTED[0].parent, Path("notebooks")]


def test_pdf_without_a_browser_says_what_to_do_before_anything_is_run(tmp_path, report, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("briefing_helpers.report.pdf._PLACES", ())
    monkeypatch.delenv("BRIEFING_BROWSER", raising=False)
    notebooks = write(tmp_path / "notebooks", one=[text("# One?")])
    code, out, err = report(notebooks, tmp_path / "reports", "--pdf")
    assert (code, out, len(err)) == (1, [], 1)
    assert err[0].startswith(
        "briefing: --pdf needs Chromium, Chrome or Edge, and none was found; install one"
    )
    assert not (tmp_path / "reports").exists()


def test_browser_named_that_is_not_there_is_named(tmp_path, report, monkeypatch):
    monkeypatch.setenv("BRIEFING_BROWSER", "/nowhere/chromium")
    notebooks = write(tmp_path / "notebooks", one=[text("# One?")])
    assert report(notebooks, tmp_path / "reports", "--pdf") == (
        1,
        [],
        ["briefing: BRIEFING_BROWSER names /nowhere/chromium, which is not there"],
    )


# The same again


def test_same_notebooks_and_data_make_the_same_bytes(tmp_path):
    chart = """\
import matplotlib.pyplot as plt
import pandas as pd
import briefing_helpers as bh
briefing = bh.load()
sources = bh.Sources(briefing)
sources.table("clauses", briefing.clauses.head(3), ["id", "summary"], "Clauses")
bh.figure(bh.charts.bars(pd.Series({"a": 2.0}), "A chart", "records"), "record", pd.DataFrame({"a": [2]}))
sources.show()
"""
    notebooks = write(tmp_path / "notebooks", same=[text("# The same?"), code(chart)])
    for name in ("first", "second"):
        build(notebooks, tmp_path / name, jobs=1)
    first, second = snapshot(tmp_path / "first"), snapshot(tmp_path / "second")
    assert list(first) and sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
