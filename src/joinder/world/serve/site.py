"""Starting and stopping the sample marketplace."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from joinder.world.errors import CannotServe
from joinder.world.making import World, read_world
from joinder.world.market import PLATFORMS, SOCIAL, WEB
from joinder.world.serve.authority import make_context
from joinder.world.serve.catalogue import Catalogue
from joinder.world.serve.routes import Routes
from joinder.world.serve.wire import LIMIT, Sent, Wire

_HOSTS = ("localhost", "127.0.0.1", "::1", *(f"{name}.example" for name in (*PLATFORMS, SOCIAL, WEB)))
_START_S = 20.0


class Site:
    """A running marketplace: where it is, whom to trust, and what it has sent."""

    def __init__(self, world: World, base_url: str, ca_file: Path, wire: Wire) -> None:
        self.world, self.base_url, self.ca_file, self._wire = world, base_url, ca_file, wire

    @property
    def log(self) -> list[Sent]:
        """Every response sent so far, oldest first (the last 50,000)."""
        return list(self._wire.log)

    def url_of(self, listing_id: str, platform: str = "") -> str:
        """The address of a listing on this site."""
        return f"{self.base_url}{'/' + platform if platform else ''}/item/{quote(listing_id, safe='')}"

    def local_url(self, url: str) -> str:
        """Where this site shows what a record's `url` names, e.g. of `https://taobei.example/item/L1`."""
        parts = urlsplit(url)
        label = (parts.hostname or "").split(".")[0]
        return f"{self.base_url}{'/' + label if label else ''}{parts.path}{'?' + parts.query if parts.query else ''}"


@contextlib.contextmanager
def running(
    folder: Path, *, host: str = "127.0.0.1", port: int = 0, ca_dir: Path | None = None
) -> Iterator[Site]:
    """Serve the world in `folder` from a thread while the block runs.

    port 0 takes any free one. The throw-away CA's certificate is written to `ca_dir` (default `folder`/ca) as
    ca.pem. Raises NotAWorld, or CannotServe where the address is taken or the certificate cannot be written.
    """
    world = read_world(folder)
    ca_file = (ca_dir or world.folder / "ca") / "ca.pem"
    try:
        context = make_context(tuple(dict.fromkeys((host, *_HOSTS))), ca_file)
    except OSError as error:
        raise CannotServe(
            f"The certificate could not be written to {ca_file}: {error.strerror}.",
            mend="Choose a folder you may write to with --ca-dir.",
        ) from error
    catalogue = Catalogue(world)
    wire = Wire(Routes(world.folder, catalogue).answer)
    server = _Server(wire, context, host, port)
    try:
        bound = server.start()
        shown = f"[{host}]" if ":" in host else host
        yield Site(world, f"https://{shown}:{bound}", ca_file, wire)
    finally:
        server.stop()
        catalogue.close()


class _Server(threading.Thread):
    """An event loop in a thread of its own."""

    def __init__(self, wire: Wire, context: object, host: str, port: int) -> None:
        super().__init__(name="sample-market", daemon=True)
        self._wire, self._context, self._host, self._port = wire, context, host, port
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stopping = asyncio.Event()
        self._error: OSError | None = None
        self._bound = 0

    def start(self) -> int:  # type: ignore[override]
        """Start listening; the port taken."""
        super().start()
        if not self._ready.wait(_START_S) or self._error:
            raise self._refused()
        return self._bound

    def stop(self) -> None:
        """Stop listening, and wait until every connection is closed."""
        if self.is_alive():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stopping.set)
            self.join(_START_S)

    def run(self) -> None:
        """Listen until told to stop."""
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as error:
            self._error = error
        finally:
            self._ready.set()
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(
            self._wire.connection, self._host, self._port, ssl=self._context, limit=LIMIT, backlog=128
        )
        self._bound = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    def _refused(self) -> CannotServe:
        error = self._error
        if error is not None and error.errno == errno.EADDRINUSE:
            return CannotServe(
                f"Port {self._port} on {self._host} is in use by another program.",
                mend="Choose another with --port, or --port 0 for any free one.",
            )
        reason = (
            error.strerror or str(error) if error is not None else f"it did not start within {_START_S:.0f} s"
        )
        return CannotServe(
            f"The market could not listen on {self._host}:{self._port}: {reason}.",
            mend="Choose an address of this machine with --host, such as 127.0.0.1, and a port above 1023.",
        )
