"""Prints what a release of Spark on which Sparkwire does not run says of the format `sparkwire`."""

import os
import sys

from pyspark.sql import SparkSession


def main():
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    spark = SparkSession.builder.master("local[1]").config("spark.jars", os.environ["SPARKWIRE_JAR"]).getOrCreate()
    try:
        spark.readStream.format("sparkwire").option("service", "any").load()
    except Exception as failure:
        reason = getattr(failure, "java_exception", None)
        print(reason.getMessage() if reason else failure)
        return 0
    return "it is not refused"


if __name__ == "__main__":
    sys.exit(main())
