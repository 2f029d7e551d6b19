"""Types into and out of each kind of Python function: a served query gives what Spark's own batch execution gives.

Each request names a row of a table. A broadcast join finds the row, the function gets its columns, and the reply is the text and
the hash of what it returned. SPARKWIRE_TESTS_ROWS sets the number of rows, SPARKWIRE_TESTS_SEED the seed.
"""

import os
from typing import Iterator

import pandas as pd
import pyarrow as pa
import pytest
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

import typed_values
from history import ask
from service import serving

ROWS = int(os.environ.get("SPARKWIRE_TESTS_ROWS", "300"))
SEED = int(os.environ.get("SPARKWIRE_TESTS_SEED", "1"))
MIN_TYPES = 20


@pytest.fixture(scope="module")
def table(spark, tmp_path_factory):
    columns = [column for column in typed_values.columns_of(spark)]
    path = str(tmp_path_factory.mktemp("types") / "rows")
    rows = spark.createDataFrame(typed_values.rows(columns, ROWS, SEED), typed_values.schema(columns))
    rows.coalesce(1).write.parquet(path)
    return spark.read.parquet(path)


def udf_kind(use_arrow):
    def make(table, columns):
        functions = {c: F.udf(lambda value: value, table.schema[c].dataType, useArrow=use_arrow) for c in columns}
        return lambda rows: rows.select("id", "key", *(functions[c](c).alias(c) for c in columns))

    return make


def pandas_kind(table, columns):
    def identity(values: pd.Series) -> pd.Series:
        return values

    def identity_of_struct(values: pd.DataFrame) -> pd.DataFrame:
        return values

    def function(column):
        type_ = table.schema[column].dataType
        return F.pandas_udf(identity_of_struct if isinstance(type_, StructType) else identity, type_)

    functions = {column: function(column) for column in columns}
    return lambda rows: rows.select("id", "key", *(functions[c](c).alias(c) for c in columns))


def pandas_iterator_kind(table, columns):
    def identity(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        yield from batches

    plain = [c for c in columns if not isinstance(table.schema[c].dataType, StructType)]
    functions = {c: F.pandas_udf(identity, table.schema[c].dataType) for c in plain}
    return lambda rows: rows.select("id", "key", *(functions[c](c).alias(c) for c in plain))


def arrow_kind(table, columns):
    def identity(values: pa.Array) -> pa.Array:
        return values

    functions = {c: F.arrow_udf(identity, table.schema[c].dataType) for c in columns}
    return lambda rows: rows.select("id", "key", *(functions[c](c).alias(c) for c in columns))


def map_pandas_kind(table, columns):
    def identity(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        yield from batches

    def pipeline(rows):
        chosen = rows.select("id", "key", *columns)
        return chosen.mapInPandas(identity, chosen.schema)

    return pipeline


def map_arrow_kind(table, columns):
    def identity(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from batches

    def pipeline(rows):
        chosen = rows.select("id", "key", *columns)
        return chosen.mapInArrow(identity, chosen.schema)

    return pipeline


KINDS = {
    "udf": udf_kind(use_arrow=False),
    "arrow-optimized udf": udf_kind(use_arrow=True),
    "pandas_udf": pandas_kind,
    "pandas_udf of iterators": pandas_iterator_kind,
    **({"arrow_udf": arrow_kind} if hasattr(F, "arrow_udf") else {}),
    "mapInPandas": map_pandas_kind,
    "mapInArrow": map_arrow_kind,
}


def seen_by_udf(use_arrow):
    """What the function itself gets: type and value, as Python writes them."""

    def make(table, columns):
        seen = F.udf(lambda value: f"{type(value).__name__} {value!r}", "string", useArrow=use_arrow)
        return lambda rows: rows.select("id", "key", *(seen(c).alias(c) for c in columns))

    return make


def seen_by_pandas(table, columns):
    def seen(values: pd.Series) -> pd.Series:
        return values.map(lambda value: f"{type(value).__name__} {value!r}", na_action=None).astype("object")

    # The others depend on whether a batch has a null, or become a frame.
    steady = [c for c in columns if c in ("whole_bigint", "string", "binary", "date", "timestamp", "decimal", "array_string", "map")]
    function = F.pandas_udf(seen, "string")
    return lambda rows: rows.select("id", "key", *(function(c).alias(c) for c in steady))


SEEN = {
    "udf": seen_by_udf(use_arrow=False),
    "arrow-optimized udf": seen_by_udf(use_arrow=True),
    "pandas_udf": seen_by_pandas,
}


def as_text(rows):
    """A row for a reply: each column's text and its hash, so that every bit counts."""
    values = [c for c in rows.columns if c not in ("id", "key")]
    texts = [F.concat(F.lit(f"{c}="), F.coalesce(_text(rows, c), F.lit("null")), F.lit("#"), _hash(rows, c)) for c in values]
    return rows.select("id", "key", F.concat_ws("\n", *texts).alias("reply"))


def _text(rows, column):
    text = F.col(column).cast("string")
    # Bytes within it may be no text.
    return F.hex(text.cast("binary")) if "binary" in rows.schema[column].dataType.simpleString() else text


def _hash(rows, column):
    is_map = rows.schema[column].dataType.typeName() == "map"
    return F.xxhash64(F.map_entries(column) if is_map else F.col(column)).cast("string")


def batch_execution(table, step):
    """Spark's own: the reply for each key."""
    rows = table.withColumn("id", F.struct(F.lit("").alias("a"), F.lit(0).alias("b")))
    return {row["key"]: row["reply"] for row in as_text(step(rows)).select("key", "reply").collect()}


def supported_by_spark(table, kind, columns):
    """Those of the columns whose types Spark itself takes in a function of that kind."""
    try:
        batch_execution(table, kind(table, columns))
        return columns
    except Exception:
        if len(columns) == 1:
            return []
        half = len(columns) // 2
        return supported_by_spark(table, kind, columns[:half]) + supported_by_spark(table, kind, columns[half:])


@pytest.fixture(scope="module")
def supported(table):
    columns = [column for column in table.columns if column != "key"]
    return lambda kind: supported_by_spark(table.limit(20), kind, columns)


def assert_equal_to_batch(spark, table, step):
    expected = batch_execution(table, step)
    joined = lambda requests: requests.join(F.broadcast(table), requests["value"] == table["key"])  # noqa: E731
    # Spark gives each function of iterators an operator of its own, so many workers have to start.
    many = {"python_workers": 1, "timeout": "2m"}
    with serving(spark, lambda requests: as_text(step(joined(requests))).select("id", "reply"), **many) as service:
        history = ask(service.port, service.path, sorted(expected), clients=16)
        assert len(expected) == ROWS
        history.check(expected, expected.get)


@pytest.mark.parametrize("kind", KINDS)
def test_values_in_and_out_are_those_of_sparks_batch_execution(spark, table, supported, kind):
    columns = supported(KINDS[kind])
    assert len(columns) >= MIN_TYPES, f"Spark takes only {columns}"
    assert_equal_to_batch(spark, table, KINDS[kind](table, columns))


@pytest.mark.parametrize("kind", SEEN)
def test_functions_see_the_same_values_as_in_sparks_batch_execution(spark, table, supported, kind):
    columns = supported(SEEN[kind])
    assert_equal_to_batch(spark, table, SEEN[kind](table, columns))


def test_without_a_function_the_comparison_holds(spark, table):
    """Shows that join, text and hash are the same in both, so that a difference is the function's."""
    columns = [c for c in table.columns if c != "key"]
    assert_equal_to_batch(spark, table, lambda rows: rows.select("id", "key", *columns))


def test_the_comparison_finds_a_difference(spark, table):
    expected = batch_execution(table, lambda rows: rows.select("id", "key", "double"))
    other = batch_execution(table, lambda rows: rows.select("id", "key", (-F.col("double")).alias("double")))
    assert expected != other


def test_the_time_zone_is_the_sessions(spark):
    """The hour that a pandas function sees is that of the session's zone, not of the machine."""

    @F.pandas_udf("string")
    def hour(values: pd.Series) -> pd.Series:
        return values.dt.strftime("%Y-%m-%d %H:%M")

    noon_in_utc = F.timestamp_seconds(F.lit(1_700_000_000) + F.col("value"))
    with serving(spark, lambda requests: requests.select("id", hour(noon_in_utc).alias("reply"))) as service:
        assert service.post(0).text == "2023-11-14 17:13"
        assert service.post(3600).text == "2023-11-14 18:13"
