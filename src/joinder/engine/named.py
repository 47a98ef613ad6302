"""The engine that a command line names."""

from __future__ import annotations

from joinder.engine.base import Engine
from joinder.engine.duck import DuckDBEngine
from joinder.vocabulary.errors import NotBuiltYet, UsageError

ENGINES = ("duckdb", "spark")


def engine_named(name: str) -> Engine:
    """The engine of that name. Raises NotBuiltYet for spark and UsageError for an unknown name."""
    if name == "duckdb":
        return DuckDBEngine()
    if name == "spark":
        raise NotBuiltYet(
            "The Spark engine", instead="Leave --engine out, or say --engine duckdb; it runs on one machine."
        )
    raise UsageError(f"There is no engine {name!r}.", mend=f"The engines are: {', '.join(ENGINES)}.")
