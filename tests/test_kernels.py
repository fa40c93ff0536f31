"""Forked kernels are as fresh ones."""

import asyncio
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from briefing_helpers.report import kernels
from briefing_helpers.report.kernels import CAN_FORK, Refused, cores
from briefing_helpers.report.run import running

pytestmark = pytest.mark.usefixtures("server")

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))

# What a notebook may ask of its kernel. Each cell must answer the same in a forked and in a fresh one.
ASKED = {
    "folder": "import os; os.getcwd()",
    "path": "import sys; sys.path",
    "arguments": "[arg for arg in sys.argv if not arg.endswith('.json')]",
    "flags": "sys.flags, sys.executable",
    "environment": "sorted(set(os.environ) - {'JPY_PARENT_PID'}), os.environ.get('MPLBACKEND')",
    "main": "import __main__; __name__, vars(__main__) is globals(), get_ipython().user_module is __main__",
    "names": "sorted(name for name in dir() if not name.startswith('_'))",
    "shell": "type(get_ipython()), get_ipython().execution_count, get_ipython().history_manager.hist_file",
    "group": "os.getpgid(0) == os.getpid() == os.getsid(0)",
    "threads": "import threading; threading.current_thread() is threading.main_thread()",
    "signals": "import signal; [(each, signal.getsignal(each)) for each in (2, 15, signal.SIGCHLD)]",
    "input": "sys.__stdin__.read()",
    "loop": "import asyncio; asyncio.get_running_loop().is_running()",
    "wait": "await asyncio.sleep(0, 'awaited')",
    "backend": "import matplotlib as mpl; mpl.get_backend(auto_select=False), mpl.is_interactive()",
    "columns": "import pandas as pd; pd.get_option('display.max_columns'), pd.get_option('display.width')",
    "reset": "pd.reset_option('display.max_columns'); pd.get_option('display.max_columns')",
    "wide": "pd.DataFrame([range(40)])",
    "settings": "import matplotlib.pyplot as plt; {k: v for k, v in plt.rcParams.items()}",
    "chart": "plt.plot([1, 3, 2]);",
    "chart closed": "plt.get_fignums(), mpl.get_backend()",
    "chart shown": "import seaborn as sns; display(sns.histplot(x=[1, 2, 2]).figure); plt.close()",
    "styled": "with sns.axes_style('dark'): plt.subplots(layout='constrained')",
    "module": "class Thing: pass\nThing.__module__",
    "pickle": "import pickle; pickle.loads(pickle.dumps(Thing)) is Thing",
    "pool": "import multiprocessing as mp\nwith mp.get_context('fork').Pool(1) as p: print(p.map(abs, [-1]))",
    "parent": "mp.current_process().name, mp.parent_process()",
    "executor": "from concurrent.futures import ThreadPoolExecutor as T; list(T().map(abs, [-2]))",
    "shell command": "!echo said",
    "magic": "%who_ls str",
    "warning": "import warnings; warnings.warn('mind', UserWarning)",
    "command line": "[arg for arg in sys.orig_argv if not arg.endswith('.json')]",
    "language": "import locale; locale.setlocale(locale.LC_ALL), locale.getpreferredencoding()",
    "streams": "[(type(s), s.encoding) for s in (sys.stdout, sys.__stdout__, sys.stdin, sys.__stdin__)]",
    "descriptors": (
        "fds = [f'/proc/self/fd/{each}' for each in os.listdir('/proc/self/fd')]\n"
        "sorted(os.readlink(fd).split(':')[0] for fd in fds if os.path.exists(fd) and fd[-3:] != 'd/0')"
    ),
    "handlers": "import logging; logging.root.level, logging.root.handlers, sys.excepthook.__name__",
    "log": "logging.getLogger('matplotlib').warning('mind')",
    "filters": "sorted(map(str, warnings.filters)), warnings.showwarning",
    "options": (
        "config = pd._config.config\n"
        "known = set(config._registered_options) - set(config._deprecated_options)\n"
        "sorted((each, pd.get_option(each)) for each in known)"
    ),
    "numbers": "import numpy as np, decimal; np.get_printoptions(), np.geterr(), decimal.getcontext()",
    "limits": "import resource as r; [r.getrlimit(each) for each in range(10)], sys.getrecursionlimit()",
    "mask": "os.umask(18), os.umask(18), signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getitimer(0)",
    "faults": "import faulthandler; faulthandler.is_enabled(), os.nice(0), os.sched_getaffinity(0)",
    "collector": "import gc; gc.isenabled(), gc.get_threshold(), gc.garbage",
    "clock": "import time; time.process_time() < 60, time.tzname",
    "subprocess": (
        "import subprocess as sp\n"
        "asked = 'import os, signal, sys; print(os.getcwd(), sys.path, sys.stdin.read())\\n'\n"
        "asked += 'print(*map(signal.getsignal, (2, 13, 15, 17)), len(os.listdir(\"/proc/self/fd\")))'\n"
        "sp.run([sys.executable, '-c', asked], capture_output=True)"
    ),
    "awaited process": (
        "p = await asyncio.create_subprocess_exec('cat', stdin=-1, stdout=-1); await p.communicate(b'on')"
    ),
    "server of processes": "with mp.get_context('forkserver').Pool(1) as p: print(p.map(abs, [-3]))",
    "module beside": "import beside; beside.VALUE, beside.__file__ == os.path.join(os.getcwd(), 'beside.py')",
    "default chart": "mpl.rcdefaults(); {k: v for k, v in mpl.rcParams.items()}",
    "inline": "%matplotlib inline\n{**mpl.rcParams} == {**mpl.rcParamsDefault}, mpl.get_backend()",
    "formats": "%config InlineBackend.figure_formats\nsorted(get_ipython().events.callbacks)",
    "error": "1 / 0",
}


def ran(cells, folder, forked=True):
    """Run cells as one notebook; return it with its outputs, or fail."""
    tags = {"tags": ["raises-exception"]}
    notebook = new_notebook(cells=[new_code_cell(source, metadata=tags) for source in cells])
    path = folder / "asked.ipynb"
    nbformat.write(notebook, path)
    with running([path], 1, forked) as runs:
        [result] = runs
    assert result.fault is None
    return result.notebook


def said(cells, folder, forked=True):
    """Run cells that print and return what each said."""
    cells = ran(cells, folder, forked).cells
    return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in cells]


needs_fork = pytest.mark.skipif(not CAN_FORK, reason="kernels are not forked on this system")


@pytest.fixture(scope="module")
def answers(tmp_path_factory, server):
    folder = tmp_path_factory.mktemp("asked")
    (folder / "beside.py").write_text("VALUE = 7")
    return {forked: ran(ASKED.values(), folder, forked) for forked in (True, False)}


@pytest.mark.parametrize("number", range(len(ASKED)), ids=ASKED)
def test_forked_kernel_answers_as_a_fresh_one(answers, number):
    # A cell that warns names its own file, which is named after the process.
    texts = [json.dumps(answers[way].cells[number].outputs) for way in (True, False)]
    forked, fresh = (re.sub(r"ipykernel_\d+", "ipykernel", text) for text in texts)
    assert forked == fresh


def test_questions_are_answered(answers):
    cells = dict(zip(ASKED, answers[True].cells, strict=True))
    silent = [name for name, cell in cells.items() if not cell.outputs]
    assert silent == []
    shown = [
        name for name, cell in cells.items() if any("image/png" in o.get("data", {}) for o in cell.outputs)
    ]
    assert shown == ["chart", "chart shown", "styled"]
    assert cells["columns"].outputs[0].data["text/plain"] == "(20, 80)"
    assert cells["error"].outputs[0].ename == "ZeroDivisionError"


@pytest.fixture(scope="module")
def both(server):
    """Run every notebook in a forked and in a fresh kernel; give the runs of each way by name."""
    found = []
    for forked in (True, False):
        with running(NOTEBOOKS, cores(), forked) as runs:
            found.append({run.path: run for run in runs})
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_has_equal_outputs_in_forked_and_fresh_kernels(both, path):
    assert [runs[path].fault for runs in both] == [None, None]
    forked, fresh = ([cell.get("outputs") for cell in runs[path].notebook.cells] for runs in both)
    assert forked == fresh


@needs_fork
def test_kernels_are_forked_from_a_server_that_has_made_its_imports(tmp_path):
    asked = (
        "import os, sys; print(os.getppid(), {'pandas', 'seaborn', 'matplotlib.pyplot'} <= set(sys.modules))"
    )
    assert said([asked], tmp_path) == [f"{kernels.start().pid} True"]
    assert said([asked], tmp_path, forked=False) == [f"{os.getpid()} False"]


@needs_fork
def test_each_notebook_has_a_kernel_of_its_own(tmp_path):
    cells = [
        "import os, builtins, pandas as pd; print(os.getpid())",
        "print(hasattr(builtins, 'left'), hasattr(pd, 'left'))",
    ]
    with kernels.serving():
        first = said([*cells, "builtins.left = pd.left = 1"], tmp_path)
        second = said(cells, tmp_path)
    assert first[0] != second[0]
    assert first[1] == second[1] == "False False"


@needs_fork
def test_random_numbers_differ_between_kernels(tmp_path):
    cell = (
        "import random, uuid, numpy as np\n"
        "print(random.random(), np.random.rand(), np.random.default_rng().random(), uuid.uuid4())"
    )
    with kernels.serving():
        one, other = (said([cell], tmp_path)[0].split() for _ in range(2))
    assert set(one).isdisjoint(other)


@needs_fork
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda folder: (folder / "matplotlibrc").write_text("figure.dpi: 33"), "matplotlibrc"),
        (lambda folder: (folder / "seaborn.py").write_text("x = 1"), "module"),
        (
            lambda folder: [(folder / "pandas").mkdir(), (folder / "pandas" / "__init__.py").touch()],
            "package",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_folder_that_changes_what_a_kernel_imports_gets_ordinary_kernels(tmp_path, make, name):
    make(tmp_path)
    assert said(["import os; print(os.getppid())"], tmp_path) == [str(os.getpid())]


@needs_fork
def test_other_files_beside_a_notebook_do_not_hinder(tmp_path):
    (tmp_path / "json.csv").touch()
    (tmp_path / "pandas").mkdir()
    (tmp_path / "mine.py").touch()
    with kernels.serving():
        assert said(["import os; print(os.getppid())"], tmp_path) == [str(kernels.start().pid)]


@needs_fork
def test_other_environment_gets_ordinary_kernels(tmp_path, monkeypatch):
    with kernels.serving():
        kernels.start()
        monkeypatch.setenv("PYTHONOPTIMIZE", "1")
        assert said(["import os, sys; print(os.getppid(), sys.flags.optimize)"], tmp_path) == [
            f"{os.getpid()} 1"
        ]


@needs_fork
def test_server_that_cannot_start_makes_kernels_ordinary(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "_server", None)
    monkeypatch.setattr(kernels, "PROGRAM", "no_such_module")
    assert said(["import os; print(os.getppid())"], tmp_path) == [str(os.getpid())]


@needs_fork
def test_interrupt_reaches_the_cell_and_leaves_the_kernel(tmp_path):
    from jupyter_client import AsyncKernelManager

    from briefing_helpers.report.provisioner import choose

    async def interrupted():
        manager = AsyncKernelManager(kernel_name="python3")
        choose(manager, forked=True)
        await manager.start_kernel(cwd=str(tmp_path), extra_arguments=["--log-level=ERROR"])
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(60)
        # A cell that fails has ipykernel abort what arrives just after it, unless told not to.
        cell = "print('ready', flush=True)\nimport threading; threading.Event().wait(60)"
        asked = client.execute(cell, stop_on_error=False)
        while (await client.get_iopub_msg(60))["content"].get("text", "").strip() != "ready":
            pass
        await manager.interrupt_kernel()
        reply = await client.get_shell_msg(60)
        while reply["parent_header"].get("msg_id") != asked:  # replies to "are you ready?" may come late
            reply = await client.get_shell_msg(60)
        again = await client.execute_interactive("print('on')", timeout=60, output_hook=lambda _: None)
        client.stop_channels()
        code = manager.provisioner.process
        await manager.shutdown_kernel()
        return reply["content"]["ename"], again["content"]["status"], code.returncode

    # In a thread of its own: a browser of other tests may keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, interrupted()).result() == ("KeyboardInterrupt", "ok", 0)


@needs_fork
def test_kernel_that_dies_is_named(tmp_path):
    path = tmp_path / "dies.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1"), new_code_cell("import os; os._exit(3)")]), path)
    with running([path], 1) as runs:
        [result] = runs
    assert result.fault == "dies.ipynb, cell 2: Kernel died"


@needs_fork
def test_exit_code_is_read_once_whoever_waits(tmp_path):
    """A thread waits for the end of a kernel while another asks again and again whether it has ended."""
    with kernels.serving(), ThreadPoolExecutor(1) as pool:
        # A kernel that is asked for what it does not know ends at once, with a code of its own.
        request = {"argv": ["--no-such-option"], "cwd": str(tmp_path), "env": dict(os.environ)}
        with Path(os.devnull).open("wb") as sink:
            process = kernels.start().fork(request, sink.fileno(), sink.fileno())
        waiting = pool.submit(process.wait)
        while process.poll() is None:
            pass
        assert waiting.result() == process.poll() == process.wait() == process.returncode


@needs_fork
@pytest.mark.parametrize("request_", [b"", b"{", None], ids=["nothing", "torn", "no folder"])
def test_server_outlives_a_request_that_it_cannot_fulfil(tmp_path, request_):
    server = kernels.ForkServer()
    try:
        if request_ is None:
            with pytest.raises(Refused, match="refused"):
                server.fork({"argv": [], "cwd": str(tmp_path / "none"), "env": dict(os.environ)}, 1, 2)
        else:
            link, theirs = socket.socketpair()
            with link, theirs:
                socket.send_fds(server._control, [b"+"], [theirs.fileno(), 1, 2])
                link.sendall(request_)
                link.shutdown(socket.SHUT_WR)
                assert link.recv(64) == b"refused\n"
        assert server.running
    finally:
        server.stop()


def gone(pid):
    """Tell whether a process has ended, waiting for it if it has not yet."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended = bool(select.select([handle], [], [], 30)[0])
    os.close(handle)
    return ended


SCRIPT = """
import sys
from pathlib import Path
from briefing_helpers.report import build
build(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2)
"""
ENDLESS = """
import os, subprocess, sys, threading
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open({fifo!r}, "w") as fifo:
    print(os.getpid(), os.getppid(), child.pid, file=fifo, flush=True)
threading.Event().wait(600)
"""


@needs_fork
@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name
)
def test_nothing_is_left_when_a_build_is_stopped(tmp_path, number):
    """Ctrl-C, a polite end and a rude one: kernel, what it started and the server all go."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    nbformat.write(
        new_notebook(cells=[new_code_cell(ENDLESS.format(fifo=str(fifo)))]), notebooks / "endless.ipynb"
    )
    command = [sys.executable, "-c", SCRIPT, notebooks, tmp_path / "reports"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        with fifo.open() as reader:
            pids = [int(word) for word in reader.read().split()]
        os.killpg(process.pid, number)  # as a terminal does: to the whole group
        process.wait(60)
    assert [pid for pid in pids if not gone(pid)] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fifo", "notebooks"]


CHILD = """
import os, signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open({fifo!r}, "w") as fifo:
    print(os.getpid(), child.pid, file=fifo, flush=True)
os.kill({victim}, signal.SIGKILL)
import threading; threading.Event().wait(600)
"""


@needs_fork
@pytest.mark.parametrize("victim", ["os.getpid()", "os.getppid()"], ids=["kernel", "server"])
def test_nothing_is_left_when_a_kernel_or_the_server_is_killed(tmp_path, monkeypatch, victim):
    monkeypatch.setattr(kernels, "_server", None)  # a server of its own, to be killed
    cell = CHILD.format(fifo=str(tmp_path / "pids"), victim=victim)
    nbformat.write(new_notebook(cells=[new_code_cell(cell)]), tmp_path / "killed.ipynb")
    with running([tmp_path / "killed.ipynb"], 1) as runs:
        [result] = runs
        assert result.fault == "killed.ipynb, cell 1: Kernel died"
        pids = [int(word) for word in (tmp_path / "pids").read_text().split()]
        assert [pid for pid in pids if not gone(pid)] == []


@needs_fork
def test_server_ends_with_its_block():
    with kernels.serving():
        pid = kernels.start().pid
    if kernels._server is None:  # else another test's plug-in had one running, which is left alone
        assert gone(pid)


@needs_fork
def test_stopped_server_refuses(tmp_path):
    server = kernels.ForkServer()
    server.stop()
    with pytest.raises(Refused):
        server.fork({"argv": [], "cwd": str(tmp_path), "env": {}}, 1, 2)
