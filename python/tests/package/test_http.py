"""HTTP on Spark from Python: its stages and its functions call a service that Sparkwire itself serves."""

import pytest
from pyspark.ml import PipelineModel
from pyspark.sql import functions as F

import sparkwire as sw
from client import free_port, post
from sparkwire.http import (
    HttpTransformer,
    JsonInputParser,
    JsonOutputParser,
    ParallelHttpTransformer,
    SimpleHttpTransformer,
    StringOutputParser,
    http_call,
    http_request,
    http_response_json,
)


@pytest.fixture
def twice(requests, serving):
    """A service that doubles `value`, and its URL."""
    replies = requests().parse_request("value BIGINT NOT NULL").selectExpr("id", "value * 2 AS n").make_reply("n")
    return serving(replies).url


@pytest.fixture
def values(spark):
    return spark.range(20).selectExpr("id", "named_struct('value', id) AS body")


def caller(url, **params):
    return SimpleHttpTransformer(inputCol="body", outputCol="reply", url=url, outputParser=JsonOutputParser("n BIGINT"), **params)


def numbers(rows):
    return {row["id"]: row["reply"]["n"] for row in rows.collect()}


def test_a_stage_calls_a_service_for_each_row(twice, values):
    assert numbers(caller(twice, concurrency=4, requestTimeout=10).transform(values)) == {n: 2 * n for n in range(20)}


def test_a_failed_call_is_an_error_of_its_row(values):
    stage = caller(f"http://127.0.0.1:{free_port()}/none", retries=0, connectTimeout=2)
    row = stage.transform(values.limit(1)).first()
    assert row["reply"] is None and row["reply_error"]["exception"].endswith("ConnectException")


def test_requests_and_responses_as_columns(twice, values):
    request = http_request(F.lit("POST"), F.lit(twice), None, F.to_json("body"), F.lit("application/json"))
    stage = HttpTransformer(inputCol="request", outputCol="response")
    rows = stage.transform(values.withColumn("request", request))
    assert {row["code"] for row in rows.select(F.col("response.statusLine.statusCode").alias("code")).collect()} == {200}


def test_functions_call_a_service(twice, values):
    request = http_request(F.lit("POST"), F.lit(twice), None, F.to_json("body"), F.lit("application/json"))
    response = http_call(request, {"concurrency": 4, "totalTimeout": 10_000})
    assert numbers(values.select("id", http_response_json(response, "n BIGINT").alias("reply"))) == {n: 2 * n for n in range(20)}


def test_several_stages_in_parallel(twice, values):
    stages = [
        SimpleHttpTransformer(inputCol="body", outputCol=name, url=twice, inputParser=JsonInputParser(), outputParser=StringOutputParser())
        for name in ("left", "right")
    ]
    rows = ParallelHttpTransformer(stages).transform(values).collect()
    assert all(row["left"] == row["right"] == f'{{"n":{2 * row["id"]}}}' for row in rows)


def test_a_pipeline_with_a_stage_is_saved_and_loaded(twice, values, tmp_path):
    PipelineModel([caller(twice)]).write().overwrite().save(str(tmp_path / "calls"))
    loaded = PipelineModel.load(str(tmp_path / "calls"))
    assert numbers(loaded.transform(values)) == {n: 2 * n for n in range(20)}
    assert "concurrency" in loaded.stages[0].explain_params()


def test_a_service_calls_another_one(twice, requests, serving):
    parsed = requests().parse_request("value BIGINT NOT NULL").selectExpr("id", "named_struct('value', value) AS body")
    query = serving(parsed.ml_transform(caller(twice)).make_reply("reply"))
    assert post(query.url, {"value": 8}).json == {"n": 16}


def test_a_wrong_value_of_a_param_is_refused(values):
    with pytest.raises(sw.PipelineError, match="concurrency"):
        caller("http://127.0.0.1:1/", concurrency=0).transform(values)
