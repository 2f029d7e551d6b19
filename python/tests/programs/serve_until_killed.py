"""Serves a pandas function that computes or sleeps for ever if it is told to. Prints READY, the port, the path and the JVM's pid."""

import os
import sys
import time

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import conftest
import service

log = os.environ["SPARKWIRE_TESTS_LOG"]
builder = conftest.session_builder(log, "local[4,1000000]")
if os.environ.get("SPARKWIRE_TESTS_EXTENSIONS") == "no":
    builder = builder.config("spark.sql.extensions", "")
spark = builder.getOrCreate()
marks = log.removesuffix(".spark")


@F.pandas_udf("string")
def function(texts: pd.Series) -> pd.Series:
    for text in texts:
        if text in ("computes", "sleeps"):
            open(f"{marks}.{text}", "w").close()
        while text == "computes":
            pass
        while text == "sleeps":
            time.sleep(3600)
    return texts + " done"


def pipeline(requests):
    return requests.select("id", function(F.col("request.entity.content").cast("string")).alias("reply"))


running = service.start(spark, pipeline)
print("READY", running.port, running.path, spark._jvm.java.lang.ProcessHandle.current().pid(), flush=True)
sys.stdin.read()
