import pandas as pd
import pytest

import briefing_helpers as bh
from briefing_helpers import BriefingError, load, problems
from briefing_helpers.loading import TABLES, check
from briefing_helpers.schema import DATA


def test_tables_are_those_of_the_descriptor(valley):
    assert valley.schema.names == TABLES


def test_cells_keep_their_text_and_blanks_are_missing(valley):
    claims = valley.claims.set_index("id")
    assert claims.at["bh-c3", "note"] == "Only the Herald."
    assert claims["note"].isna().tolist() == [True, True, False, True]


@pytest.mark.parametrize(
    ("table", "field", "kind"),
    [
        ("claims", "summary", pd.StringDtype(na_value=float("nan"))),
        ("clauses", "point", pd.Int64Dtype()),
        ("drafts", "points", pd.Int64Dtype()),
        ("citations", "start", pd.Int64Dtype()),
        ("clauses", "quantity", "float64"),
        ("forecasts", "p_low", "float64"),
        ("events", "date_earliest", "datetime64[s]"),
        ("events", "date_latest", "datetime64[s]"),
        ("actors", "role_to_latest", "datetime64[s]"),
    ],
)
def test_column_types(valley, table, field, kind):
    assert valley[table][field].dtype == kind


def test_vocabularies_are_categoricals_in_vocabulary_order(valley):
    for table in valley.schema.tables:
        for field in table.fields:
            if field.categories:
                kind = pd.CategoricalDtype(field.values, ordered=field.ordered)
                assert valley[table.name][field.name].dtype == kind, f"{table.name}.{field.name}"


def test_ordered_vocabulary_compares_by_order(valley):
    weak = valley.sources.loc[valley.sources["reliability"] > "C", "id"]
    assert weak.tolist() == ["valley-forum"]


def test_dates_keep_their_text_and_gain_two_ends(valley):
    events = valley.events.set_index("id")
    ends = events[["date_earliest", "date_latest"]].apply(lambda day: day.dt.strftime("%F")).fillna("open")
    assert events.at["river-summit", "date"] == "2031-06"
    assert ends.loc["river-summit"].tolist() == ["2031-06-01", "2031-06-30"]
    assert ends.loc["valley-war"].tolist() == ["open", "2031-04-30"]
    assert ends.loc["bridge-strike"].tolist() == ["2031-05-05", "open"]


def test_index_is_fresh(valley):
    assert all(valley[table].index.equals(pd.RangeIndex(len(valley[table]))) for table in TABLES)


def test_types_hold_in_a_package_without_records(sample):
    for table in TABLES:
        sample.write(table, sample.rows(table)[:1])
    empty = load(sample.path)
    assert [len(empty[table]) for table in TABLES] == [0] * len(TABLES)
    assert empty.clauses["quantity"].dtype == "float64"
    assert empty.clauses["point"].dtype == pd.Int64Dtype()
    assert empty.events["date_earliest"].dtype == "datetime64[s]"


def test_path_may_be_text(sample):
    assert len(load(str(sample.path)).drafts) == 2


def test_load_raises_one_error_that_lists_every_fault(sample):
    sample.set("sources", "wire-one", kind="")
    sample.set("positions", "p1", point="9")
    sample.set("crosswalks", "forces-pa-x-ssrarm", code="")
    with pytest.raises(BriefingError) as caught:
        load(sample.path)
    assert str(caught.value).splitlines() == [
        f"{sample.path}: 3 faults",
        "  sources.csv row 4, kind: is blank, but every row needs it",
        "  positions.csv row 2, point: draft 'plan-a' has no point 9 in clauses",
        "  crosswalks.csv row 2, code: is blank, but every row needs it",
    ]
    assert caught.value.faults == check(sample.path)[2]


def test_problems_returns_the_faults_as_a_frame(sample):
    sample.set("drafts", "plan-a", points="101")
    frame = problems(sample.path)
    assert frame.columns.tolist() == ["table", "row", "field", "value", "message"]
    assert frame["row"].dtype == pd.Int64Dtype()
    assert frame.iloc[0].tolist() == ["drafts", 2, "points", "101", "'101' is above the maximum 100"]


def test_problems_of_a_clean_package_are_an_empty_frame(sample):
    frame = problems(sample.path)
    assert frame.columns.tolist() == ["table", "row", "field", "value", "message"]
    assert frame.empty


def test_missing_package_is_one_fault(tmp_path):
    with pytest.raises(BriefingError) as caught:
        load(tmp_path / "nowhere")
    assert str(caught.value).startswith(f"{tmp_path / 'nowhere'}: 1 fault\n  datapackage.json: ")


def test_missing_table_is_named_with_the_nearest(sample):
    descriptor = sample.path / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8").replace('"name": "crosswalks"', '"name": "crosswalk"')
    descriptor.write_text(text, encoding="utf-8")
    assert sample.faults() == ["datapackage.json: table 'crosswalks' is missing; did you mean 'crosswalk'?"]


def test_briefing_gives_tables_by_name_and_names_the_nearest(valley):
    assert valley["claims"] is valley.claims
    with pytest.raises(KeyError) as caught:
        valley["clause"]
    assert caught.value.args == ("no table 'clause'; did you mean 'clauses'?",)


def test_briefing_counts_and_describes_itself(valley):
    counts = valley.counts()
    assert counts.columns.tolist() == ["table", "one row is", "records"]
    assert counts.set_index("table")["records"].to_dict() == {name: len(valley[name]) for name in TABLES}
    assert repr(valley).startswith(
        f"<Briefing, data {valley.version}, digest {valley.digest[:12]}: sources 6,"
    )


def test_labels_and_labelled_come_from_the_descriptor(valley):
    assert valley.labels("sources", "read_depth")["full"] == valley.labelled("sources")["read_depth"].iloc[0]
    labelled = valley.labelled("clauses", valley.clauses.tail(1))
    assert labelled["mode"].tolist() == [valley.labels("clauses", "mode")["may"]]
    assert labelled["mode"].cat.categories.tolist() == list(valley.labels("clauses", "mode").values())


def test_digest_follows_content_and_not_line_ends(sample):
    first = load(sample.path).digest
    for file in sample.path.iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(sample.path).digest == first
    sample.set("claims", "bh-c1", note="A note.")
    assert load(sample.path).digest != first


def test_the_package_says_what_it_offers():
    assert sorted(bh.__all__, key=lambda name: (name[0].islower(), name)) == bh.__all__
    assert all(hasattr(bh, name) for name in bh.__all__)


def test_data_shipped_is_the_default(shipped):
    assert load().digest == load(DATA).digest == shipped.digest
