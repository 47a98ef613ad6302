"""Which function carries out which kind of job."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from joinder.office.jobs.errors import UnknownJobKind

if TYPE_CHECKING:
    from joinder.office.jobs.context import JobContext


class Handler(Protocol):
    """Carries out a job: takes its payload and context, returns a JSON-able result."""

    def __call__(self, payload: dict[str, Any], context: JobContext, /) -> Any: ...


_HANDLERS: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register a function as the handler of ``kind`` ("exhibits.capture"), in the app's ``handlers.py``."""

    def register(function: Handler) -> Handler:
        _HANDLERS[kind] = function
        return function

    return register


def handler_of(kind: str) -> Handler:
    """The handler. Raises UnknownJobKind with the kinds there are."""
    found = _HANDLERS.get(kind)
    if found is None:
        raise UnknownJobKind(
            f"No handler for jobs of kind {kind!r}; known: {', '.join(kinds()) or 'none'}.",
            mend="Register one with @registry.handler in the app's handlers.py.",
        )
    return found


def kinds() -> list[str]:
    """The kinds this process can carry out."""
    return sorted(_HANDLERS)
