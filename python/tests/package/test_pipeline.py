"""The steps between requests and replies, as methods of DataFrame and as functions."""

import dataclasses
from typing import List, Optional

import pandas as pd
import pydantic
import pytest
from pyspark.errors import AnalysisException
from pyspark.ml import PipelineModel, Transformer
from pyspark.sql import functions as F
from pyspark.sql.types import LongType, StringType, StructType

import sparkwire as sw
from client import post


def test_a_model_replies_what_it_predicts_in_a_batch(spark, requests, serving, model):
    query = serving(requests().parse_request("a DOUBLE NOT NULL, b DOUBLE NOT NULL").ml_transform(model).make_reply("prediction"))
    points = [(float(a), a / 3.0) for a in range(20)]
    batch = model.transform(spark.createDataFrame(points, "a DOUBLE, b DOUBLE")).select("a", "prediction").collect()
    predicted = {row.a: row.prediction for row in batch}
    for a, b in points:
        assert post(query.url, {"a": a, "b": b}).json == {"prediction": predicted[a]}


def test_bad_input_gets_a_400_that_names_the_field(requests, serving):
    query = serving(requests().parse_request("value BIGINT NOT NULL").make_reply("value"))
    reply = post(query.url, {"value": "seven"})
    assert (reply.status, reply.content_type) == (400, "application/problem+json")
    assert reply.json["field"] == "value" and reply.json["expected"] == "BIGINT"
    assert post(query.url, b"").status == 400
    assert post(query.url, {"value": 7}).json == {"value": 7}


def test_names_of_synapseml(spark, serving, model):
    stream = spark.readStream.server().address("127.0.0.1", 0, "synapse_names").load()
    schema = StructType().add("a", "double", False).add("b", "double", False)
    replies = stream.parseRequest("synapse_names", schema).mlTransform(model).makeReply("prediction")
    query = serving(replies.writeStream.server().replyTo("synapse_names"))
    assert post(query.url, {"a": 1, "b": 1}).json["prediction"] == pytest.approx(6)


@dataclasses.dataclass
class Point:
    x: int
    name: Optional[str]
    tags: List[str]


class Order(pydantic.BaseModel):
    amount: float
    note: Optional[str] = None


def test_a_dataclass_as_schema(requests, serving):
    query = serving(requests().parse_request(Point).selectExpr("id", "x + size(tags) AS n").make_reply("n"))
    assert post(query.url, {"x": 5, "tags": ["a", "b"]}).json == {"n": 7}
    assert post(query.url, {"tags": []}).json["field"] == "x"


def test_a_pydantic_model_as_schema(requests, serving):
    query = serving(requests().parse_request(Order).selectExpr("id", "coalesce(note, 'none') AS note").make_reply("note"))
    assert post(query.url, {"amount": 1.5}).body == b"none"
    assert post(query.url, {"note": "x"}).json["field"] == "amount"


def test_permissive_and_raw_bodies(requests, serving):
    parsed = requests().parse_request("value INT", mode="permissive").selectExpr("id", "value IS NULL AS missing")
    permissive = serving(parsed.make_reply("missing"))
    assert post(permissive.url, b"no json").json == {"missing": True}
    raw = serving(requests().parse_request("text STRING", mode="raw").selectExpr("id", "upper(text) AS text").make_reply("text"))
    assert post(raw.url, b"hello", "text/plain").body == b"HELLO"


def test_sql_over_requests(requests, serving):
    parsed = requests().parse_request("value INT NOT NULL")
    query = serving(parsed.sql("SELECT value * value AS square FROM requests WHERE value > 0").make_reply("square"))
    assert post(query.url, {"value": 9}).json == {"square": 81}
    assert post(query.url, {"value": -1}).status == 204


def test_rows_that_meet_a_condition_get_their_reply_at_once(requests, serving):
    parsed = requests().parse_request("value INT NOT NULL")
    query = serving(parsed.reply_when("value < 0", F.lit("negative")).selectExpr("id", "string(value) AS v").make_reply("v"))
    assert post(query.url, {"value": -1}).body == b"negative"
    assert post(query.url, {"value": 1}).body == b"1"


def test_status_and_headers_of_a_reply(requests, serving):
    def parsed(*columns):
        return requests().parse_request("value INT NOT NULL").selectExpr("id", "value", "value + 1 AS next", *columns)

    named = "array(named_struct('name', 'X-Kind', 'value', 'test')) AS h"
    one = serving(parsed("201 AS s", named).make_reply("value", status="s", headers="h"))
    several = serving(sw.make_reply(parsed("202 AS s"), ["value", "next"], status="s"))
    reply = post(one.url, {"value": 3})
    assert (reply.status, reply.headers["X-Kind"], reply.json) == (201, "test", {"value": 3})
    reply = post(several.url, {"value": 3})
    assert (reply.status, reply.json) == (202, {"value": 3, "next": 4})


def test_several_columns_make_an_object(requests, serving):
    query = serving(requests().parse_request("a INT NOT NULL, b INT NOT NULL").make_reply(["b", "a"]))
    assert post(query.url, {"a": 1, "b": 2}).body == b'{"b":2,"a":1}'


def test_functions_over_the_request(requests, serving):
    f = sw.functions
    parts = {"thing": f.path_param("thing"), "q": f.query_param("q"), "a": f.header("X-A"), "body": f.request_body()}
    rows = requests(path="/things/:thing").withColumn("seen", F.struct(*(part.alias(name) for name, part in parts.items())))
    query = serving(rows.make_reply("seen"))
    url = query.url.replace(":thing", "caf%C3%A9") + "?q=1%202"
    assert post(url, b"text", "text/plain", **{"X-A": "yes"}).json == {"thing": "café", "q": "1 2", "a": "yes", "body": "text"}


def test_a_python_function_sees_its_own_columns_only(requests, serving):
    def doubled(batch: pd.DataFrame) -> pd.DataFrame:
        return pd.DataFrame({"twice": batch["value"] * 2, "columns": ",".join(batch.columns)})

    mapped = requests().parse_request("value BIGINT NOT NULL").map_python(doubled, "twice BIGINT, columns STRING")
    query = serving(mapped.make_reply(["twice", "columns"]))
    for value in range(30):
        assert post(query.url, {"value": value}).json == {"twice": value * 2, "columns": "value"}


def test_a_python_function_may_return_a_series_with_any_index(requests, serving):
    def lengths(batch: pd.DataFrame) -> pd.Series:
        return pd.Series([len(text) for text in batch["text"]], index=[-place for place in range(len(batch))])

    query = serving(requests().parse_request("text STRING NOT NULL").map_python(lengths, StructType().add("n", LongType())).make_reply("n"))
    assert [post(query.url, {"text": "x" * n}).json["n"] for n in range(5)] == list(range(5))


def test_a_python_function_that_returns_too_few_rows_gets_no_other_request_a_wrong_reply(requests, serving):
    def without_zeros(batch: pd.DataFrame) -> pd.DataFrame:
        return batch[batch["value"] != 0]

    query = serving(requests().parse_request("value BIGINT NOT NULL").map_python(without_zeros, "value BIGINT").make_reply("value"))
    assert post(query.url, {"value": 0}).status == 500
    assert post(query.url, {"value": 1}).json == {"value": 1}


def test_max_batch_bounds_what_a_function_gets(spark):
    sizes = _ids(spark, 10).map_python(lambda batch: pd.DataFrame({"size": [len(batch)] * len(batch)}), "size BIGINT", max_batch=4)
    assert sorted(row["size"] for row in sizes.collect()) == [2, 2, 4, 4, 4, 4, 4, 4, 4, 4]


def test_a_column_that_is_called_id_wins(spark):
    mapped = _ids(spark, 3).map_python(lambda batch: pd.DataFrame({"id": batch["value"]}), "id BIGINT")
    assert mapped.columns == ["_id", "id"]
    assert sorted((row["_id"]["requestId"], row["id"]) for row in mapped.collect()) == [("r0", 0), ("r1", 1), ("r2", 2)]


def _ids(spark, number):
    """Rows as a service's, in one partition and without a service."""
    identity = "named_struct('originatingService', 's', 'requestId', concat('r', id), 'partitionId', 0)"
    return spark.range(number).coalesce(1).selectExpr(f"{identity} AS id", "id AS value")


class Shout(Transformer):
    """A stage that is written in Python."""

    def _transform(self, dataset):
        return dataset.withColumn("loud", F.upper("text"))


def test_stages_in_python(requests, serving):
    query = serving(requests().parse_request("text STRING NOT NULL").ml_transform(PipelineModel([Shout()])).make_reply("loud"))
    assert post(query.url, {"text": "hello"}).body == b"HELLO"


def test_a_missing_column_is_an_analysis_exception(requests):
    with pytest.raises(AnalysisException, match="nothing"):
        requests().parse_request("value INT").make_reply("nothing")


def test_rows_without_their_id_are_refused(requests):
    with pytest.raises(sw.PipelineError, match="lost the request's id"):
        requests().parse_request("value INT").select("value").make_reply("value")
    with pytest.raises(sw.PipelineError, match="lost the request's id"):
        requests().parse_request("value INT").select("value").map_python(lambda batch: batch, "value INT")


def test_a_stream_of_no_service_is_refused(spark):
    with pytest.raises(sw.PipelineError, match="requests of one service, but they come from none"):
        spark.readStream.format("rate").load().writeStream.server()


def test_replies_to_another_service_are_refused(requests):
    replies = requests().parse_request("value INT").make_reply("value")
    with pytest.raises(sw.PipelineError, match="'other'"):
        replies.write_stream.server().reply_to("other")
    with pytest.raises(sw.PipelineError, match="'other'"):
        sw.server_of(replies, "other")


def test_methods_of_pyspark_stay(spark):
    assert spark.range(3).transform(lambda rows: rows.filter("id > 0")).count() == 2
    assert spark.createDataFrame([("a",)], StructType().add("v", StringType())).schema.names == ["v"]
