import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import pytest

from briefing_helpers.report.client import Client
from briefing_helpers.report.kernels import CAN_FORK
from briefing_helpers.report.run import run, running


class Told(Client):
    """A client told beforehand what a kernel answers: to each question a reply, and what it then says."""

    def __init__(self, *answers, alive=True):
        super().__init__()
        self.answers, self.alive, self.asked, self.said = list(answers), alive, 0, []

    def kernel_info(self):
        self.asked += 1
        return f"request {self.asked}"

    async def is_alive(self):
        return self.alive

    async def get_shell_msg(self, timeout):
        if not self.answers:
            raise Empty
        self.said += self.answers.pop(0)
        return {"msg_type": "kernel_info_reply", "content": {"protocol_version": "5.3"}}

    async def get_iopub_msg(self, timeout):
        if not self.said:
            raise Empty
        return self.said.pop(0)


def wait(client, timeout=None):
    """Wait in a thread of its own, as a build does: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, client.wait_for_ready(timeout)).result()


def state(request, name):
    return {"parent_header": {"msg_id": request}, "content": {"execution_state": name}}


def test_ready_when_done_with_answering_and_nothing_earlier_is_left():
    starting = {"parent_header": {}, "content": {"execution_state": "starting"}}
    word = {"parent_header": {}, "content": {"name": "stdout", "text": "from a start-up file"}}
    client = Told([starting, word, state("request 1", "busy"), state("request 1", "idle")])
    wait(client)
    assert (client.asked, client.said) == (1, [])


def test_asked_again_where_it_spoke_before_it_was_heard():
    late = [state("request 1", "busy"), state("request 1", "idle")]
    client = Told([], [*late, state("request 2", "busy"), state("request 2", "idle")])
    wait(client)
    assert (client.asked, client.said) == (2, [])


def test_kernel_that_died_is_an_error():
    with pytest.raises(RuntimeError, match="died before replying"):
        wait(Told(alive=False))


def test_waiting_ends():
    client = Told()
    with pytest.raises(RuntimeError, match="didn't respond in 0 seconds"):
        wait(client, timeout=0)
    assert client.asked == 1


@pytest.fixture
def write(tmp_path):
    """Write a notebook of one cell."""
    from nbformat.v4 import new_code_cell, new_notebook, writes

    def made(source):
        path = tmp_path / "n.ipynb"
        path.write_text(writes(new_notebook(cells=[new_code_cell(source)])))
        return path

    return made


def test_words_of_a_start_are_no_output_of_a_cell(write, tmp_path, monkeypatch):
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print('from a start-up file')\nfrom_start = 'here'\n")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    made = run(write("print(from_start)"))
    assert made.notebook is not None, made.fault
    assert [output.text for output in made.notebook.cells[0].outputs] == ["here\n"]


def test_kernel_that_dies_at_its_start_is_a_fault(write, monkeypatch):
    async def wait_for_ready(self, timeout=None):
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(Client, "wait_for_ready", wait_for_ready)
    fault = "n.ipynb: could not be run (Kernel died before replying to kernel_info)"
    assert run(write("print(1)")).fault == fault


@pytest.mark.skipif(not CAN_FORK, reason="sockets in a folder are tried on Linux alone")
@pytest.mark.parametrize("forked", [True, False], ids=["forked", "fresh"])
@pytest.mark.parametrize(("length", "transport"), [(0, "ipc"), (100, "tcp")])
def test_kernel_takes_no_port_that_another_could_take(write, monkeypatch, forked, length, transport):
    """A folder with a long name cannot hold a socket: then there are ports as before."""
    code = "from ipykernel.connect import get_connection_info as info; print(info(unpack=True)['transport'])"
    with tempfile.TemporaryDirectory() as own:
        folder = Path(own) / ("x" * length)
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        with running([write(code)], 1, forked) as runs:
            (made,) = runs
        left = [path.name for path in folder.iterdir() if path.is_dir()]
    assert made.notebook is not None, made.fault
    assert made.notebook.cells[0].outputs[0].text == f"{transport}\n"
    assert left == []
