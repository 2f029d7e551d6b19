"""The end of a service's description: how its query runs."""

from __future__ import annotations

from typing import Any, Optional, Union

from pyspark.sql import DataFrame

from sparkwire.errors import OptionError, PipelineError, StartError, java_errors
from sparkwire.pipeline import service_of
from sparkwire.query import ServingQuery
from sparkwire.reader import OptionValue
from sparkwire.session import jvm


class ServingWriter:
    """How the query of a service runs; `start()` starts it."""

    def __init__(self, replies: DataFrame, service: str) -> None:
        self._spark = replies.sparkSession
        self._replies = replies
        self._service = service
        with java_errors(PipelineError):
            self._writer = jvm(self._spark).io.sparkwire.spark.Serving.replyTo(replies._jdf, service)

    def reply_to(self, service: str) -> ServingWriter:
        """Names the service that got the requests, which is known already; raises PipelineError if it is another one."""
        if service != self._service:
            raise PipelineError(f"the replies are for requests of the service '{self._service}', got '{service}'")
        return self

    replyTo = reply_to

    def trigger(
        self, *, processingTime: Optional[str] = None, continuous: Optional[str] = None, realTime: Optional[str] = None
    ) -> ServingWriter:
        """When epochs begin, by one of Spark's triggers; without it that is `processingTime="0 seconds"`.

        Each is an interval such as `"5 seconds"`. The real-time trigger needs Spark 4.1 or later, and five seconds or more.

        Raises OptionError if it is none of them, more than one, or no interval.
        """
        chosen = {"ProcessingTime": processingTime, "Continuous": continuous, "RealTime": realTime}
        given = [(name, interval) for name, interval in chosen.items() if interval is not None]
        if len(given) != 1:
            raise OptionError("trigger needs one of processingTime, continuous and realTime, as in trigger(continuous='1 second')")
        name, interval = given[0]
        triggers = jvm(self._spark).org.apache.spark.sql.streaming.Trigger
        if name not in dir(triggers):
            raise OptionError(f"the real-time trigger needs Spark 4.1 or later, this is {self._spark.version}")
        with java_errors(OptionError):
            self._writer.trigger(getattr(triggers, name)(interval))
        return self

    def option(self, name: str, value: OptionValue) -> ServingWriter:
        """Sets an option of Spark's writer, for example `checkpointLocation`, without which the query begins anew each time."""
        self._writer.option(name, str(value).lower() if isinstance(value, bool) else str(value))
        return self

    def replicas(self, number: int) -> ServingWriter:
        """How many equal queries run side by side, 1 to 16. If not set, two where the pipeline passes rows on one by one and there are task
        slots for both, otherwise one. Raises OptionError for any other number."""
        with java_errors(OptionError):
            self._writer.replicas(number)
        return self

    def version(self, name: str) -> ServingWriter:
        """Names the version of the pipeline, which each of its replies then has in the header field `Sparkwire-Version`."""
        with java_errors(OptionError):
            self._writer.version(name)
        return self

    def warm_up(self, body: Union[bytes, str], content_type: str = "application/json") -> ServingWriter:
        """Has a sample request sent through the pipeline, for two seconds at most, before the service counts as started.

        The service must answer it with a status below 400, or it does not start.
        """
        self._writer.warmUp(content_type, bytearray(body.encode("utf-8") if isinstance(body, str) else body))
        return self

    def start(self) -> ServingQuery:
        """Starts the service, and returns once it takes requests, after 60 s at most.

        Raises PortTakenError, ServiceTakenError, NoTaskSlotError, PythonFunctionError, or for any other reason StartError.
        """
        with java_errors(StartError):
            return ServingQuery(self._spark, self._writer.start())

    def java_writer(self) -> Any:
        """The facade's `io.sparkwire.spark.ServingWriter`."""
        return self._writer


def server_of(replies: DataFrame, service: Optional[str] = None) -> ServingWriter:
    """Sends replies to the requests that they came from; also `replies.write_stream.server()`.

    `replies` has an id and a column `reply`, as `make_reply` makes them. `service` is the name of the service; None for the only one.

    Raises PipelineError if the rows have lost the id of requests, come from no service, or multiply requests.
    """
    return ServingWriter(replies, service or service_of(replies))
