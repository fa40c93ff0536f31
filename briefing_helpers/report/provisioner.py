"""Tell jupyter_client to fork its kernels where that is as good as starting them.

A kernel provisioner is jupyter_client's own extension point for this. Name it in the metadata of a
kernel spec, or for every kernel in the environment variable JUPYTER_DEFAULT_PROVISIONER_NAME.
"""

from __future__ import annotations

import asyncio
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from briefing_helpers.report.kernels import Forked, Refused, start

__all__ = ["PROVISIONER", "ForkedProvisioner", "choose", "register"]

PROVISIONER = "briefing-forked"
_LAUNCHER = [sys.executable, "-m", "ipykernel_launcher"]
_KNOWN = {"cwd", "env", "stdout", "stderr", "kernel_id"}


class ForkedProvisioner(LocalProvisioner):
    """Fork a kernel where that is as good as starting it, else start it."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch the kernel and return how to connect to it."""
        server = start() if cmd[:3] == _LAUNCHER and set(kwargs) <= _KNOWN else None
        out, err = _handle(kwargs.get("stdout"), 1), _handle(kwargs.get("stderr"), 2)
        if server is None or out is None or err is None:
            return await super().launch_kernel(cmd, **kwargs)
        cwd = str(Path(kwargs.get("cwd") or "").absolute())
        request = {"argv": cmd[3:], "cwd": cwd, "env": kwargs["env"]}
        try:
            self.process: Any = await asyncio.to_thread(server.fork, request, out, err)
        except Refused as reason:
            self.log.debug("Starting an ordinary kernel: %s", reason)
            return await super().launch_kernel(cmd, **kwargs)
        # The kernel leads a session of its own, so its group has its id.
        self.pid = self.pgid = self.process.pid
        self.cwd = cwd
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel to end: told by the server, where others ask ten times a second."""
        if isinstance(self.process, Forked):
            code = await asyncio.to_thread(self.process.wait)
            self.process = None
            return code
        return await super().wait()

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process group, unless the kernel has ended."""
        if await self.poll() is None:
            await super().send_signal(signum)


def choose(manager: KernelManager, forked: bool) -> None:
    """Have a manager's kernel forked, or not. Raises NoSuchKernel where there is no such kernel."""
    register()
    if manager.kernel_spec is not None:
        name = PROVISIONER if forked else "local-provisioner"
        manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": name}


def register() -> KernelProvisionerFactory:
    """Make the provisioner known to jupyter_client and return its factory.

    An installed package is known by its entry point; a checkout that is merely on the path is not.
    """
    factory = KernelProvisionerFactory.instance()
    group, value = KernelProvisionerFactory.GROUP_NAME, f"{__name__}:{ForkedProvisioner.__name__}"
    factory.provisioners.setdefault(PROVISIONER, EntryPoint(PROVISIONER, value, group))
    return factory


def _handle(stream: Any, default: int) -> int | None:
    """Return the descriptor that a Popen argument means, or None where it would need a pipe."""
    if stream is None:
        return default
    number = stream if isinstance(stream, int) else stream.fileno()
    return number if number >= 0 else None
