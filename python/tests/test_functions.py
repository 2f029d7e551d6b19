"""Every kind of Python function in a served query, under every trigger: each request gets its own reply, epochs stay open."""

import math
from typing import Iterator

import pandas as pd
import pytest
from pyspark.sql import functions as F

from functions import KINDS, map_in_arrow, map_in_pandas, transformed
from history import ask
from journal import Journal
from service import MICRO_BATCH, replies_schema, serving

REQUESTS = 200


def assert_serves(service, expected=transformed, values=range(REQUESTS)):
    history = ask(service.port, service.path, list(values))
    history.check(values, expected)


def replies_of(function, schema=None):
    """A pipeline whose rows are what a function of mapInPandas returns; without a schema, those have `id` and `reply`."""
    return lambda requests: requests.select("id", "value").mapInPandas(function, schema or replies_schema(requests))


def assert_odd_values_get_204(spark, pipeline):
    with serving(spark, pipeline, timeout="20s") as service:
        history = ask(service.port, service.path, list(range(60)))
    assert {exchange.value: exchange.reply.status for exchange in history.exchanges} == {
        value: 200 if value % 2 == 0 else 204 for value in range(60)
    }


def ended_batches(service):
    """How many batches Spark has ended. In an open epoch that is none, however many requests have their replies."""
    return sum(1 for progress in service.query.recentProgress if progress["numInputRows"] > 0)


@pytest.mark.parametrize("kind", KINDS)
def test_each_request_gets_the_reply_of_the_function_within_an_open_epoch(spark, trigger, kind):
    with serving(spark, KINDS[kind], trigger) as service:
        with service.connection() as connection:
            for value in range(5):
                assert connection.post(value).text == transformed(value)
        assert_serves(service)
        assert trigger != MICRO_BATCH or ended_batches(service) == 0


def test_a_function_of_the_result_of_another(spark, trigger):
    triple = F.udf(lambda value: value * 3, "long", useArrow=False)
    increment = F.udf(lambda value: value + 1, "long", useArrow=False)
    text = F.udf(lambda value: f"v{value}", "string", useArrow=False)

    def pipeline(requests):
        return requests.select("id", text(increment(triple("value"))).alias("reply"))

    with serving(spark, pipeline, trigger) as service:
        assert_serves(service)


def test_functions_of_different_kinds_follow_each_other(spark, trigger):
    @F.pandas_udf("long")
    def triple(values: pd.Series) -> pd.Series:
        return values * 3

    increment = F.udf(lambda value: value + 1, "long", useArrow=False)
    text = F.udf(lambda value: f"v{value}", "string", useArrow=True)

    def pipeline(requests):
        return requests.select("id", text(increment(triple("value"))).alias("reply"))

    with serving(spark, pipeline, trigger) as service:
        assert_serves(service)


def test_a_chain_of_pandas_functions(spark):
    @F.pandas_udf("long")
    def triple(values: pd.Series) -> pd.Series:
        return values * 3

    @F.pandas_udf("string")
    def text(values: pd.Series) -> pd.Series:
        return "v" + (values + 1).astype("str")

    with serving(spark, lambda requests: requests.select("id", text(triple("value")).alias("reply"))) as service:
        assert_serves(service)


def test_map_functions_follow_each_other(spark):
    def increment(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield batch.assign(value=batch["value"] + 1)

    def pipeline(requests):
        rows = requests.select("id", "value")
        return map_in_arrow(rows.mapInPandas(increment, rows.schema).withColumn("value", F.col("value") - 1))

    with serving(spark, pipeline) as service:
        assert_serves(service)


def test_a_udf_above_a_map_function(spark):
    exclaim = F.udf(lambda text: text + "!", "string", useArrow=False)
    with serving(spark, lambda requests: map_in_pandas(requests).withColumn("reply", exclaim("reply"))) as service:
        assert_serves(service, lambda value: transformed(value) + "!")


def test_several_functions_in_one_projection(spark):
    double = F.udf(lambda value: value * 2, "long", useArrow=False)
    square = F.udf(lambda value: value * value, "long", useArrow=False)
    total = F.udf(lambda one, other: one + other, "long", useArrow=False)

    def pipeline(requests):
        columns = F.concat_ws(",", double("value"), square("value"), total("value", square("value")), F.col("value"))
        return requests.select("id", columns.alias("reply"))

    with serving(spark, pipeline) as service:
        assert_serves(service, lambda v: f"{v * 2},{v * v},{v + v * v},{v}")


def test_named_arguments(spark):
    @F.udf("string", useArrow=False)
    def plain(first, second, third=None):
        return f"{first}-{second}-{third}"

    @F.pandas_udf("string")
    def of_series(first: pd.Series, second: pd.Series) -> pd.Series:
        return first.astype("str") + "-" + second.astype("str")

    def pipeline(requests):
        value = F.col("value")
        one = plain(value, third=value + 2, second=value + 1)
        other = of_series(second=value + 1, first=value)
        return requests.select("id", F.concat_ws("|", one, other).alias("reply"))

    with serving(spark, pipeline) as service:
        assert_serves(service, lambda v: f"{v}-{v + 1}-{v + 2}|{v}-{v + 1}")


def test_a_function_without_arguments(spark):
    constant = F.udf(lambda: "v", "string", useArrow=False)

    def pipeline(requests):
        return requests.select("id", F.concat(constant(), F.col("value").cast("string")).alias("reply"))

    with serving(spark, pipeline) as service:
        assert_serves(service, lambda value: f"v{value}")


def test_a_function_registered_for_sql(spark):
    spark.udf.register("transformed_by_python", transformed, "string")
    with serving(spark, lambda r: r.selectExpr("id", "transformed_by_python(value) AS reply")) as service:
        assert_serves(service)


def test_a_function_that_is_not_deterministic(spark):
    function = F.udf(transformed, "string", useArrow=False).asNondeterministic()
    with serving(spark, lambda requests: requests.select("id", function("value").alias("reply"))) as service:
        assert_serves(service)


def test_a_closure_that_spark_sends_as_a_broadcast(spark):
    table = [n * 3 + 1 for n in range(400_000)]  # pickled, it has more than the megabyte above which Spark makes it a broadcast
    function = F.udf(lambda value: f"v{table[value]}", "string", useArrow=False)
    with serving(spark, lambda requests: requests.select("id", function("value").alias("reply"))) as service:
        assert_serves(service)


def test_a_broadcast_variable(spark):
    table = spark.sparkContext.broadcast({n: n * 3 + 1 for n in range(REQUESTS)})

    @F.pandas_udf("string")
    def function(values: pd.Series) -> pd.Series:
        return "v" + values.map(table.value).astype("str")

    with serving(spark, lambda requests: requests.select("id", function("value").alias("reply"))) as service:
        assert_serves(service)


def test_a_module_added_with_add_py_file(spark, tmp_path, monkeypatch):
    module = tmp_path / "added_by_the_test.py"
    module.write_text("def transformed(value):\n    return f'v{value * 3 + 1}'\n")
    spark.sparkContext.addPyFile(str(module))
    import added_by_the_test

    function = F.udf(added_by_the_test.transformed, "string", useArrow=False)
    with serving(spark, lambda requests: requests.select("id", function("value").alias("reply"))) as service:
        assert_serves(service)


def test_a_function_that_returns_a_struct(spark):
    @F.pandas_udf("doubled long, root double")
    def both(values: pd.Series) -> pd.DataFrame:
        return pd.DataFrame({"doubled": values * 2, "root": values**0.5})

    def pipeline(requests):
        result = requests.select("id", both("value").alias("result"))
        return result.select("id", F.concat_ws(",", "result.doubled", F.round("result.root", 3)).alias("reply"))

    with serving(spark, pipeline) as service:
        assert_serves(service, lambda value: f"{value * 2},{float(round(math.sqrt(value), 3))}")


def test_state_of_an_iterator_is_made_once_for_a_worker(spark, tmp_path):
    loads = Journal(tmp_path / "loads")

    def function(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        loads.write("loaded")
        for values in batches:
            yield values.map(transformed)

    once = F.pandas_udf(function, "string")
    with serving(spark, lambda r: r.select("id", once("value").alias("reply")), python_workers=1) as service:
        assert_serves(service)
        assert len(loads.lines()) == 1


def test_a_row_that_a_filter_by_a_function_leaves_out_gets_204(spark):
    is_even = F.udf(lambda value: value % 2 == 0, "boolean", useArrow=False)

    def pipeline(requests):
        return requests.where(is_even("value")).select("id", F.col("value").cast("string").alias("reply"))

    assert_odd_values_get_204(spark, pipeline)


def test_a_row_that_a_map_function_leaves_out_gets_204(spark):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield batch[batch["value"] % 2 == 0]

    def pipeline(requests):
        rows = requests.select("id", "value")
        return rows.mapInPandas(function, rows.schema).select("id", F.col("value").cast("string").alias("reply"))

    assert_odd_values_get_204(spark, pipeline)


def test_the_first_of_several_rows_that_a_map_function_makes_is_the_reply(spark):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            copies = batch.loc[batch.index.repeat(3)]
            yield copies.assign(reply=[f"{value}.{n % 3}" for n, value in enumerate(copies["value"])]).drop(columns="value")

    with serving(spark, replies_of(function)) as service:
        assert_serves(service, lambda value: f"{value}.0")


def test_a_map_function_reads_the_ids_of_its_requests(spark):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            texts = [f"{type(one).__name__} {one['partitionId']} {value}" for one, value in zip(batch["id"], batch["value"])]
            yield pd.DataFrame({"id": batch["id"], "reply": texts})

    with serving(spark, replies_of(function)) as service:
        assert_serves(service, lambda value: f"dict 0 {value}")


def test_a_map_function_may_change_its_frame(spark):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            assert list(batch.columns) == ["id", "value"] and batch.columns.name is None and batch.index.equals(pd.RangeIndex(len(batch)))
            batch.columns.name = "changed"
            batch["reply"] = batch.pop("value").astype("str")
            batch.rename(columns={"id": "renamed"}, inplace=True)
            yield batch.rename(columns={"renamed": "id"})[["reply", "id"]].assign(extra=1)

    with serving(spark, replies_of(function)) as service:
        assert_serves(service, str)


@pytest.mark.parametrize("of_dicts", [False, True])
@pytest.mark.parametrize("nullable", [False, True])
def test_a_map_function_returns_ids_in_another_order(spark, of_dicts, nullable):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            batch = batch.sort_values("value", ascending=False)
            ids = pd.Series(list(batch["id"]), index=batch.index) if of_dicts else batch["id"]
            yield pd.concat([ids.rename("id"), batch["value"].astype("str").rename("reply")], axis=1)

    schema = "id STRUCT<originatingService STRING, requestId STRING, partitionId INT>, reply STRING" if nullable else None
    with serving(spark, replies_of(function, schema)) as service:
        assert_serves(service, str)


def test_a_map_function_may_return_a_batch_in_pieces(spark):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            for n in range(len(batch)):
                yield batch.iloc[n : n + 1]

    def pipeline(requests):
        rows = requests.select("id", "value")
        return rows.mapInPandas(function, rows.schema).select("id", F.col("value").cast("string").alias("reply"))

    with serving(spark, pipeline) as service:
        assert_serves(service, str)


def test_two_services_with_the_same_function_do_not_mix_their_requests(spark):
    with serving(spark, KINDS["pandas_udf"]) as one, serving(spark, KINDS["pandas_udf"]) as other:
        assert_serves(one, values=range(0, 100))
        assert_serves(other, values=range(1000, 1100))
        assert_serves(one, values=range(2000, 2100))
