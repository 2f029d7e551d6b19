"""Sparkwire's Java facade, from Python: it supervises the query, and replaces versions."""

from contextlib import contextmanager

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from service import CONTINUOUS, MICRO_BATCH, REAL_TIME, Service


class FacadeService(Service):
    """A service and its ServingQuery."""

    def __init__(self, facade, serving_query):
        self.query = serving_query
        self.name = facade.name
        self.port = facade.port
        self.path = f"/{facade.name}"


class Facade:
    """One service, of which there may be several versions, one after the other."""

    def __init__(self, spark, name, port, **options):
        self._spark = spark
        self._jvm = spark._jvm
        self._options = {key.replace("_", "-"): str(value) for key, value in {"partitions": 1, **options}.items()}
        self.name = name
        self.port = port

    def writer(self, pipeline, version=None, trigger=MICRO_BATCH):
        """The facade's description of a pipeline: a ServingWriter."""
        serving = self._jvm.io.sparkwire.spark.Serving
        source = serving.on(self._spark._jsparkSession).server("127.0.0.1", self.port, self.name)
        for key, value in self._options.items():
            source = source.option(key, value)
        requests = DataFrame(source.load().dataset(), self._spark)
        replies = pipeline(requests.withColumn("value", F.col("request.entity.content").cast("string").cast("long")))
        writer = serving.replyTo(replies._jdf, self.name).replicas(1)
        triggers = self._jvm.org.apache.spark.sql.streaming.Trigger
        if trigger == REAL_TIME:
            writer = writer.trigger(triggers.RealTime("5 seconds"))
        elif trigger == CONTINUOUS:
            writer = writer.trigger(triggers.Continuous("1 second"))
        return writer.version(version) if version else writer

    def start(self, pipeline, version=None, trigger=MICRO_BATCH):
        return FacadeService(self, self.writer(pipeline, version, trigger).start())

    @contextmanager
    def serving(self, pipeline, version=None, trigger=MICRO_BATCH):
        service = self.start(pipeline, version, trigger)
        try:
            yield service
        finally:
            service.query.stop()

    def message_of_failed_start(self, pipeline):
        """The message of the exception by which a start fails."""
        try:
            service = self.start(pipeline)
        except Py4JJavaError as failure:
            return failure.java_exception.getMessage()
        service.query.stop()
        raise AssertionError("the service has started")
