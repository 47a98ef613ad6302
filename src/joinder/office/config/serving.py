"""Serving the site: checks first, then one ASGI server and one worker beside it."""

from __future__ import annotations

import errno
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable

from joinder.office.config.bootstrap import OfficeError, open_office
from joinder.vocabulary.node import NodeHome

RESTART_PAUSE_S = 2.0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check(home: NodeHome, host: str) -> None:
    """Raises OfficeError unless the database is current, the assets are built and the host may be served."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from joinder.office.people.services import demo_members_exist
    from joinder.office.ui import assets

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise OfficeError(
            f"The database of {home.root} is not at this version.",
            mend=f"Bring it up to date with: joinder init {home.root}",
        )
    assets.manifest()
    if not is_loopback(host) and demo_members_exist():
        raise OfficeError(
            f"This node has demo members, whose passwords were printed; it is not served on {host}.",
            mend="Serve it on 127.0.0.1, or make a node without them: joinder init FOLDER",
        )


def listen(host: str, port: int) -> socket.socket:
    """A bound socket. Raises OfficeError saying that the port is taken, not allowed, or the host unknown."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        server.listen(2048)  # from now on a visitor waits instead of being refused
    except OSError as error:
        server.close()
        if error.errno == errno.EADDRINUSE:
            raise OfficeError(
                f"Port {port} on {host} is in use by another program.",
                mend=f"Stop that program, or choose another port: joinder serve --port {port + 1}",
            ) from None
        raise OfficeError(
            f"Cannot listen on {host}:{port}: {error.strerror or error}.",
            mend="Name an address of this machine and a port above 1023.",
        ) from None
    return server


def serve(
    home: NodeHome, host: str, port: int, *, with_worker: bool = True, ready: Callable[[str], None]
) -> None:
    """Serve until stopped by a signal. ``ready`` is told the address once the socket listens."""
    import uvicorn

    open_office(home)
    check(home, host)
    listening = listen(host, port)
    from joinder.office.config.asgi import application

    config = uvicorn.Config(
        application,
        lifespan="off",
        log_level="warning",
        server_header=False,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    worker = Worker(home) if with_worker else None
    shown = f"[{host}]" if ":" in host else host
    # The server gives a signal back to the process once it has closed; without a handler of ours that would end the
    # process before the worker is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ready(f"http://{shown}:{listening.getsockname()[1]}/")
    try:
        if worker is not None:
            worker.start()
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        if worker is not None:
            worker.stop()
        listening.close()


class Worker(threading.Thread):
    """Keeps one ``joinder work`` process running beside the server, and starts it again if it dies."""

    def __init__(self, home: NodeHome) -> None:
        super().__init__(daemon=True, name="worker-keeper")
        self.home, self.stopping = home, threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start, wait, start again."""
        command = [sys.executable, "-m", "joinder.cli.main", "work", "--beside", str(os.getpid())]
        environment = {**os.environ, "JOINDER_HOME": str(self.home.root)}
        while not self.stopping.is_set():
            self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
            self.process.wait()
            self.stopping.wait(RESTART_PAUSE_S)

    def stop(self) -> None:
        """Ask the worker to finish its step and wait for it; a job it must leave is taken up at the next start."""
        self.stopping.set()
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
