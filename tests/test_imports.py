"""What is imported, and when: names of modules are guarded here, not times."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import briefing_helpers

STUB = ast.parse(Path(briefing_helpers.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
HEAVY = {
    *("pandas", "numpy", "matplotlib", "seaborn", "PIL", "IPython", "jinja2", "bs4", "jsonschema"),
    *("ipykernel", "jupyter_client", "nbformat", "nbclient", "nbconvert", "duckdb", "narwhals", "networkx"),
}


def imported(statement):
    """List the modules that Python imports for a statement, as -X importtime tells."""
    command = [sys.executable, "-X", "importtime", "-c", statement]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(re.findall(r"\| +([\w.]+)$", done.stderr, flags=re.MULTILINE))


@pytest.mark.parametrize(
    ("statement", "needed"),
    [
        ("import briefing_helpers", []),
        ("import briefing_helpers.report", []),
        ("import briefing_helpers.cli", []),
        ("import briefing_helpers.report.cache", []),  # asked before the server of kernels is started
        ("import briefing_helpers as bh; bh.load, bh.cite, bh.find", ["pandas", "numpy"]),
        ("import briefing_helpers as bh; bh.load()", ["pandas", "numpy"]),
        ("import briefing_helpers as bh; bh.table", ["pandas", "numpy", "IPython"]),
        ("import briefing_helpers as bh; bh.charts", ["pandas", "numpy", "matplotlib", "seaborn", "PIL"]),
    ],
)
def test_only_what_is_needed_is_imported(statement, needed):
    assert sorted(imported(statement) & set(HEAVY)) == sorted(needed)


@pytest.mark.parametrize("first", ["run", "render", "pytest_kernels"])
def test_nbformat_is_imported_without_the_grammar_of_addresses(first):
    """Whichever module of ours comes first."""
    pytest.importorskip("rfc3987_syntax")
    modules = imported(f"from briefing_helpers.report import {first}, run, render; import nbconvert")
    assert {"nbformat.validator", "jsonschema", "fastjsonschema", "nbconvert"} <= modules
    # Python lists the attempt; what the attempt would bring along is not there.
    assert [name for name in modules if name.startswith("rfc3987_syntax.")] == []


def test_grammar_can_be_imported_afterwards():
    pytest.importorskip("rfc3987_syntax")
    script = "import briefing_helpers.report.formats, rfc3987_syntax; rfc3987_syntax.is_valid_syntax"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_notebooks_and_outputs_are_validated_all_the_same():
    from nbformat.v4 import new_code_cell, new_notebook

    from briefing_helpers.report.formats import nbformat

    notebook = new_notebook(cells=[new_code_cell("1")])
    notebook.cells[0].outputs.append({"output_type": "no such kind"})
    with pytest.raises(nbformat.ValidationError):
        nbformat.validate(notebook)


# The facade


def static_names():
    """List the names that type checkers see: name to the module it is from."""
    found = {"parse_date": "dates"}  # an alias, since its module calls it parse
    for node in STUB.body:
        if isinstance(node, ast.ImportFrom):
            home = node.module.removeprefix("briefing_helpers").removeprefix(".")
            found |= {each.asname: home for each in node.names if each.asname}
    return found


def test_public_names_come_from_where_type_checkers_see_them():
    homes = {name: home for home, names in briefing_helpers._HOMES.items() for name in names.split()}
    assert {**homes, "charts": ""} == static_names(), "__init__.py and __init__.pyi name different homes"
    assert sorted(homes) == sorted(set(briefing_helpers.__all__) - {"charts"})


def test_no_public_name_is_that_of_a_module():
    """Importing the module would put it in the name's place."""
    modules = {path.stem for path in Path(briefing_helpers.__file__).parent.iterdir()}
    assert sorted(modules & set(briefing_helpers.__all__)) == ["charts"]


@pytest.mark.parametrize("name", briefing_helpers.__all__)
def test_every_public_name_is_there(name):
    value = getattr(briefing_helpers, name)
    assert value is getattr(briefing_helpers, name)
    assert value.__doc__
    assert name in dir(briefing_helpers)


def test_name_that_is_not_there_is_said():
    with pytest.raises(AttributeError, match="module 'briefing_helpers' has no attribute 'lod'"):
        _ = briefing_helpers.lod


def test_star_gives_all_names():
    script = (
        "from briefing_helpers import *; import briefing_helpers as bh; print(set(bh.__all__) <= set(dir()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
