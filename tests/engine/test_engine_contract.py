"""The contract that every engine keeps: one suite, each engine."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from joinder.engine import DuckDBEngine, Engine, EngineError, KernelError, engine_named
from joinder.vocabulary.errors import NotBuiltYet, UsageError

SALES = pa.table({"shop": ["a", "b", "a"], "pieces": pa.array([1, 2, 3], pa.int64())})
DOUBLED = pa.schema([("shop", pa.string()), ("twice", pa.int64())])


def double(batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.record_batch([batch["shop"], pc.multiply(batch["pieces"], 2)], schema=DOUBLED)


@pytest.fixture(params=["duckdb"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return engine_named(request.param)


def test_sql_over_a_table_in_memory(engine: Engine) -> None:
    rows = engine.sql(
        "SELECT shop, sum(pieces)::BIGINT AS n FROM sales GROUP BY shop ORDER BY shop", sales=SALES
    )
    assert rows.to_pydict() == {"shop": ["a", "b"], "n": [4, 2]}


@pytest.mark.parametrize("name", ["one.parquet", "it's a name.parquet", "folder"])
def test_sql_over_parquet(engine: Engine, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
        pq.write_table(SALES.slice(0, 2), path / "1.parquet")
        pq.write_table(SALES.slice(2), path / "2.parquet")
    else:
        pq.write_table(SALES, path)
    rows = engine.sql("SELECT count(*) AS n FROM sales", sales=path)
    assert rows.to_pydict() == {"n": [3]}


def test_sql_over_csv_and_joined_with_memory(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("shop,region\na,粤\nb,浙\n", encoding="utf-8")
    rows = engine.sql(
        "SELECT region FROM sales JOIN r USING (shop) ORDER BY pieces", sales=SALES, r=tmp_path / "r.csv"
    )
    assert rows.to_pydict() == {"region": ["粤", "浙", "粤"]}


def test_an_empty_answer_keeps_its_columns(engine: Engine) -> None:
    rows = engine.sql("SELECT shop FROM sales WHERE pieces > 9", sales=SALES)
    assert rows.column_names == ["shop"]
    assert rows.num_rows == 0


@pytest.mark.parametrize(
    ("query", "tables", "says"),
    [
        ("SELECT nope FROM sales", {"sales": SALES}, "nope"),
        ("SELECT", {}, "DuckDB"),
        ("CREATE TABLE t (a INT)", {}, "SELECT"),
        ("SELECT 1", {"bad-name": SALES}, "bad-name"),
        ("SELECT * FROM gone", {"gone": Path("/nowhere/gone.parquet")}, "gone.parquet"),
    ],
)
def test_what_cannot_be_run_says_why(
    engine: Engine, query: str, tables: dict[str, pa.Table], says: str
) -> None:
    with pytest.raises(EngineError, match=says):
        engine.sql(query, **tables)


def test_queries_do_not_see_one_another(engine: Engine) -> None:
    engine.sql("SELECT 1 FROM sales", sales=SALES)
    with pytest.raises(EngineError):
        engine.sql("SELECT 1 FROM sales")


def test_kernel_over_memory_file_and_stream_agree(engine: Engine, tmp_path: Path) -> None:
    pq.write_table(SALES, tmp_path / "s.parquet")
    expected = {"shop": ["a", "b", "a"], "twice": [2, 4, 6]}
    for source in (SALES, tmp_path / "s.parquet", iter(SALES.to_batches(max_chunksize=1))):
        batches = list(engine.map_batches(source, double, DOUBLED))
        assert pa.Table.from_batches(batches, DOUBLED).to_pydict() == expected


def test_kernel_results_without_rows_are_left_out(engine: Engine) -> None:
    assert list(engine.map_batches(SALES, lambda batch: double(batch).slice(0, 0), DOUBLED)) == []


def test_kernel_that_breaks_its_promise_is_named(engine: Engine) -> None:
    with pytest.raises(KernelError, match=r"pieces: int64.*twice: int64"):
        list(engine.map_batches(SALES, lambda batch: batch, DOUBLED))


def test_map_batches_is_lazy(engine: Engine) -> None:
    def stream() -> object:
        yield from SALES.to_batches()
        raise AssertionError("read further than asked")

    assert next(engine.map_batches(stream(), double, DOUBLED)).num_rows == 3  # type: ignore[arg-type]


def test_spark_says_that_it_is_not_built() -> None:
    with pytest.raises(NotBuiltYet) as caught:
        engine_named("spark")
    assert caught.value.exit_code == 4


def test_an_unknown_engine_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="duckdb, spark"):
        engine_named("excel")


def test_more_than_memory_is_spilled(tmp_path: Path) -> None:
    engine = DuckDBEngine(threads=1, memory_limit="60MB", temp_directory=tmp_path)
    rows = engine.sql("SELECT count(*) AS n FROM (SELECT DISTINCT range % 700000 AS a FROM range(1500000))")
    assert rows.to_pydict() == {"n": [700_000]}
