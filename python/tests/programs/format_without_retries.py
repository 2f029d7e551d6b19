"""Serves by format name on local[4], which tries no task again, in a session without extensions. Prints what happened, as JSON."""

import glob
import json
import os
import tempfile

from pyspark.sql import functions as F

import conftest
import service
from history import ask
from waiting import wait_until

BAD = 500
CYCLES = 10

log = conftest.Log(conftest.pathlib.Path(os.environ["SPARKWIRE_TESTS_LOG"]))
spark = conftest.session_builder(os.environ["SPARKWIRE_TESTS_LOG"], "local[4]").config("spark.sql.extensions", "").getOrCreate()
port = service.free_port()


def start(pipeline, checkpoint):
    replies = pipeline(service.requests_of(spark, "rows", port))
    query = replies.writeStream.format("sparkwire").option("checkpointLocation", checkpoint).start()
    return service.Service(query, "rows", port)


def text(requests):
    return requests.select("id", F.col("value").cast("string").alias("reply"))


def all_but_one(requests):
    fails = F.when(F.col("value") == BAD, F.raise_error(F.lit("this row is bad")).cast("string"))
    return requests.select("id", F.coalesce(fails, F.col("value").cast("string")).alias("reply"))


def shuffled(requests):
    return text(requests.repartition(2))


def is_committed(checkpoint):
    """Whether all epochs that have begun have ended; the last thing that Hadoop writes of each is a checksum."""
    begun, ended = (set(glob.glob(".[0-9]*.crc", root_dir=f"{checkpoint}/{log}")) for log in ("offsets", "commits"))
    return begun == ended


def cycles(pipeline, before_stop=lambda checkpoint: True):
    """What one request got after each start, which all continue from one checkpoint."""
    checkpoint = tempfile.mkdtemp(prefix="checkpoint-")
    replies = []
    for cycle in range(CYCLES):
        running = start(pipeline, checkpoint)
        replies.append(running.post(cycle).text)
        wait_until(lambda: before_stop(checkpoint), "the epoch of the request has ended")
        running.query.stop()
    return replies


open_cycles = cycles(text)
drained_cycles = cycles(shuffled, is_committed)  # Hadoop logs it when a stop interrupts Spark as that writes its checkpoint
lines_of_stops = log.lines()
running = start(all_but_one, tempfile.mkdtemp(prefix="checkpoint-"))
history = ask(port, "/rows", range(1000))
result = {
    "open cycles": open_cycles,
    "drained cycles": drained_cycles,
    "log": lines_of_stops,
    "replies": {exchange.value: [exchange.reply.status, exchange.reply.text] for exchange in history.exchanges},
    "is active": running.query.isActive,
    "after": running.post(1001).text,
    "status": spark._jvm.io.sparkwire.spark.Serving.service(running.query._jsq).toJson(),
}
running.query.stop()
print("RESULT", json.dumps(result), flush=True)
spark.stop()
