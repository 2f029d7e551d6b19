"""One function, `transformed`, as each kind of Python function that Spark has."""

from typing import Iterator, Tuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import functions as F

from service import replies_schema


def transformed(value):
    """What every kind computes for a request: text that no other request gets."""
    return f"v{value * 3 + 1}"


def with_reply(requests, function):
    return requests.select("id", function(F.col("value")).alias("reply"))


def plain_udf(requests):
    return with_reply(requests, F.udf(transformed, "string", useArrow=False))


def arrow_optimized_udf(requests):
    return with_reply(requests, F.udf(transformed, "string", useArrow=True))


def pandas_series_udf(requests):
    def function(values: pd.Series) -> pd.Series:
        return "v" + (values * 3 + 1).astype("str")

    return with_reply(requests, F.pandas_udf(function, "string"))


def pandas_iterator_udf(requests):
    def function(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        factor = 3
        for values in batches:
            yield "v" + (values * factor + 1).astype("str")

    return with_reply(requests, F.pandas_udf(function, "string"))


def pandas_iterator_of_several_udf(requests):
    def function(batches: Iterator[Tuple[pd.Series, pd.Series]]) -> Iterator[pd.Series]:
        for values, others in batches:
            yield "v" + (values * 2 + others + 1).astype("str")

    return requests.select("id", F.pandas_udf(function, "string")(F.col("value"), F.col("value")).alias("reply"))


def _arrow_texts(values):
    numbers = pc.add(pc.multiply(values, pa.scalar(3, pa.int64())), pa.scalar(1, pa.int64()))
    return pc.binary_join_element_wise(pa.scalar("v"), pc.cast(numbers, pa.string()), "")


def arrow_array_udf(requests):
    def function(values: pa.Array) -> pa.Array:
        return _arrow_texts(values)

    return with_reply(requests, F.arrow_udf(function, "string"))


def arrow_iterator_udf(requests):
    def function(batches: Iterator[pa.Array]) -> Iterator[pa.Array]:
        for values in batches:
            yield _arrow_texts(values)

    return with_reply(requests, F.arrow_udf(function, "string"))


def map_in_pandas(requests):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield pd.DataFrame({"id": batch["id"], "reply": "v" + (batch["value"] * 3 + 1).astype("str")})

    return requests.select("id", "value").mapInPandas(function, replies_schema(requests))


def map_in_arrow(requests):
    def function(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            replies = _arrow_texts(batch.column("value"))
            yield pa.RecordBatch.from_arrays([batch.column("id"), replies], names=["id", "reply"])

    return requests.select("id", "value").mapInArrow(function, replies_schema(requests))


MAP_KINDS = {"mapInPandas": map_in_pandas, "mapInArrow": map_in_arrow}

KINDS = {
    "udf": plain_udf,
    "arrow-optimized udf": arrow_optimized_udf,
    "pandas_udf": pandas_series_udf,
    "pandas_udf of iterators": pandas_iterator_udf,
    "pandas_udf of iterators of several": pandas_iterator_of_several_udf,
    **({"arrow_udf": arrow_array_udf, "arrow_udf of iterators": arrow_iterator_udf} if hasattr(F, "arrow_udf") else {}),
    **MAP_KINDS,
}
