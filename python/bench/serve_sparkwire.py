"""Serves the benchmark's functions with Sparkwire, each with open epochs and with epochs=drained.

Prints one line of JSON: the port of each service by name. Ends with its standard input.
"""

import json
import os
import socket
import sys
import tempfile
from typing import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

import model as benchmark_model

MODEL = benchmark_model.trained()
SLOTS = 32


def pandas_model(requests):
    """A pandas UDF with scikit-learn's model, as most users write it."""
    model = MODEL

    @F.pandas_udf("double")
    def score(features: pd.Series) -> pd.Series:
        return pd.Series(model.predict_proba(np.stack(features.to_numpy()))[:, 1])

    return requests.select("id", score("features").alias("reply"))


def arrow_model(requests):
    """The same model on NumPy arrays from Arrow, without pandas."""
    model = MODEL

    def score(features: pa.Array) -> pa.Array:
        rows = features.flatten().to_numpy(zero_copy_only=False).reshape(len(features), -1)
        return pa.array(model.predict_proba(rows)[:, 1])

    return requests.select("id", F.arrow_udf(score, "double")("features").alias("reply"))


def numpy_function(requests):
    """The same formula in NumPy, without scikit-learn."""
    weights, intercept = MODEL.coef_[0].copy(), float(MODEL.intercept_[0])

    def score(features: pa.Array) -> pa.Array:
        rows = features.flatten().to_numpy(zero_copy_only=False).reshape(len(features), -1)
        return pa.array(1 / (1 + np.exp(-(rows @ weights + intercept))))

    return requests.select("id", F.arrow_udf(score, "double")("features").alias("reply"))


def plain_function(requests):
    """A plain Python UDF, with the formula in Python."""
    weights, intercept = MODEL.coef_[0].tolist(), float(MODEL.intercept_[0])

    def score(features):
        import math

        return 1 / (1 + math.exp(-(sum(w * f for w, f in zip(weights, features)) + intercept)))

    return requests.select("id", F.udf(score, "double", useArrow=False)("features").alias("reply"))


def map_pandas(requests):
    """mapInPandas with scikit-learn's model."""
    model = MODEL

    def score(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield pd.DataFrame({"id": batch["id"], "reply": model.predict_proba(np.stack(batch["features"].to_numpy()))[:, 1]})

    schema = StructType().add(requests.schema["id"]).add("reply", "double")
    return requests.select("id", "features").mapInPandas(score, schema)


PIPELINES = {
    "pandas-model": pandas_model,
    **({"arrow-model": arrow_model, "numpy": numpy_function} if hasattr(F, "arrow_udf") else {}),
    "plain-udf": plain_function,
    "map-in-pandas": map_pandas,
}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def start(spark, name, epochs):
    port = free_port()
    requests = (
        spark.readStream.format("sparkwire")
        .options(service=f"{name}-{epochs}", path="/score", port=port, partitions=1, epochs=epochs)
        .load()
    )
    body = F.from_json(F.col("request.entity.content").cast("string"), "features array<double>")
    parsed = requests.select("id", body.getField("features").alias("features"))
    PIPELINES[name](parsed).writeStream.format("sparkwire").option("checkpointLocation", tempfile.mkdtemp()).start()
    return port


def main():
    chosen = sys.argv[1].split(",") if len(sys.argv) > 1 else list(PIPELINES)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    spark = (
        SparkSession.builder.master(f"local[{SLOTS},1000000]")
        .config("spark.jars", os.environ["SPARKWIRE_JAR"])
        .config("spark.sql.extensions", "io.sparkwire.spark.SparkwireExtensions")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.extraJavaOptions", "-XX:+UseParallelGC")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    ports = {f"{name}/{epochs}": start(spark, name, epochs) for name in chosen for epochs in ("auto", "drained")}
    ports["jvm"] = spark._jvm.java.lang.ProcessHandle.current().pid()
    print(json.dumps(ports), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
