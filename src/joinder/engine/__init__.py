"""Where tables are computed.

Policy: an algorithm is written once, as SQL over named tables or as a pure kernel that turns one Arrow batch into
another; where it runs is a choice made outside. ``Engine`` is what an algorithm needs, ``DuckDBEngine`` is one
machine, ``engine_named`` turns the word of a command line into an engine. Every engine gives the same rows for the
same input; the contract tests in ``tests/engine`` run over all of them.
"""

from joinder.engine.base import Engine, Kernel, TableSource
from joinder.engine.duck import DuckDBEngine
from joinder.engine.errors import EngineError, KernelError
from joinder.engine.named import ENGINES, engine_named

__all__ = [
    "ENGINES",
    "DuckDBEngine",
    "Engine",
    "EngineError",
    "Kernel",
    "KernelError",
    "TableSource",
    "engine_named",
]
