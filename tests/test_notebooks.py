"""Every notebook keeps the conventions that CONTRIBUTING.md asks of it."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SEASONS = "spring|summer|autumn|winter"
ALLOWED = re.compile(rf"\b28-point\b|\b28 points\b|\b(?:(?:{MONTHS})|(?:{SEASONS})) (?:2024|2025|2026)\b")
MACHINE = re.compile(r"(?<![\w.~-])/(?:home|work|tmp|root|Users)\b|[A-Za-z]:\\+Users\b")
SHOWS = {"bottom_line": 1, "say": 1, "heading": 1, "table": 1, "figure": 2, "show": 1}  # outputs of a call


def test_there_are_notebooks():
    assert [path.stem for path in PATHS][:1] == ["00_start_here"]
    assert "codebook" in [path.stem for path in PATHS]


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def codes(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook):
    return [(cell.id, output) for cell in codes(notebook) for output in cell.outputs]


def sections(notebook):
    """Group cells under the second-level heading before them: heading to cells."""
    found, heading = {}, None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for heading in re.findall(r"^## (.+)$", cell.source, flags=re.MULTILINE):
                found[heading] = []
        elif heading:
            found[heading].append(cell)
    return found


def digits(source):
    """List the words of a Markdown cell that hold a typed digit."""
    prose = re.sub(r"```.*?```|`[^`]*`", "", source, flags=re.DOTALL)
    prose = re.sub(r"\]\([^)]*\)", "]", prose)
    return re.findall(r"\S*\d\S*", ALLOWED.sub("", prose))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("A 28-point plan of November 2025; the 28 points; since spring 2026", []),
        ("See [there](06_timeline.ipynb#x2) and `us28-06`", []),
        ("It has 58 clauses", ["58"]),
        ("In 2025 and March 2027", ["2025", "2027"]),
        ("[Part 2](x.ipynb), 280 points", ["2],", "280"]),
    ],
)
def test_typed_digits_are_seen(source, found):
    assert digits(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("see /home/ann/x", True),
        ('"/tmp/x"', True),
        ("file:///home/someone/x", True),
        (r"C:\Users\ann", True),
        (r"C:\\Users\\ann", True),
        ("https://example.org/home/x", False),
        ("paper/work", False),
    ],
)
def test_machine_paths_are_seen(source, found):
    assert bool(MACHINE.search(source)) is found


# Execution


def test_cells_were_run_once_from_top_to_bottom(notebook):
    assert [cell.execution_count for cell in codes(notebook)] == [*range(1, len(codes(notebook)) + 1)]


def test_outputs_are_those_that_the_code_makes(notebook):
    for cell in codes(notebook):
        calls = [node.func for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
        made = sum(SHOWS.get(call.attr, 0) for call in calls if isinstance(call, ast.Attribute))
        found = len(cell.outputs)
        assert found >= made and bool(found) == bool(made), (
            f"cell {cell.id}: {found} outputs, {made} expected"
        )


def test_there_are_no_errors_and_no_warnings(notebook):
    loud = [
        (cell, output.get("ename") or output.get("text"))
        for cell, output in outputs(notebook)
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    assert loud == []


def test_no_object_is_shown_by_its_address(notebook):
    shown = [(cell, str(output.get("data", {}).get("text/html", ""))) for cell, output in outputs(notebook)]
    assert [cell for cell, text in shown if re.search(r"(&lt;|<)[^<&]* at 0x[0-9a-f]+", text)] == []


# Shape


def test_first_cell_is_a_question(notebook):
    cell = notebook.cells[0]
    assert cell.cell_type == "markdown"
    assert re.fullmatch(r"# .+\?", cell.source.splitlines()[0])


def test_second_cell_imports_and_is_hidden(notebook):
    cell = notebook.cells[1]
    assert (cell.cell_type, cell.metadata.get("tags")) == ("code", ["hide-input"])
    assert cell.source.startswith("import briefing_helpers as bh\n")


def test_imports_stand_in_the_second_cell_only(notebook):
    late = [
        cell.id
        for cell in codes(notebook)[1:]
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(cell.source)))
    ]
    assert late == []


def test_there_is_one_level_1_heading(notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert len(re.findall(r"^# ", prose, flags=re.MULTILINE)) == 1


def test_sections_stand_in_order(path, notebook):
    names = list(sections(notebook))
    ending = ["Check"] if path.stem == "codebook" else ["Check", "Sources used"]
    assert names[:2] == ["Bottom line", "What this cannot show"]
    assert names[-len(ending) :] == ending


def test_bottom_line_is_made_from_data(notebook):
    made = [
        output.data.get("text/html", "")
        for cell in sections(notebook)["Bottom line"]
        for output in cell.outputs
    ]
    assert len(made) == 1
    assert made[0].startswith('<div class="bottom-line">')


def test_bottom_line_leads_to_the_tables_that_its_numbers_come_from(path, notebook):
    if path.stem == "codebook":
        return
    [cell] = [cell for cell in sections(notebook)["Bottom line"] if cell.cell_type == "code"][-1:]
    html = cell.outputs[-1].data["text/html"]
    assert re.findall(r'<p class="see">.*<a href="#t-', html)


def test_links_within_the_page_have_a_target_and_ids_stand_once(notebook):
    html = "".join(str(output.get("data", {}).get("text/html", "")) for _, output in outputs(notebook))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert sorted(set(re.findall(r'href="#([^"]+)"', html)) - set(ids)) == []


def test_long_tables_are_folded(path, notebook):
    if path.stem == "codebook":
        return
    html = [str(output.get("data", {}).get("text/html", "")) for _, output in outputs(notebook)]
    rows = [len(re.findall("<tr", text)) - 1 for text in html if "<table" in text and "<details" not in text]
    assert max(rows) <= 14


def test_page_reads_in_ten_minutes(path, notebook):
    """At 220 words a minute; what is folded or listed as a source is looked up, not read."""
    if path.stem == "codebook":
        return
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    html = [str(output.get("data", {}).get("text/html", "")) for _, output in outputs(notebook)]
    shown = [text for text in html if "<details" not in text and 'class="sources"' not in text]
    words = " ".join([*prose, *(re.sub(r"<[^>]+>", " ", text) for text in shown)]).split()
    assert len(words) <= 10 * 220


def test_every_themed_notebook_has_a_test_of_its_bottom_line(path):
    stem = path.stem
    assert stem == "codebook" or (FOLDER.parent / "tests" / f"test_line_{stem}.py").is_file()


def test_check_holds_assertions_with_messages(notebook):
    cells = sections(notebook)["Check"]
    assert cells
    for cell in cells:
        asserts = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Assert)]
        assert asserts, f"cell {cell.id} asserts nothing"
        bare = [
            ast.unparse(node)
            for node in asserts
            if node.msg is None or not ast.unparse(node.msg).strip("'\"")
        ]
        assert bare == []


def test_sources_used_are_listed(path, notebook):
    if path.stem == "codebook":
        assert "sources" not in notebook.cells[1].source
        return
    [cell] = sections(notebook)["Sources used"]
    assert cell.source == "sources.show()"
    assert 'id="source-1"' in cell.outputs[0].data["text/html"]


def test_every_number_of_a_source_is_in_the_list(notebook):
    html = "".join(output.get("data", {}).get("text/html", "") for _, output in outputs(notebook))
    assert set(re.findall(r'href="#(source-\d+)"', html)) == set(re.findall(r'id="(source-\d+)"', html))


def test_notebook_is_short(notebook):
    lines = [line for cell in codes(notebook) for line in cell.source.splitlines() if line.strip()]
    assert len(notebook.cells) <= 26, f"{len(notebook.cells)} cells"
    assert len(lines) <= 60, f"{len(lines)} lines of code"


def test_no_function_or_class_is_defined(notebook):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    nodes = [(cell.id, node) for cell in codes(notebook) for node in ast.walk(ast.parse(cell.source))]
    assert [(cell, node.name) for cell, node in nodes if isinstance(node, kinds)] == []


# Text


def test_no_result_is_typed_into_prose(notebook):
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    typed = {cell.id: digits(cell.source) for cell in prose}
    assert {cell: found for cell, found in typed.items() if found} == {}


def test_images_carry_alt_text(notebook):
    alts = {}
    for cell, output in outputs(notebook):
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                alts[cell] = output.metadata.get(kind, {}).get("alt", "").strip()
    assert alts
    assert [cell for cell, alt in alts.items() if len(alt) < 30] == []
    assert [alt for alt in alts.values() if re.search(r"&(?:#\d+|\w+);|\\|<\w", alt)] == [], (
        "alt is plain text"
    )


def test_file_names_no_place_on_a_machine(path):
    raw = re.sub(r'("image/(?:png|jpeg)": ")[^"]*"', r'\1"', path.read_text(encoding="utf-8"))
    assert MACHINE.findall(raw) == []


def test_cell_ids_are_unique(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    ids = [cell["id"] for cell in cells]
    assert len(set(ids)) == len(ids)


def test_links_lead_to_notebooks_that_are_there(notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    targets = re.findall(r"\]\(([^)#]+\.ipynb)", prose)
    assert targets
    assert [target for target in targets if not (FOLDER / target).is_file()] == []
