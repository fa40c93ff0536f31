"""Whatever stands in data or outputs, a page runs nothing, fetches nothing and hides nothing."""

import pandas as pd
import pytest

from briefing_helpers import citing, load, notebook
from briefing_helpers.report.site import site
from browser.opening import MARKS, opened, sideways

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
    sources = citing.Sources(briefing)
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
