"""Models that PySpark has saved, served by `serve --model`: replies are what the model's own `transform` gives for the same rows."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
from pyspark.ml.functions import array_to_vector, vector_to_array
from pyspark.ml.linalg import VectorUDT
from pyspark.sql import functions as F

from command import serve
from http_client import Connection, Reply
from models import KINDS, rows_of

AT_A_TIME = 2


def plain(rows):
    """The rows with ML vectors as arrays."""
    vectors = [field.name for field in rows.schema if isinstance(field.dataType, VectorUDT)]
    for name in vectors:
        rows = rows.withColumn(name, vector_to_array(name))
    return rows


def columns_of(schema):
    """The names of the columns of a request."""
    return [column.strip().split(" ")[0] for column in schema.split(",")]


def as_json(rows, columns):
    """What Spark's `to_json` makes of these columns, by the rows' numbers."""
    texts = plain(rows).select("n", F.to_json(F.struct(*columns)).alias("text")).collect()
    return {row.n: json.loads(row.text) for row in texts}


class Trial:
    """One kind of model: what it has been asked in a batch, and what it has said."""

    def __init__(self, spark, kind, model, directory):
        self._spark = spark
        self._kind = kind
        self._model = model
        self.directory = directory
        self.columns = columns_of(kind.schema)
        rows = rows_of(spark, kind.holes)
        asked = rows.select("n", *self.columns)
        said = self._model.transform(asked)
        self.replies = [column for column in said.columns if column not in asked.columns]
        self.requests = as_json(asked, self.columns)
        self.expected = as_json(said, self.replies)
        self.sample = next(body for body in self.requests.values() if len(body) == len(self.columns) and "NaN" not in body.values())
        self.without = {absent: self.batch({k: v for k, v in self.sample.items() if k != absent}) for absent in self.columns}
        self.empty = self.batch({})

    def batch(self, body):
        """What the model makes of one body in a batch; None if it throws."""
        schema = self._kind.schema.replace("VECTOR", "ARRAY<DOUBLE>")
        row = self._spark.range(1).select(F.from_json(F.lit(json.dumps(body)), schema).alias("body")).select(F.lit(0).alias("n"), "body.*")
        if "VECTOR" in self._kind.schema:
            row = row.withColumn("point", F.when(F.col("point").isNotNull(), array_to_vector("point")))
        try:
            return as_json(self._model.transform(row), self.replies)[0]
        except Exception:
            return None

    def options(self):
        return ["--model", str(self.directory), "--schema", self._kind.schema, "--reply", ",".join(self.replies), *self._kind.options]


class Outcome(NamedTuple):
    """A trial, and what its service has replied: to all rows, to bodies that lack one field each, and to an empty one."""

    trial: Trial
    rows: dict
    without: dict
    empty: Reply


def outcome(spark, name, trained, output):
    trial = Trial(spark, KINDS[name], *trained(name))
    with serve(spark, output, *trial.options()) as (port, path), Connection(port, path) as connection:
        rows = {n: connection.post(json.dumps(body)) for n, body in trial.requests.items()}
        without = {c: connection.post(json.dumps({k: v for k, v in trial.sample.items() if k != c})) for c in trial.columns}
        return Outcome(trial, rows, without, connection.post("{}"))


@pytest.fixture(scope="module")
def outcomes(request, spark, trained, tmp_path_factory):
    """Those of the kinds that the chosen tests are about, as futures: they are made while the first tests run."""
    outputs = tmp_path_factory.mktemp("output")
    calls = [item.callspec for item in request.session.items if item.module is request.module]
    chosen = {call.params["kind"] for call in calls}
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        yield {name: pool.submit(outcome, spark, name, trained, outputs / name) for name in KINDS if name in chosen}


@pytest.mark.parametrize("kind", KINDS)
def test_replies_are_those_of_the_batch(outcomes, kind):
    trial, replies, *_ = outcomes[kind].result()
    assert {n: (reply.status, json.loads(reply.text)) for n, reply in replies.items()} == {
        n: (200, expected) for n, expected in trial.expected.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_the_model_needs_is_asked_for(outcomes, kind):
    trial, _, without, _ = outcomes[kind].result()
    for absent, reply in without.items():
        said = json.loads(reply.text)
        if trial.without[absent] is None:
            assert (reply.status, said.get("field")) == (400, absent), said
        else:
            assert (reply.status, said) == (200, trial.without[absent])


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_object_is_no_failure_of_the_pipeline(outcomes, kind):
    trial, *_, reply = outcomes[kind].result()
    said = json.loads(reply.text)
    if trial.empty is None:
        assert reply.status == 400, said
        assert said["field"] in trial.columns
    else:
        assert (reply.status, said) == (200, trial.empty)
