"""A saved model as a web service, as a talk would show it. Argument: the model's directory."""

import sys

import sparkwire as sw
from pyspark.ml import PipelineModel, Transformer
from pyspark.sql import SparkSession


def start(spark: SparkSession, host: str, port: int, model: Transformer) -> sw.ServingQuery:
    return (
        spark.readStream
        .server(host, port, "api")
        .load()
        .parse_request("age DOUBLE, income DOUBLE")
        .ml_transform(model)
        .make_reply("scores")
        .write_stream.server()
        .start()
    )


if __name__ == "__main__":
    query = start(sw.session(), "0.0.0.0", 8888, PipelineModel.load(sys.argv[1]))
    print("Serving at", query.url)
    query.await_termination()
