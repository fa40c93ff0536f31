"""A report is made again when something it is made from has changed, and only then."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from briefing_helpers import schema
from briefing_helpers.cli import main
from briefing_helpers.report import ReportError, build, inputs as inputs_module
from briefing_helpers.report.inputs import Inputs, digest

pytestmark = pytest.mark.usefixtures("server")

ROOT = Path(__file__).parent.parent
# Put together, lest the note count as a file that the notebook reads.
COUNT = "with open('../runs' + '.txt', 'a') as file: print({name!r}, file=file)"


def notebook(name, *sources):
    """Make a notebook that notes, outside its folder, each time that it is run."""
    cells = [new_markdown_cell(f"# Is this {name}?")]
    cells += [new_code_cell(source) for source in (COUNT.format(name=name), *sources)]
    return new_notebook(cells=cells)


@pytest.fixture(scope="module", autouse=True)
def small_record(tmp_path_factory, make_sample):
    """Join pages to a small record, where each build here would make the pages of ours anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "DATA", make_sample("clean", tmp_path_factory.mktemp("small") / "data").path)
        yield schema.DATA


@pytest.fixture(scope="module")
def world(tmp_path_factory, server, small_record):
    """Build two notebooks, with files and settings beside them, once."""
    root = tmp_path_factory.mktemp("world")
    folder = root / "notebooks"
    (folder / "tables").mkdir(parents=True)
    (root / "elsewhere" / "package").mkdir(parents=True)
    (folder / "beside.csv").write_text("a\n1\n")
    (folder / "tables" / "below.csv").write_text("a\n1\n")
    (root / "elsewhere" / "named.csv").write_text("a\n1\n")
    (root / "elsewhere" / "package" / "table.csv").write_text("a\n1\n")
    reads = ["path = '../elsewhere/named.csv'", 'folder = "../elsewhere/package"']
    nbformat.write(notebook("reader", *reads), folder / "reader.ipynb")
    nbformat.write(notebook("plain"), folder / "plain.ipynb")
    build(folder, root / "reports")
    return root


@pytest.fixture
def built(world, tmp_path):
    """Give a copy of what was built, and no note of runs."""
    root = tmp_path / "world"
    shutil.copytree(world, root)
    (root / "runs.txt").unlink()
    return root


def again(root, **options):
    """Build again; return the notebooks that were run and the files that changed."""
    written = build(root / "notebooks", root / "reports", **options)
    runs = root / "runs.txt"
    return sorted(runs.read_text().split() if runs.exists() else []), [path.name for path in written]


def pages(root):
    return {path.name: path.read_bytes() for path in (root / "reports").glob("*.html")}


def test_nothing_is_done_where_nothing_has_changed(built):
    before = {path: path.stat().st_mtime_ns for path in (built / "reports").rglob("*")}
    assert again(built) == ([], [])
    assert {path: path.stat().st_mtime_ns for path in (built / "reports").rglob("*")} == before


def test_force_runs_all_again_and_comes_out_the_same(built):
    before = pages(built)
    assert again(built, force=True) == (["plain", "reader"], [])
    assert pages(built) == before


def test_changed_notebook_is_run_alone(built):
    path = built / "notebooks" / "plain.ipynb"
    path.write_text(path.read_text().replace("Is this plain?", "Is this plainer?"))
    # The page after it links back to it by its title.
    assert again(built) == (["plain"], ["index.html", "plain.html", "reader.html"])
    assert b"Is this plainer?" in pages(built)["plain.html"]
    assert b"Is this plainer?" in pages(built)["index.html"]


@pytest.mark.parametrize(
    ("change", "times"),
    [
        ("no more", 0),
        ("edit", 1),
        ("delete", 1),
        ("what all share", 1),
        ("force", 1),
        ("while it is built", 2),
    ],
)
def test_pages_of_the_record_are_made_once(built, monkeypatch, change, times):
    """Where only a notebook has changed, they are taken from where they were written."""
    module, made = sys.modules["briefing_helpers.report.build"], []
    make, before = module._record_pages, pages(built)
    monkeypatch.setattr(module, "_record_pages", lambda briefing: made.append(1) or make(briefing))
    notebook, shared = built / "notebooks" / "plain.ipynb", built / "notebooks" / "beside.csv"
    register, draft = built / "reports" / "actors.html", built / "reports" / "draft-plan-a.html"
    options = {"force": True} if change == "force" else {}
    if change == "edit":
        register.write_text("edited")
    elif change == "delete":
        draft.unlink()
    elif change == "what all share":
        shared.write_text("a\n3\n")
    elif change == "while it is built":
        shared.write_text("a\n3\n")
        options["progress"] = lambda _: shared.write_text("a\n1\n")
    notebook.write_text(notebook.read_text().replace("Is this plain?", "Is this plainer?"))
    again(built, **options)
    if change == "while it is built":
        again(built)
    assert len(made) == times
    assert [pages(built)[path.name] == before[path.name] for path in (register, draft)] == [True, True]


def test_notebook_that_comes_out_the_same_changes_no_file(built):
    path = built / "notebooks" / "plain.ipynb"
    path.write_text(path.read_text() + "\n")
    assert again(built) == (["plain"], [])
    assert again(built) == (["plain"], [])  # the one run above: not run a second time


@pytest.mark.parametrize(
    ("file", "run"),
    [
        ("notebooks/beside.csv", ["plain", "reader"]),
        ("notebooks/tables/below.csv", ["plain", "reader"]),
        ("elsewhere/named.csv", ["reader"]),
        ("elsewhere/package/table.csv", ["reader"]),
    ],
)
@pytest.mark.parametrize("change", ["write", "delete"])
def test_file_that_a_notebook_may_read(built, file, run, change):
    (built / file).write_text("a\n2\n") if change == "write" else (built / file).unlink()
    assert again(built)[0] == run
    assert again(built)[0] == run


def test_file_added_beside_the_notebooks(built):
    (built / "notebooks" / "new.csv").touch()
    assert again(built)[0] == ["plain", "reader"]


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("Path('..') / 'elsewhere' / 'named.csv'", "elsewhere/named.csv"),
        ("os.path.join('..', 'elsewhere', 'package', 'table.csv')", "elsewhere/package/table.csv"),
        ("glob('../elsewhere/*/t*.csv')", "elsewhere/package/table.csv"),
        ("glob('../elsewhere/**/*.csv', recursive=True)", "elsewhere/package/table.csv"),
        ("open('~/named.csv')", "elsewhere/named.csv"),
        ("%run ../elsewhere/script.py", "elsewhere/script.py"),
        ("found = !cat ../elsewhere/named.csv", "elsewhere/named.csv"),
        ("from own_module.part import it", "modules/own_module/part.py"),
        ("import json, own_file as f", "modules/own_file.py"),
    ],
)
def test_file_that_code_names_in_another_way(built, monkeypatch, code, file):
    (built / "modules" / "own_module").mkdir(parents=True)
    for name in ("modules/own_module/__init__.py", "modules/own_module/part.py", "modules/own_file.py"):
        (built / name).touch()
    monkeypatch.syspath_prepend(built / "modules")
    monkeypatch.setenv("HOME", str(built / "elsewhere"))
    (built / "elsewhere" / "script.py").touch()
    page = built / "notebooks" / "other.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), page)
    before = Inputs(built / "notebooks", built / "reports").page(page)
    assert Inputs(built / "notebooks", built / "reports").page(page) == before
    (built / file).write_text("changed")
    assert Inputs(built / "notebooks", built / "reports").page(page) != before


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("'..'", False),
        ("'..', 'tables'", False),
        ("Path('..') / '..'", True),
        ("Path('../..')", True),
        ("'tables', '..', '..'", True),
    ],
)
def test_what_lies_above_counts_as_far_as_code_climbs(built, code, counts):
    """What else lies there may be large, another's, or change by the minute, as a folder for all does."""
    page = built / "notebooks" / "other.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), page)
    before = Inputs(built / "notebooks", built / "reports").page(page)
    (built.parent / "another.log").write_text("changed")
    assert (Inputs(built / "notebooks", built / "reports").page(page) != before) is counts


def test_variable_that_code_names(built, monkeypatch):
    page = built / "notebooks" / "other.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("os.environ['SOURCES_OF_MINE']")]), page)
    digests = [Inputs(built / "notebooks", built / "reports").page(page)]
    for value in ("one", "two"):
        monkeypatch.setenv("SOURCES_OF_MINE", value)
        digests.append(Inputs(built / "notebooks", built / "reports").page(page))
    assert len(set(digests)) == 3


@pytest.mark.parametrize("file", ["notebooks/.hidden", "elsewhere/other.csv", "notebooks/__pycache__/x.pyc"])
def test_file_that_no_notebook_reads(built, file):
    (built / file).parent.mkdir(exist_ok=True)
    (built / file).touch()
    assert again(built) == ([], [])


# What all pages share


@pytest.fixture
def copies(tmp_path, monkeypatch):
    """Have copies of data and package looked at in place of ours."""
    for name, folder in (("DATA", ROOT / "data"), ("PACKAGE", ROOT / "briefing_helpers")):
        target = tmp_path / "ours" / folder.name
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(inputs_module, name, target)
    return tmp_path / "ours"


def test_copy_elsewhere_has_the_same_digests(built, copies, monkeypatch):
    assert again(built) == ([], [])


@pytest.mark.parametrize(
    "file",
    [
        *(f"data/{path.name}" for path in (ROOT / "data").iterdir()),
        *("briefing_helpers/loading.py", "briefing_helpers/report/render.py"),
        *(
            "briefing_helpers/report/template/page.css",
            "briefing_helpers/report/template/briefing/index.html.j2",
        ),
    ],
)
def test_every_file_of_data_and_package_counts(built, copies, file):
    path = built / "notebooks" / "plain.ipynb"
    before = Inputs(built / "notebooks", built / "reports").page(path)
    with (copies / file).open("a") as changed:
        changed.write(" ")
    assert Inputs(built / "notebooks", built / "reports").page(path) != before


def test_changed_table_runs_all_for_every_page_names_the_digest_of_the_record(built, copies):
    with (copies / "data" / "events.csv").open("a") as changed:
        changed.write("\n")
    assert again(built)[0] == ["plain", "reader"]


def test_changed_template_runs_all(built, copies):
    with (copies / "briefing_helpers" / "report" / "template" / "page.css").open("a") as changed:
        changed.write("\n")
    assert again(built)[0] == ["plain", "reader"]


def test_changelog_changes_the_set_and_no_page(built, copies):
    digests = []
    for text in ("one", "two"):
        (copies / "CHANGELOG.md").write_text(text)
        made = Inputs(built / "notebooks", built / "reports")
        own = {path: made.page(path) for path in (built / "notebooks").glob("*.ipynb")}
        digests.append((own, made.site(own)))
    assert digests[0][0] == digests[1][0]
    assert digests[0][1] != digests[1][1]


def test_library_installed_in_another_version_counts(built, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path / "libraries")
    (tmp_path / "libraries" / "lib-1.0.dist-info").mkdir(parents=True)
    page = built / "notebooks" / "plain.ipynb"
    before = Inputs(built / "notebooks", built / "reports").page(page)
    (tmp_path / "libraries" / "lib-1.0.dist-info").rename(tmp_path / "libraries" / "lib-1.1.dist-info")
    assert Inputs(built / "notebooks", built / "reports").page(page) != before


@pytest.mark.parametrize(
    ("attribute", "of"), [("version", "sys"), ("platform", "platform")], ids=["python", "platform"]
)
def test_python_and_platform_count(built, monkeypatch, attribute, of):
    page = built / "notebooks" / "plain.ipynb"
    before = Inputs(built / "notebooks", built / "reports").page(page)
    other = "3.99" if of == "sys" else lambda: "another"
    monkeypatch.setattr(getattr(inputs_module, of), attribute, other)
    assert Inputs(built / "notebooks", built / "reports").page(page) != before


@pytest.mark.parametrize(
    ("variable", "file"),
    [
        ("MPLCONFIGDIR", "matplotlibrc"),
        ("MPLCONFIGDIR", "stylelib/own.mplstyle"),
        ("XDG_CONFIG_HOME", "matplotlib/matplotlibrc"),
        ("MATPLOTLIBRC", "matplotlibrc"),
        ("IPYTHONDIR", "profile_default/startup/00.py"),
        ("JUPYTER_DATA_DIR", "kernels/python3/kernel.json"),
    ],
)
def test_settings_of_a_user_count(built, tmp_path, monkeypatch, variable, file):
    monkeypatch.setenv(variable, str(tmp_path / "settings"))
    page = built / "notebooks" / "plain.ipynb"
    before = Inputs(built / "notebooks", built / "reports").page(page)
    (tmp_path / "settings" / file).parent.mkdir(parents=True)
    (tmp_path / "settings" / file).touch()
    assert Inputs(built / "notebooks", built / "reports").page(page) != before


def test_digest_keeps_parts_apart():
    assert len({digest(["ab", "c"]), digest(["a", "bc"]), digest(["abc"]), digest(["abc", ""])}) == 4
    assert digest(["é"]) == digest(["é".encode()])


# What is on disk


@pytest.mark.parametrize("name", ["plain.html", "index.html"])
@pytest.mark.parametrize("change", ["edit", "delete"])
def test_page_edited_or_missing_is_put_back(built, name, change):
    before, path = pages(built), built / "reports" / name
    path.write_text("edited") if change == "edit" else path.unlink()
    assert again(built) == ([], [name])
    assert pages(built) == before


@pytest.mark.parametrize("name", ["plain", ".site"])
@pytest.mark.parametrize(
    "content", ["", "{}", "no digest\n{}", None], ids=["empty", "object", "false", "gone"]
)
def test_torn_record_of_a_build_is_no_record(built, name, content):
    before, path = pages(built), built / "reports" / ".made" / f"{name}.json"
    path.write_text(content) if content is not None else path.unlink()
    (built / "reports" / "plain.html").unlink()
    assert again(built)[0] == (["plain"] if name == "plain" else [])
    assert pages(built) == before


def test_edited_record_is_no_record(built):
    path = built / "reports" / ".made" / "plain.json"
    path.write_text(path.read_text().replace("Is this plain?", "Is this altered?"))
    (built / "reports" / "plain.html").unlink()
    assert again(built)[0] == ["plain"]
    assert b"altered" not in pages(built)["plain.html"]


def test_report_of_a_notebook_that_is_gone_goes(built):
    (built / "notebooks" / "plain.ipynb").unlink()
    assert again(built) == ([], ["index.html", "reader.html"])
    assert b"plain.html" not in pages(built)["reader.html"]
    assert {"index.html", "reader.html"} <= set(pages(built)) and "plain.html" not in pages(built)
    assert sorted(path.stem for path in (built / "reports" / ".made").iterdir()) == [".site", "reader"]


def test_notebook_may_have_any_name(built):
    (built / "notebooks" / "plain.ipynb").rename(built / "notebooks" / "site.ipynb")
    assert again(built)[0] == ["plain"]  # its note still says so
    assert again(built) == (["plain"], [])  # not once more


def test_file_of_ones_own_in_the_output_stays(built):
    (built / "reports" / "notes.txt").write_text("mine")
    (built / "reports" / "plain.html").write_text("mine now")
    (built / "notebooks" / "plain.ipynb").unlink()
    again(built)
    assert (built / "reports" / "notes.txt").read_text() == "mine"
    assert (built / "reports" / "plain.html").read_text() == "mine now"


def test_nothing_is_moved_into_the_output_from_beside_it(built, monkeypatch):
    """What stands beside it may be another disc: a volume that is mounted, the end of a link."""
    moved, replace = [], Path.replace

    def within(path, target):
        moved.append(path.is_relative_to(built / "reports"))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", within)
    again(built, force=True)
    (built / "reports" / "index.html").unlink()
    again(built)
    assert moved and all(moved)
    assert not [path for path in (built / "reports" / ".made").iterdir() if path.is_dir()]


def test_renamed_notebook_is_run_under_its_new_name(built):
    folder = built / "notebooks"
    (folder / "plain.ipynb").rename(folder / "renamed.ipynb")
    assert again(built) == (["plain"], ["index.html", "reader.html", "renamed.html"])
    assert "plain.html" not in pages(built)


def test_failing_notebook_leaves_all_as_it_was_and_is_run_again(built):
    before = {path: path.read_bytes() for path in (built / "reports").rglob("*.*") if path.is_file()}
    path = built / "notebooks" / "plain.ipynb"
    good = path.read_text()
    path.write_text(good.replace("with open", "1 / 0\\nwith open"))
    for _ in range(2):
        with pytest.raises(ReportError, match=r"plain\.ipynb, cell 2: ZeroDivisionError"):
            build(built / "notebooks", built / "reports")
    assert {path: path.read_bytes() for path in (built / "reports").rglob("*.*") if path.is_file()} == before
    path.write_text(good)
    assert again(built) == ([], [])


@pytest.mark.parametrize("file", ["notebooks/plain.ipynb", "notebooks/beside.csv", "elsewhere/named.csv"])
def test_what_changes_while_it_is_read_is_looked_at_again(built, file):
    """A page that may show the changed file must not count as made from the file as it was."""
    before = (built / file).read_bytes()
    # Changed once the first notebook has run, put back after the build.
    again(built, force=True, progress=lambda _: (built / file).write_bytes(before + b"\n"))
    (built / file).write_bytes(before)
    (built / "runs.txt").unlink()
    run = {"notebooks/plain.ipynb": ["plain"], "notebooks/beside.csv": ["plain", "reader"]}
    assert again(built)[0] == run.get(file, ["reader"])
    (built / "runs.txt").unlink()
    assert again(built) == ([], [])


BUILD = """
import sys
from pathlib import Path
from briefing_helpers import schema
from briefing_helpers.report import build
schema.DATA = Path(sys.argv[3])
build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_two_builds_at_once_into_one_folder(built, small_record):
    """Each writes whole files; what lies there at the end is known for what it is."""
    before = pages(built)
    (built / "notebooks" / "beside.csv").write_text("a\n3\n")
    command = [sys.executable, "-c", BUILD, built / "notebooks", built / "reports", small_record]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(each.communicate()[1], each.returncode) for each in both] == [(b"", 0)] * 2
    assert (built / "runs.txt").read_text().split().count("plain") == 2
    (built / "runs.txt").unlink()
    assert again(built) == ([], [])
    assert pages(built) == before
    assert sorted(path.name for path in built.iterdir()) == ["elsewhere", "notebooks", "reports"]


def test_output_among_the_notebooks_is_no_input(tmp_path):
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Q?")]), tmp_path / "only.ipynb")
    assert build(tmp_path, tmp_path / "reports") != []
    assert build(tmp_path, tmp_path / "reports") == []


# The command


def test_command_says_that_all_is_up_to_date(built, capsys):
    args = ["report", "--notebooks", str(built / "notebooks"), "--output", str(built / "reports")]
    assert main(args) == 0
    assert capsys.readouterr().out == f"{built / 'reports'}: up to date\n"
    assert main([*args, "--force"]) == 0
    assert sorted((built / "runs.txt").read_text().split()) == ["plain", "reader"]


HEAVY = {"pandas", "numpy", "matplotlib", "IPython", "nbformat", "nbconvert", "nbclient", "jupyter_client"}
LISTED = """
import json, sys
from briefing_helpers.cli import main
main(sys.argv[1:])
print(json.dumps(list(sys.modules)))
"""


def test_command_that_finds_all_up_to_date_imports_nothing_heavy(built):
    args = ["report", "--notebooks", built / "notebooks", "--output", built / "reports"]
    done = subprocess.run([sys.executable, "-c", LISTED, *args], capture_output=True, check=True)
    said, modules = done.stdout.decode().splitlines()
    assert said.endswith(": up to date")
    assert HEAVY.isdisjoint(json.loads(modules))
