"""Know at once that a kernel is ready."""

from __future__ import annotations

from contextlib import suppress
from queue import Empty
from time import monotonic
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

__all__ = ["Client"]


class Client(AsyncKernelClient):
    """A client that asks a kernel whether it is ready.

    jupyter_client's own waits until the kernel has been silent for a fifth of a second, so that nothing
    said at its start is taken for output of a cell. But what a kernel says comes in order: once it has
    said that it is done with answering us, all that came before has been read.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered; RuntimeError where it dies or takes longer than ``timeout``."""
        started = monotonic()
        while True:
            asked = self.kernel_info()
            with suppress(Empty):
                reply = await self.get_shell_msg(timeout=1)
                await self._done_with(asked)
                self._handle_kernel_info_reply(reply)
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if timeout is not None and monotonic() - started > timeout:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    async def _done_with(self, request: str) -> None:
        said: dict[str, Any] = {}
        while said.get("execution_state") != "idle":
            # Empty where it spoke before we could hear it: it is asked again.
            message = await self.get_iopub_msg(timeout=0.05)
            said = message["content"] if message["parent_header"].get("msg_id") == request else {}
