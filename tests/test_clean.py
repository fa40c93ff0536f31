import pytest
from bs4 import BeautifulSoup

from briefing_helpers.report.clean import clean, is_safe_address, visible


def cleaned(html):
    soup = BeautifulSoup(html, "html.parser")
    clean(soup)
    return str(soup)


@pytest.mark.parametrize(
    "html",
    [
        '<p class="bottom-line" id="x" lang="uk" dir="rtl">слово</p>',
        '<div aria-label="A table" class="table" role="region" tabindex="0"><table><tr><td data-label="a" '
        'data-value="1.5" colspan="2">2</td></tr></table></div>',
        '<details class="data" open=""><summary>s</summary><ol start="3"><li>i</li></ol></details>',
        '<a href="#source-3" data-at="¶7">3</a><a href="other.html#x">o</a><a href="https://example.org">e</a>',
        '<img alt="A chart" src="data:image/webp;base64,UklG"/>',
        "<p>5 &lt; 6 &amp; 7</p>",
    ],
    ids=["text", "table", "details", "links", "image", "escaped"],
)
def test_what_reports_are_made_of_is_kept_word_for_word(html):
    assert BeautifulSoup(cleaned(html), "html.parser") == BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p onclick='x' style='color:red' srcdoc='x'>a</p>", "<p>a</p>"),
        ("a<script>x</script><style>x</style>b", "ab"),
        ("<form action='x'><input><button>b</button></form>c", "c"),
        ("<svg><a href='x'>t</a></svg><math>m</math>d", "d"),
        ("<marquee>e</marquee><custom-tag onx=y>f</custom-tag>", "ef"),
        ("<!-- c --><![CDATA[x]]><!doctype y><?php z ?>g", "g"),
        ('<a href="javascript:x" target="_blank">h</a>', "<a>h</a>"),
        ('<img src="https://example.org/x.png" alt="i">', '<img alt="i"/>'),
        ('<img src="data:text/html;base64,AAAA" alt="j">', '<img alt="j"/>'),
        ('<td style="text-align: right;">1</td>', '<td class="right">1</td>'),
    ],
)
def test_everything_else_is_dropped(html, left):
    assert cleaned(html) == left


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("mailto:someone@example.org", True),
        ("#here", True),
        ("06_timeline.html#x:y", True),
        ("", True),
        ("javascript:x", False),
        (" JaVaScRiPt:x", False),
        ("java\nscript:x", False),
        ("\x01javascript:x", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("/reports/index.html", True),
        ("//share/x", False),
        (r"\\share\x", False),
        (" /\t\\share/x", False),
    ],
)
def test_addresses(address, safe):
    assert is_safe_address(address) is safe


@pytest.mark.parametrize(
    "character", [chr(code) for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]]
)
def test_characters_that_turn_text_round_show(character):
    assert visible(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_letters_that_run_from_right_to_left_stay():
    assert visible("שלום, \u200fسلام") == "שלום, \u200fسلام"
