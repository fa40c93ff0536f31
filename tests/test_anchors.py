import hashlib

import pandas as pd
import pytest

from briefing_helpers.anchors import anchor, normalise, paragraphs, verify

TEXT = "“Peace at last,” she wrote.\n\n  The river   froze in May.\nA brigade left; a brigade came.\n"


def cited(*anchors, source="s1"):
    """Citations with these anchors, (start, length, digest)."""
    columns = ["start", "length", "sha256"]
    frame = pd.DataFrame(anchors, columns=columns)
    ids = [f"c{number}" for number in range(len(frame))]
    return frame.assign(id=ids, table="events", record="e1", source=source, locator="¶1")


def digest(passage):
    return hashlib.sha256(passage.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  one\t two\n\nthree\u00a0four ", "one two three four"),
        ("cafe\u0301", "caf\u00e9"),
        ("‘a’ ‚b‛", "'a' 'b'"),
        ("“a” „b‟", '"a" "b"'),
        ("straight ' and \" stay – as does —", "straight ' and \" stay – as does —"),
        ("", ""),
    ],
)
def test_normalise(text, expected):
    assert normalise(text) == expected


def test_paragraphs_number_the_lines_that_hold_text():
    whole, frame = normalise(TEXT), paragraphs(TEXT)
    assert [whole[start:end] for start, end in zip(frame["start"], frame["end"], strict=True)] == [
        '"Peace at last," she wrote.',
        "The river froze in May.",
        "A brigade left; a brigade came.",
    ]
    assert frame["paragraph"].tolist() == [1, 2, 3]


def test_anchor_is_paragraph_start_length_and_digest_of_the_normalised_passage():
    made = anchor(TEXT, "river\nfroze")
    assert (made.locator, made.start, made.length) == ("¶2", 32, 11)
    assert made.sha256 == digest("river froze")


def test_anchor_takes_either_kind_of_quotation_mark():
    assert anchor(TEXT, '"Peace at last,"') == anchor(TEXT, "“Peace at last,”")


def test_anchor_across_paragraphs_has_no_locator():
    assert anchor(TEXT, "froze in May. A brigade").locator == ""


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("The lake froze", "the phrase is not in the text; copy it from there, word for word"),
        ("the river froze", "the phrase is not in the text; copy it from there, word for word"),
        (" brigade", "the phrase has 7 characters; an anchor needs 8 to 2000"),
        ("x" * 2001, "the phrase has 2001 characters; an anchor needs 8 to 2000"),
        ("", "the phrase has 0 characters; an anchor needs 8 to 2000"),
        ("he river froze", "the phrase begins or ends inside a word; take whole words"),
        ("The river fro", "the phrase begins or ends inside a word; take whole words"),
    ],
)
def test_anchor_refuses(phrase, message):
    with pytest.raises(ValueError) as caught:
        anchor(TEXT, phrase)
    assert str(caught.value) == message


@pytest.mark.parametrize(("text", "times"), [("one brigade, one brigade", 2), ("no no no no no no no no", 4)])
def test_anchor_refuses_a_phrase_that_stands_there_again(text, times):
    phrase = "one brigade" if times == 2 else "no no no no no"
    with pytest.raises(ValueError) as caught:
        anchor(text, phrase)
    assert str(caught.value) == f"the phrase stands {times} times in the text; take a longer one"


@pytest.mark.parametrize(
    ("copy", "result", "found_at"),
    [
        (TEXT, "found", 32),
        (TEXT.replace("“", '"').replace("\n", "\r\n"), "found", 32),
        ("An advert.\n" + TEXT, "moved", 43),
        (TEXT.replace("“Peace at last,” she wrote.", ""), "moved", 4),
        (TEXT.replace("froze", "thawed"), "missing", None),
        ("", "missing", None),
    ],
)
def test_verify_says_found_moved_or_missing(copy, result, found_at):
    made = anchor(TEXT, "river froze")
    frame = verify(cited((made.start, made.length, made.sha256)), "s1", copy)
    assert frame["result"].tolist() == [result]
    assert frame["found_at"].astype(object).where(frame["found_at"].notna(), None).tolist() == [found_at]


def test_verify_finds_a_moved_quotation_by_its_opening_mark():
    made = anchor(TEXT, "“Peace at last,”")
    frame = verify(cited((made.start, made.length, made.sha256)), "s1", "An advert. " + TEXT)
    assert frame[["result", "found_at"]].values.tolist() == [["moved", 11]]


def test_verify_judges_each_anchor_by_itself():
    kept, lost = anchor(TEXT, "Peace at last"), anchor(TEXT, "brigade left")
    citations = cited(
        (kept.start, kept.length, kept.sha256),
        (lost.start, lost.length, lost.sha256),
        (0, kept.length, kept.sha256),
    )
    frame = verify(citations, "s1", TEXT.replace("left", "stayed"))
    assert frame["result"].tolist() == ["found", "missing", "moved"]
    assert frame["found_at"].tolist() == [1, pd.NA, 1]


def test_verify_returns_who_cites_what_and_where():
    made = anchor(TEXT, "river froze")
    frame = verify(cited((made.start, made.length, made.sha256)), "s1", TEXT)
    assert frame.columns.tolist() == [
        *("id", "table", "record", "locator", "start", "length", "found_at", "result")
    ]


@pytest.mark.parametrize("length", [2000, 10**9, 10**15])
def test_passage_shorter_than_its_length_is_missing(length):
    """A slice past the end of the text is cut short; its digest must not pass for the passage."""
    start = normalise(TEXT).index("a brigade came.")
    frame = verify(cited((start, length, digest("a brigade came."))), "s1", TEXT)
    assert frame["result"].tolist() == ["missing"]


def test_verify_leaves_out_citations_of_others_and_those_without_anchor():
    made = anchor(TEXT, "river froze")
    own = cited((made.start, made.length, made.sha256), (None, None, None))
    other = cited((made.start, made.length, made.sha256), source="s2")
    frame = verify(pd.concat([own, other]), "s1", TEXT)
    assert frame["id"].tolist() == ["c0"]


def test_verify_refuses_a_source_without_anchor():
    with pytest.raises(ValueError) as caught:
        verify(cited((None, None, None)), "s1", TEXT)
    assert str(caught.value) == "no anchored citation of source 's1'"


def test_sample_anchors_are_proven(valley, herald):
    assert set(verify(valley.citations, "border-herald", herald)["result"]) == {"found"}
