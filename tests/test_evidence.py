import pandas as pd
import pytest

from briefing_helpers import by_status, cite, independence, tally
from briefing_helpers.evidence import STATUS_TABLES, STATUSES, judged_by, paragraphs_cited, statuses

SOURCES = pd.DataFrame(
    [
        ("herald", "herald", "B", "article"),
        ("herald-reprint", "herald", "C", "article"),
        ("wire", "wire", "A", "news"),
        *((f"wire-copy-{number}", "wire", "C", "news") for number in range(1, 5)),
        ("daily", "daily", "C", "news"),
        ("weekly", "weekly", "B", "analysis"),
        ("ministry", "ministry", "B", "official"),
        ("speech", "speech", "C", "transcript"),
        ("state-paper", "state-paper", "D", "official"),
        ("forum", "forum", "F", "forum"),
    ],
    columns=["id", "origin", "reliability", "kind"],
)
CLAIMS = pd.DataFrame({"id": ["c1"], "source": ["herald"]})


def derive(table, record, cited):
    """Derive the row of one record; ``cited`` reads "+wire -daily =forum" (for, against, context)."""
    words = {"+": "supports", "-": "contradicts", "=": "context"}
    rows = [(table, record, word[1:], words[word[0]]) for word in cited.split()]
    citations = pd.DataFrame(rows, columns=["table", "record", "source", "relation"])
    return statuses(citations, SOURCES, CLAIMS).iloc[0]


@pytest.mark.parametrize(
    ("cited", "status"),
    [
        ("+wire +daily", "confirmed"),
        ("+ministry", "confirmed"),
        ("+speech", "confirmed"),
        ("+wire", "single"),
        ("+wire +forum", "single"),
        ("+wire =daily", "single"),
        ("+wire +wire-copy-1 +wire-copy-2 +wire-copy-3 +wire-copy-4", "single"),
        ("+wire -daily", "disputed"),
        ("+ministry -daily", "disputed"),
        ("+wire +daily -weekly -ministry", "disputed"),
        ("+wire -wire-copy-1", "disputed"),
        ("+wire -daily -weekly", "contradicted"),
        ("-daily", "contradicted"),
        ("+forum -daily", "contradicted"),
        ("+wire -forum", "single"),
        ("+forum", "weak"),
        ("+state-paper", "weak"),
        ("+forum +state-paper", "weak"),
        ("+forum -state-paper", "weak"),
        ("=wire =daily", "unsupported"),
        ("-forum", "unsupported"),
    ],
)
def test_status_follows_from_origins(cited, status):
    assert derive("events", "e1", cited)["derived"] == status


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        ("+herald", "unconfirmed"),
        ("+herald +herald-reprint", "unconfirmed"),
        ("+herald +forum", "unconfirmed"),
        ("+herald +wire", "confirmed"),
        ("+herald +wire -daily", "disputed"),
        ("+herald +wire -daily -weekly", "disputed"),
        ("+herald -daily", "contradicted"),
        ("+herald -herald-reprint", "unconfirmed"),
    ],
)
def test_claim_is_judged_without_the_origin_that_makes_it(cited, verdict):
    assert derive("claims", "c1", cited)["derived"] == verdict


def test_own_origin_counts_where_the_record_is_no_claim():
    assert derive("events", "c1", "+herald")["derived"] == "single"


@pytest.mark.parametrize(
    ("cited", "counts"),
    [
        ("+wire +wire-copy-1 +daily -weekly -forum", (2, 1, 0, False)),
        ("+forum +state-paper", (0, 0, 2, False)),
        ("+ministry +forum", (1, 0, 1, True)),
        ("-ministry", (0, 1, 0, False)),
        ("=ministry", (0, 0, 0, False)),
    ],
)
def test_counts_are_of_origins(cited, counts):
    row = derive("events", "e1", cited)
    names = ["supports", "contradicts", "weak_supports", "on_record"]
    assert tuple(row[names]) == counts


def test_independence_holds_every_cited_record_and_its_status(valley):
    every = independence(valley)
    assert len(every) == len(valley.citations[["table", "record"]].drop_duplicates())
    drafts = independence(valley, "drafts")
    assert drafts[["table", "record", "derived"]].values.tolist() == [
        ["drafts", "plan-a", "confirmed"],
        ["drafts", "plan-b", "single"],
    ]


def test_by_status_counts_largest_table_first_in_vocabulary_order(valley):
    table = by_status(valley)
    assert table.index.tolist() == [
        *("clauses", "events", "figures", "positions", "renderings", "drafts", "evidence_items"),
        *("levers", "relations"),
    ]
    assert table.columns.tolist() == list(STATUSES)
    assert table.loc["events"].tolist() == [1, 1, 0, 1, 1, 1]


def test_tally_counts_every_cited_table_and_sums_them_up(valley):
    table = tally(valley)
    assert table.columns.tolist() == ["table", *STATUSES, "unconfirmed", "records"]
    rows = table.set_index("table")
    assert rows.loc["claims"].tolist() == [1, 0, 1, 1, 0, 0, 1, 4]
    assert rows.loc["events"].tolist() == [1, 1, 0, 1, 1, 1, 0, 5]
    assert table["table"].iloc[-1] == "all tables"
    assert rows.iloc[-1].tolist() == rows.iloc[:-1].sum().tolist()
    assert rows.at["all tables", "records"] == len(independence(valley))


def test_a_claim_is_judged_by_the_citations_of_other_origins():
    rows = [
        ("claims", "c1", "herald"),
        ("claims", "c1", "herald-reprint"),
        ("claims", "c1", "wire"),
        ("events", "c1", "herald"),
    ]
    citations = pd.DataFrame(rows, columns=["table", "record", "source"])
    assert judged_by(citations, SOURCES, CLAIMS)["source"].tolist() == ["wire", "herald"]


def test_tables_with_a_status_are_those_of_the_descriptor(valley):
    assert tuple(table.name for table in valley.schema.tables if "status" in table.columns) == STATUS_TABLES
    assert tuple(valley.labels("events", "status")) == STATUSES


def test_cite_lists_support_first_and_the_most_reliable_on_top(valley):
    found = cite(valley, "claims", "bh-c2")
    assert found[["relation", "publisher", "anchored"]].values.tolist() == [
        ["supports", "Border Herald", True],
        ["supports", "Wire One", False],
        ["contradicts", "Daily South", False],
    ]
    assert found.columns.tolist() == [
        *("relation", "publisher", "title", "published", "reliability", "read_depth"),
        *("origin", "locator", "url", "anchored"),
    ]


@pytest.mark.parametrize(
    ("table", "record", "message"),
    [
        ("claims", "bh-c22", "no citation for 'bh-c22' in claims; did you mean 'bh-c2'?"),
        ("clams", "bh-c2", "no citation for 'bh-c2' in clams"),
    ],
)
def test_cite_names_what_it_does_not_find(valley, table, record, message):
    with pytest.raises(KeyError) as caught:
        cite(valley, table, record)
    assert caught.value.args == (message,)


def test_paragraphs_cited_counts_by_number_and_skips_other_locators(valley):
    assert paragraphs_cited(valley.citations, "border-herald").to_dict() == {1: 1, 2: 2, 3: 4, 5: 1}
    assert paragraphs_cited(valley.citations, "north-ministry").empty
