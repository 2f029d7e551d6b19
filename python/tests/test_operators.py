"""Operators that cannot pass rows one by one: the query drains its epochs by itself and says so, or does not start. None is silent."""

from typing import Iterator

import pandas as pd
import pytest
from pyspark.sql import functions as F

from history import ask
from service import CONTINUOUS, REAL_TIME, has_real_time, reason_of_failed_start, replies_schema, serving, start

VALUES = list(range(24))


def apply_in_pandas(requests):
    def function(group: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame({"id": group["id"], "reply": group["value"].astype("str")})

    keyed = requests.select("id", "value", (F.col("value") % 3).alias("key"))
    return keyed.groupBy("key").applyInPandas(function, replies_schema(requests))


def apply_in_arrow(requests):
    import pyarrow as pa

    def function(group: pa.Table) -> pa.Table:
        return pa.table({"id": group["id"], "reply": group["value"].cast(pa.string())})

    keyed = requests.select("id", "value", (F.col("value") % 3).alias("key"))
    return keyed.groupBy("key").applyInArrow(function, replies_schema(requests))


def table_function(requests):
    @F.udtf(returnType="text string")
    class Texts:
        def eval(self, value: int):
            yield (str(value),)

    requests.sparkSession.udtf.register("texts_by_python", Texts)
    requests.createOrReplaceTempView("requests_of_table_function")
    return requests.sparkSession.sql(
        "SELECT id, text AS reply FROM requests_of_table_function, LATERAL texts_by_python(value)"
    )


DRAINING = {"applyInPandas": apply_in_pandas, "applyInArrow": apply_in_arrow, "table function": table_function}


@pytest.mark.parametrize("operator", DRAINING)
def test_it_drains_and_every_request_gets_its_reply(spark, operator, log):
    with serving(spark, DRAINING[operator]) as service:
        ask(service.port, service.path, VALUES).check(VALUES, str)
        assert any(progress["numInputRows"] > 0 for progress in service.query.recentProgress)


@pytest.mark.parametrize("operator", ["table function"])
def test_one_line_of_the_log_names_the_operator(spark, operator, log):
    with serving(spark, DRAINING[operator]) as service:
        assert service.post(5).text == "5"
        line = log.wait_for(" WARN ", "event=", service.name, "drain")
        assert "Python" in line
        service.post(6)
    assert len(log.lines_with("event=", service.name, "drain")) == 1


def test_a_grouped_aggregate_is_refused_or_drains(spark):
    @F.pandas_udf("double")
    def mean(values: pd.Series) -> float:
        return values.mean()

    def pipeline(requests):
        means = requests.groupBy("id").agg(mean("value").alias("mean"))
        return means.select("id", F.col("mean").cast("string").alias("reply"))

    try:
        service = start(spark, pipeline)
    except Exception as failure:
        assert "aggregat" in str(failure).lower() or "group" in str(failure).lower(), failure
    else:
        assert service.post(4).text == "4.0"


@pytest.mark.parametrize("kind", [REAL_TIME, CONTINUOUS])
def test_triggers_that_cannot_drain_refuse_it_with_a_sentence(spark, kind):
    if kind == REAL_TIME and not has_real_time(spark):
        pytest.skip(f"Spark {spark.version} has no real-time trigger")
    reason = reason_of_failed_start(spark, table_function, kind)
    assert "Python" in reason or "UDTF" in reason or "Generate" in reason, reason


def test_a_draining_query_with_a_plain_function_beside_it(spark):
    text = F.udf(lambda value: f"t{value}", "string", useArrow=False)

    def pipeline(requests):
        return apply_in_pandas(requests).withColumn("reply", text("reply"))

    with serving(spark, pipeline) as service:
        ask(service.port, service.path, VALUES).check(VALUES, lambda value: f"t{value}")


def test_a_pipeline_that_is_drained_by_its_option_still_serves_python(spark):
    def function(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        for values in batches:
            yield values.astype("str")

    text = F.pandas_udf(function, "string")
    with serving(spark, lambda requests: requests.select("id", text("value").alias("reply")), epochs="drained") as service:
        ask(service.port, service.path, VALUES).check(VALUES, str)
        assert any(progress["numInputRows"] > 0 for progress in service.query.recentProgress)
