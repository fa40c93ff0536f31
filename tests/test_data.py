"""What the data shipped must be beyond the checks that every package of this schema gets."""

import json

import pytest

from briefing_helpers import problems, verify
from briefing_helpers.anchors import paragraphs
from briefing_helpers.evidence import paragraphs_cited, statuses
from briefing_helpers.schema import DATA, read_schema

SCHEMA = read_schema(DATA)
ARTICLE = "rolling-stone-2025-11"
# Advertising and the credit line; each of the other paragraphs states a fact.
NO_FACT = {8, 9, 32}
FIELDS = [(table.name, field.name) for table in SCHEMA.tables for field in table.fields]
UNCITED = ("sources", "assessments", "assumptions", "crosswalks", "citations")


def test_data_shipped_is_clean():
    assert problems(DATA).to_string() == problems(DATA).head(0).to_string()


@pytest.mark.parametrize("table", [name for name in SCHEMA.names if name not in UNCITED])
def test_every_record_has_a_citation(shipped, table):
    cited = shipped.citations.loc[shipped.citations["table"] == table, "record"]
    assert sorted(set(shipped[table]["id"]) - set(cited)) == []


@pytest.mark.parametrize("table", [table.name for table in SCHEMA.tables if "status" in table.columns])
def test_every_status_follows_from_the_citations(shipped, table):
    derived = statuses(shipped.citations, shipped.sources, shipped.claims)
    derived = derived[derived["table"] == table].set_index("record")["derived"]
    records = shipped[table].set_index("id")["status"].astype(str)
    wrong = records[records != records.index.map(derived)]
    assert wrong.to_dict() == {}


def test_every_verdict_follows_from_the_citations(shipped):
    derived = statuses(shipped.citations, shipped.sources, shipped.claims)
    derived = derived[derived["table"] == "claims"].set_index("record")["derived"]
    verdicts = shipped.claims.set_index("id")["verdict"].astype(str)
    assert verdicts[verdicts != verdicts.index.map(derived)].to_dict() == {}


@pytest.mark.parametrize("name", ["status", "topic"])
def test_shared_vocabulary_is_defined_alike_everywhere(name):
    found = {table.name: table[name].categories for table in SCHEMA.tables if name in table.columns}
    assert len(found) > 1
    assert len(set(map(json.dumps, found.values()))) == 1


@pytest.mark.parametrize(
    ("table", "field"), [pair for pair in FIELDS if SCHEMA[pair[0]][pair[1]].categories], ids=str
)
def test_vocabulary_is_what_is_allowed_and_each_value_is_defined(table, field):
    found = SCHEMA[table][field]
    assert found.constraints["enum"] == found.values
    assert all(set(each) == {"value", "label", "definition"} for each in found.categories)
    assert all(text.strip() for each in found.categories for text in each.values())


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=str)
def test_field_says_what_it_means_and_what_blank_means(table, field):
    found = SCHEMA[table][field]
    assert found.description.strip()
    if not found.required:
        assert (found.blank or "").strip(), "say in the descriptor's `blank` what an empty cell means"


@pytest.mark.parametrize("table", SCHEMA.names)
def test_text_carries_no_outer_blanks_and_no_line_breaks(shipped, table):
    texts = shipped[table].select_dtypes("str")
    untidy = [
        (record, field)
        for field in texts
        for record, text in zip(shipped[table]["id"], texts[field].fillna(""), strict=True)
        if text != text.strip() or not text.isprintable()
    ]
    assert untidy == []


def test_every_passage_cited_from_the_article_is_there(shipped, article):
    result = verify(shipped.citations, ARTICLE, article)
    assert result.loc[result["result"] != "found", ["id", "locator", "result"]].values.tolist() == []


def test_every_passage_stands_in_the_paragraph_cited(shipped, article):
    places = paragraphs(article).set_index("paragraph")
    own = shipped.citations[shipped.citations["source"] == ARTICLE]
    number = own["locator"].str.extract(r"^¶(\d+)$")[0].astype("Int64")
    assert own.loc[number.isna(), "id"].tolist() == []
    inside = (own["start"] >= number.map(places["start"])) & (
        own["start"] + own["length"] <= number.map(places["end"])
    )
    assert own.loc[~inside, "id"].tolist() == []


def test_every_citation_of_the_article_has_an_anchor(shipped):
    own = shipped.citations[shipped.citations["source"] == ARTICLE]
    assert len(own)
    assert own.loc[own["sha256"].isna(), "id"].tolist() == []


@pytest.mark.parametrize("paragraph", sorted(set(range(1, 33)) - NO_FACT))
def test_every_paragraph_that_states_a_fact_is_cited(shipped, paragraph):
    assert paragraph in paragraphs_cited(shipped.citations, ARTICLE).index


def test_the_28_points_are_58_clauses(shipped):
    clauses = shipped.clauses[shipped.clauses["draft"] == "us28"]
    assert (sorted(set(clauses["point"])), len(clauses)) == (list(range(1, 29)), 58)


def test_the_article_has_twelve_terms_and_35_claims(shipped):
    assert shipped.renderings.loc[shipped.renderings["source"] == ARTICLE, "term"].nunique() == 12
    assert (shipped.claims["source"] == ARTICLE).sum() == 35


@pytest.mark.parametrize(
    ("older", "newer"), [("us28", "e3"), ("us28", "geneva"), ("us28", "ua20"), ("us7-2025-04", "us28")]
)
def test_every_clause_has_a_fate_or_an_origin_between_drafts_that_answer_each_other(shipped, older, newer):
    """The rule in the checks looks only at pairs that are there; this says which must be."""
    pair = shipped.lineage.query("from_draft == @older and to_draft == @newer")
    clauses = shipped.clauses.groupby("draft")["id"].agg(set)
    assert clauses[older] == set(pair["from_clause"].dropna())
    assert clauses[newer] == set(pair["to_clause"].dropna())
