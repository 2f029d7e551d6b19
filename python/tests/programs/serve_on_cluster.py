"""Serves a pandas function on a local cluster of two executors. Prints READY, the port, the path and the executors' pids."""

import os
import sys

from pyspark import cloudpickle

import conftest
import functions
import processes
from facade import Facade
from service import free_port
from waiting import wait_until

cloudpickle.register_pickle_by_value(functions)
spark = (
    conftest.session_builder(os.environ["SPARKWIRE_TESTS_LOG"], "local-cluster[2,1,1024]")
    .config("spark.plugins", "io.sparkwire.spark.SparkwirePlugin")
    .config("spark.sparkwire.ingress", "driver")
    .config("spark.task.maxFailures", "1000000")
    .config("spark.executor.memory", "1g")
    .config("spark.scheduler.minRegisteredResourcesRatio", "1")
    .getOrCreate()
)
jvm = spark._jvm.java.lang.ProcessHandle.current().pid()


def executors():
    return [pid for pid in processes.children(jvm) if "CoarseGrainedExecutorBackend" in processes.command_line(pid) and "java" in processes.name(pid)]


# By the facade, since only that has the driver take requests.
running = Facade(spark, "clustered", free_port(), timeout="60s").start(functions.pandas_series_udf)
with running.connection() as connection:
    wait_until(lambda: connection.post(1).text == functions.transformed(1), "the first reply")
wait_until(lambda: len(executors()) == 2, "two executors")
print("READY", running.port, running.path, *executors(), flush=True)
sys.stdin.read()
