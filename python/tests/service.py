"""Services started the way a PySpark user starts them: by the format name `sparkwire`."""

import socket
import tempfile
import uuid
from contextlib import contextmanager

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructType

from http_client import Connection
from waiting import wait_until

MICRO_BATCH = "micro-batch"
REAL_TIME = "real-time"
CONTINUOUS = "continuous"


class Service:
    """A running query and where its service is."""

    def __init__(self, query, name, port):
        self.query = query
        self.name = name
        self.port = port
        self.path = f"/{name}"

    def connection(self):
        return Connection(self.port, self.path)

    def post(self, body):
        """One request on a connection of its own."""
        with self.connection() as connection:
            return connection.post(body)

    def is_ready(self):
        """Whether the service has its path; fails if its query has ended."""
        if not self.query.isActive:
            raise AssertionError(f"the query has ended: {self.query.exception()}")
        return self._refuses_get()

    def _refuses_get(self):
        """A service refuses a method that it does not have, and an unknown path is not found."""
        try:
            with self.connection() as connection:
                return connection.get().status == 405
        except OSError:
            return False


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def requests_of(spark, name, port, **options):
    """The requests of a service: `id`, `request`, and the body as the whole number `value`."""
    settings = {"service": name, "port": port, "partitions": 1, **{key.replace("_", "-"): v for key, v in options.items()}}
    requests = spark.readStream.format("sparkwire").options(**settings).load()
    return requests.withColumn("value", F.col("request.entity.content").cast("string").cast("long"))


def start_query(spark, replies, trigger=MICRO_BATCH):
    """Starts a query that sends replies, without waiting for anything."""
    writer = (
        replies.writeStream.format("sparkwire")
        .queryName(f"q{uuid.uuid4().hex}")
        .option("checkpointLocation", tempfile.mkdtemp(prefix="checkpoint-"))
    )
    if trigger == REAL_TIME:
        writer = real_time(spark, writer.outputMode("update"))
    elif trigger == CONTINUOUS:
        writer = writer.trigger(continuous="1 second")
    # Spark's list of what the continuous trigger supports lacks mapInPandas and mapInArrow.
    spark.conf.set("spark.sql.streaming.unsupportedOperationCheck", str(trigger != CONTINUOUS).lower())
    return writer.start()


def real_time(spark, writer):
    """PySpark 4.1 has no parameter for the real-time trigger yet."""
    spark.conf.set("spark.sql.streaming.realTimeMode.allowlistCheck", "false")
    trigger = spark._jvm.org.apache.spark.sql.streaming.Trigger.RealTime("5 seconds")
    writer._jwrite = writer._jwrite.trigger(trigger)
    return writer


def has_real_time(spark):
    return tuple(int(part) for part in spark.version.split(".")[:2]) >= (4, 1)


def start(spark, pipeline, trigger=MICRO_BATCH, **options):
    """Starts a service whose replies are `pipeline(requests)`, and waits until it is ready."""
    name, port = f"s{uuid.uuid4().hex[:10]}", free_port()
    query = start_query(spark, pipeline(requests_of(spark, name, port, **options)), trigger)
    service = Service(query, name, port)
    try:
        wait_until(service.is_ready, f"service {name} is ready")
        return service
    except BaseException:
        query.stop()
        raise


@contextmanager
def serving(spark, pipeline, trigger=MICRO_BATCH, **options):
    service = start(spark, pipeline, trigger, **options)
    try:
        yield service
    finally:
        service.query.stop()


def reason_of_failed_start(spark, pipeline, trigger=MICRO_BATCH, **options):
    """Starts a query that must not start, and returns why it did not.

    By format name Spark's `start()` may return before the reason is known. The query then ends with it.
    """
    name, port = f"s{uuid.uuid4().hex[:10]}", free_port()
    try:
        query = start_query(spark, pipeline(requests_of(spark, name, port, **options)), trigger)
    except Exception as failure:  # of Spark's analysis, or of Sparkwire
        return str(failure)
    try:
        wait_until(lambda: not query.isActive, "the query ends, since it cannot start", seconds=90)
        return str(query.exception())
    finally:
        query.stop()


def replies_schema(requests, reply=StringType()):
    """The columns `id` and `reply`, for functions that return whole rows."""
    return StructType().add(requests.schema["id"]).add("reply", reply)
