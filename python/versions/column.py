"""One column of the table of `python/matrix`: each pipeline under each trigger, with the Spark and the Java of this process.

Prints one line of JSON: the releases, and for each cell what came of it.
"""

import json
import pathlib
import sys
import tempfile
import traceback
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial

TESTS = pathlib.Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))

from pyspark import cloudpickle
from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import StandardScaler, VectorAssembler

import functions
import service
from conftest import session_builder

CONNECTIONS = 4
VALUES = range(60)
TRIGGERS = [service.MICRO_BATCH, service.REAL_TIME, service.CONTINUOUS]
FEATURES = "x DOUBLE NOT NULL, y DOUBLE NOT NULL"


def features(value):
    """Two features, which are doubles with many digits."""
    return {"x": value / 7, "y": (value * 37 % 11) / 3 - 1.5}


class SqlPipeline:
    """A query over the view `requests`, by the facade."""

    QUERY = "SELECT value * 3 + 1 AS answer, concat('v', upper(text)) AS text FROM requests"

    def __init__(self, spark):
        self._spark = spark

    def start(self, trigger):
        return start_facade(
            self._spark,
            lambda requests: requests.parseRequest("value BIGINT NOT NULL, text STRING").sql(self.QUERY),
            trigger,
            ["answer", "text"],
        )

    def request(self, value):
        return json.dumps({"value": value, "text": f"t{value}é"})

    def is_exact(self, value, reply):
        return json.loads(reply) == {"answer": value * 3 + 1, "text": f"vT{value}É"}


class ModelPipeline:
    """A pipeline that SparkML has trained here, by the facade: its numbers are those of a batch, digit for digit."""

    REPLY = ["prediction", "probability"]

    def __init__(self, spark):
        self._spark = spark
        rows = [{**features(value), "label": float(value % 3 == 0)} for value in VALUES]
        stages = [
            VectorAssembler(inputCols=["x", "y"], outputCol="raw"),
            StandardScaler(inputCol="raw", outputCol="features", withMean=True),
            LogisticRegression(maxIter=5),
        ]
        data = spark.createDataFrame(rows, "x DOUBLE, y DOUBLE, label DOUBLE").coalesce(1)
        self._model = Pipeline(stages=stages).fit(data)
        batch = self._model.transform(spark.createDataFrame([features(value) for value in VALUES], "x DOUBLE, y DOUBLE"))
        self._batch = [(row.prediction, list(row.probability)) for row in batch.select(*self.REPLY).collect()]

    def start(self, trigger):
        def steps(requests):
            return requests.parseRequest(FEATURES).mlTransform(self._model._to_java())

        return start_facade(self._spark, steps, trigger, self.REPLY)

    def request(self, value):
        return json.dumps(features(value))

    def is_exact(self, value, reply):
        answer = json.loads(reply)
        return (answer["prediction"], answer["probability"]) == self._batch[value]


class FunctionPipeline:
    """A Python function, by format name."""

    def __init__(self, spark, steps):
        self._spark = spark
        self._steps = steps

    def start(self, trigger):
        return service.start(self._spark, self._steps, trigger)

    def request(self, value):
        return str(value)

    def is_exact(self, value, reply):
        return reply == functions.transformed(value)


PIPELINES = {
    "SQL": SqlPipeline,
    "SparkML": ModelPipeline,
    "pandas UDF": partial(FunctionPipeline, steps=functions.pandas_series_udf),
    "mapInPandas": partial(FunctionPipeline, steps=functions.map_in_pandas),
}


def start_facade(spark, steps, trigger, reply):
    """A service of the Java facade, which has started when this returns. Its reply is an object of some columns."""
    name, port = f"m{uuid.uuid4().hex[:10]}", service.free_port()
    serving = spark._jvm.io.sparkwire.spark.Serving
    requests = serving.on(spark._jsparkSession).server("127.0.0.1", port, name).option("partitions", "1").load()
    replies = serving.makeReplyOf(steps(requests).dataset(), reply)
    query = serving.replyTo(replies, name).trigger(java_trigger(spark, trigger)).start()
    return service.Service(query, name, port)


def java_trigger(spark, trigger):
    if trigger == service.REAL_TIME:
        return spark._jvm.io.sparkwire.spark.version.RealTime.trigger(5_000)
    triggers = spark._jvm.org.apache.spark.sql.streaming.Trigger
    return triggers.Continuous("1 second") if trigger == service.CONTINUOUS else triggers.ProcessingTime(0)


def exact_replies(pipeline, running):
    """How many replies are exactly what they must be, of requests over several connections at once."""

    def share(offset):
        with running.connection() as connection:
            return sum(exact_reply(pipeline, connection, value) for value in VALUES[offset::CONNECTIONS])

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        return sum(threads.map(share, range(CONNECTIONS)))


def exact_reply(pipeline, connection, value):
    reply = connection.post(pipeline.request(value))
    exact = reply.status == 200 and pipeline.is_exact(value, reply.text)
    if not exact:
        print(f"the reply to {pipeline.request(value)} is {reply}", file=sys.stderr)
    return exact


def cell(spark, pipeline, trigger):
    """What came of a pipeline under a trigger, in a few words."""
    if trigger == service.REAL_TIME and not service.has_real_time(spark):
        return refusal(spark)
    try:
        running = pipeline.start(trigger)
    except Exception as failure:
        traceback.print_exc()
        return f"does not start: {str(failure).splitlines()[0]}"
    try:
        return f"{exact_replies(pipeline, running)} of {len(VALUES)}"
    finally:
        running.query.stop()


def refusal(spark):
    """What Sparkwire says where Spark has no real-time trigger."""
    try:
        java_trigger(spark, service.REAL_TIME)
    except Exception as failure:
        return str(failure).partition(",")[0]
    return "not refused"


def main():
    for module in (functions, service):
        cloudpickle.register_pickle_by_value(module)
    spark = session_builder(pathlib.Path(tempfile.mkdtemp(prefix="column-")) / "spark.log").getOrCreate()
    java = spark._jvm.java.lang.System.getProperty("java.specification.version")
    column = {"spark": spark.version, "java": java, "cells": {}}
    for name, make in PIPELINES.items():
        pipeline = make(spark)
        for trigger in TRIGGERS:
            column["cells"][f"{name}, {trigger}"] = cell(spark, pipeline, trigger)
    print(json.dumps(column))
    spark.stop()


if __name__ == "__main__":
    main()
