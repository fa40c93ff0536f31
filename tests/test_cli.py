import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_helpers.cli import main
from briefing_helpers.schema import DATA


@pytest.fixture
def run(capsys):
    """Run a command in this process; an exception that it lets through fails the test."""

    def run(*args):
        try:
            code = main([str(arg) for arg in args])
        except SystemExit as stop:  # argparse leaves this way
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out.splitlines(), captured.err.splitlines()

    return run


@pytest.fixture
def text(tmp_path, herald):
    file = tmp_path / "herald.txt"
    file.write_text(herald, encoding="utf-8")
    return file


def test_check_of_a_clean_package_exits_0_and_counts(run, sample, valley):
    records = valley.counts()["records"].sum()
    assert run("check", sample.path) == (
        0,
        [f"clean: data {valley.version}, {len(valley.counts())} tables, {records} records"],
        [],
    )


def test_check_without_path_takes_the_data_shipped(run):
    code, out, err = run("check")
    assert (code, len(out), err) == (0, 1, [])
    assert out[0].startswith("clean: data ")


def test_check_lists_every_fault_and_their_number(run, sample):
    sample.set("drafts", "plan-a", points="101")
    sample.set("sources", "wire-one", kind="")
    assert run("check", sample.path) == (
        1,
        [
            "sources.csv row 4, kind: is blank, but every row needs it",
            "drafts.csv row 2, points: '101' is above the maximum 100",
            "2 faults",
        ],
        [],
    )


def test_check_speaks_of_one_fault(run, sample):
    sample.set("sources", "wire-one", kind="")
    assert run("check", sample.path)[1][-1] == "1 fault"


def lines_of(table, *lines):
    return lambda sample: sample.write(table, [*sample.rows(table), *lines])


def cell(table, record, **cells):
    return lambda sample: sample.set(table, record, **cells)


def bytes_of(table, old, new):
    return lambda sample: sample.replace(table, old, new)


def descriptor(change):
    def spoil(sample):
        file = sample.path / "datapackage.json"
        file.write_bytes(change(file.read_bytes()))

    return spoil


def leave_folder(raw):
    content = json.loads(raw)
    content["resources"][0]["path"] = "../sources.csv"
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda sample: sample.file("crosswalks").unlink(), "crosswalks.csv: the file is missing ("),
        (bytes_of("claims", b"Only", b"\xff\xfe"), "claims.csv row 4: byte "),
        (
            bytes_of("claims", b"others_say,", b""),
            "claims.csv row 1, others_say: column 'others_say' is missing",
        ),
        (
            bytes_of("claims", b"verdict,", b"verdikt,"),
            "claims.csv row 1, verdikt: column 'verdikt' is not in the schema; did you mean 'verdict'?",
        ),
        (
            cell("crosswalks", "forces-pa-x-ssrarm", id=""),
            "crosswalks.csv row 2, id: is blank, but every row needs it",
        ),
        (
            lambda sample: sample.add("crosswalks", "forces-pa-x-ssrarm", "forces-pa-x-ssrarm"),
            "crosswalks.csv row 3, id: 'forces-pa-x-ssrarm' is already the id of row 2",
        ),
        (
            cell("drafts", "plan-b", answers="plan-aa"),
            "drafts.csv row 3, answers: 'plan-aa' is not an id of drafts; did you mean 'plan-a'?",
        ),
        (
            cell("sources", "wire-one", read_depth="exerpt"),
            "sources.csv row 4, read_depth: 'exerpt' is not allowed; did you mean 'excerpt'? (allowed: full,",
        ),
        (
            cell("events", "bridge-strike", date="2031-02-30"),
            "events.csv row 6, date: '2031-02-30' is not an EDTF date: there is no day 30 in 2031-02",
        ),
        (cell("drafts", "plan-a", points="101"), "drafts.csv row 2, points: '101' is above the maximum 100"),
        (
            lambda sample: [
                sample.set("sources", "border-herald", title="one\ntwo\nthree"),
                sample.set("sources", "wire-one", kind=""),
            ],
            "sources.csv row 4, kind: is blank, but every row needs it",
        ),
        (
            cell("claims", "bh-c1", note="x" * 200_000),
            "claims.csv row 2: not readable as CSV: field larger than field limit (131072)",
        ),
        (cell("actors", "northland", iso3="X\0A"), "actors.csv row 2"),
        (lines_of("claims", ["bh-c9"]), "claims.csv row 6: has 1 cells, the header has 6"),
        (descriptor(lambda raw: raw[:-20]), "datapackage.json: line "),
        (descriptor(lambda raw: b""), "datapackage.json: line 1: not valid JSON (Expecting value)"),
        (descriptor(lambda raw: b"\xff" + raw), "datapackage.json: not UTF-8 text (byte 0)"),
        (descriptor(lambda raw: b"[" * 100_000), "datapackage.json: not valid JSON (nested too deeply)"),
        (descriptor(lambda raw: b"{}"), "datapackage.json: not a table descriptor like ours ("),
        (
            descriptor(leave_folder),
            "datapackage.json: path '../sources.csv' of table 'sources' leaves the folder",
        ),
    ],
    ids=[
        *("missing-file", "wrong-encoding", "missing-column", "extra-column", "blank-key", "duplicate-key"),
        *("dangling", "enum", "date", "range", "quoted-newlines", "huge-field", "nul", "short-row"),
        *("cut-json", "empty-json", "json-encoding", "deep-json", "other-json", "leaves-folder"),
    ],
)
def test_check_exits_1_and_says_where(run, sample, spoil, line):
    spoil(sample)
    code, out, err = run("check", sample.path)
    assert (code, err) == (1, [])
    assert [found for found in out if found.startswith(line)], out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["check", "nowhere"], "briefing: there is no nowhere"),
        (["verify", "border-herald", "nowhere.txt"], "briefing: there is no file nowhere.txt"),
        (["verify", "border-herald", "."], "briefing: there is no file ."),
        (["verify", "border-herald", "x", "--data", "nowhere"], "briefing: there is no nowhere"),
        (["anchor", "nowhere.txt", "a phrase"], "briefing: there is no file nowhere.txt"),
        (
            ["report", "--notebooks", "nowhere"],
            "briefing: there is no folder nowhere; run this beside notebooks/ or name it with --notebooks",
        ),
    ],
    ids=" ".join,
)
def test_wrong_use_exits_2_with_the_reason(run, tmp_path, monkeypatch, args, message):
    monkeypatch.chdir(tmp_path)
    assert run(*args) == (2, [], [message])


@pytest.mark.parametrize("below", ["", "deeper/reports"])
def test_report_into_a_file_says_so_before_a_notebook_runs(run, tmp_path, below):
    place = tmp_path / "reports"
    place.write_text("mine")
    message = f"briefing: {place} is a file; name another folder with --output"
    assert run("report", "--notebooks", tmp_path, "--output", place / below) == (2, [], [message])


def test_report_where_one_may_not_write_says_so_before_a_notebook_runs(run, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)  # root may write anywhere
    message = f"briefing: {tmp_path} may not be written to; name another folder with --output"
    assert run("report", "--notebooks", tmp_path, "--output", tmp_path / "a/b") == (2, [], [message])


@pytest.mark.parametrize("args", [[], ["chek"], ["check", "a", "b"], ["report", "--jobs", "x"]], ids=str)
def test_wrong_arguments_exit_2_with_the_usage(run, args):
    code, out, err = run(*args)
    assert (code, out) == (2, [])
    assert err[0].startswith("usage: briefing")


def test_report_needs_a_job(run, tmp_path):
    assert run("report", "--notebooks", tmp_path, "--jobs", "0") == (
        2,
        [],
        ["briefing: --jobs must be 1 or more"],
    )


@pytest.mark.parametrize("command", [[], ["check"], ["verify"], ["anchor"], ["report"]], ids=str)
def test_help_of_every_command(run, command):
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, [])
    assert out[0].startswith(" ".join(["usage: briefing", *command]))


def test_help_tells_the_exit_codes(run):
    out = run("--help")[1]
    assert (
        "exit codes: 0 nothing found; 1 faults found (they are listed); 2 the command was used wrongly" in out
    )


def test_verify_proves_a_source(run, sample, text):
    assert run("verify", "border-herald", text, "--data", sample.path) == (
        0,
        ["border-herald: 8 anchored citations: 8 found, 0 moved, 0 missing"],
        [],
    )


def test_verify_lists_what_moved_and_exits_0(run, sample, text, herald):
    text.write_text(herald.replace("Subscribe to the Border Herald.\n", ""), encoding="utf-8")
    code, out, err = run("verify", "border-herald", text, "--data", sample.path)
    assert (code, err) == (0, [])
    assert out == [
        "moved by -32 characters: 1 from ¶5 on",
        "border-herald: 8 anchored citations: 7 found, 1 moved, 0 missing",
    ]


def test_verify_lists_what_is_missing_and_exits_1(run, sample, text, herald):
    text.write_text(herald.replace("is likely", "may come"), encoding="utf-8")
    code, out, err = run("verify", "border-herald", text, "--data", sample.path)
    assert (code, err) == (1, [])
    assert out == [
        "missing: forecasts herald.summit (¶5, citation c55)",
        "border-herald: 8 anchored citations: 7 found, 0 moved, 1 missing",
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("border-heralt", "briefing: 'border-heralt' is not a source; did you mean 'border-herald'?"),
        ("wire-one", "briefing: no anchored citation of source 'wire-one'"),
    ],
)
def test_verify_names_a_source_it_cannot_prove(run, sample, text, source, message):
    assert run("verify", source, text, "--data", sample.path) == (2, [], [message])


def test_verify_of_a_text_that_is_not_utf_8_exits_2(run, sample, text):
    text.write_bytes(b"caf\xe9")
    assert run("verify", "border-herald", text, "--data", sample.path) == (
        2,
        [],
        [f"briefing: {text} is not UTF-8 text (byte 3)"],
    )


def test_verify_against_a_faulty_package_exits_1_with_its_faults(run, sample, text):
    sample.set("sources", "wire-one", kind="")
    assert run("verify", "border-herald", text, "--data", sample.path) == (
        1,
        [],
        [f"{sample.path}: 1 fault", "  sources.csv row 4, kind: is blank, but every row needs it"],
    )


def test_anchor_prints_the_cells_of_a_citation(run, sample, text):
    code, out, err = run("anchor", text, "cut Southland’s army by half")
    assert (code, err) == (0, [])
    row = next(row for row in sample.rows("citations") if row[0] == "c21")
    assert out == ["locator,start,length,sha256", ",".join(row[5:])]


def test_anchor_of_a_phrase_that_is_not_there_exits_1(run, text):
    assert run("anchor", text, "a phrase nobody wrote") == (
        1,
        [],
        ["briefing: the phrase is not in the text; copy it from there, word for word"],
    )


def test_a_console_that_cannot_show_a_character_gets_a_substitute(sample):
    """Windows consoles use cp1252, which holds neither ≤ nor Cyrillic letters."""
    sample.set("sources", "wire-one", kind="ново≤")
    script = "import sys; from briefing_helpers.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-X", "utf8=0", "-c", script, "check", str(sample.path)]
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "cp1252:strict"}, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"sources.csv row 4, kind: '?????' is not allowed")


def test_the_command_is_installed_and_works_from_any_folder(tmp_path):
    command = shutil.which("briefing", path=str(Path(sys.executable).parent))
    assert command, "the package is not installed; run make test"
    done = subprocess.run([command, "check", DATA], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
