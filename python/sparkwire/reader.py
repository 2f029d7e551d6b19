"""The beginning of a service's description: where it listens."""

from __future__ import annotations

from typing import Optional, Union

from pyspark.sql import DataFrame, SparkSession

from sparkwire.errors import OptionError, java_errors
from sparkwire.session import jvm

OptionValue = Union[str, int, float, bool]


class ServingReader:
    """Where a service listens, and within which limits; `load()` gives its requests."""

    def __init__(self, spark: SparkSession) -> None:
        self._spark = spark
        self._source = jvm(spark).io.sparkwire.spark.Serving.on(spark._jsparkSession)

    def server(self, host: str, port: int, service: str) -> ServingReader:
        """Serves at `http://host:port/service`.

        `host` is an interface of this machine, or 0.0.0.0 for all of them. `port` is 0 to 65535, and 0 takes any free one. `service` is the
        service's name, and its path unless the option `path` says otherwise.
        """
        self._source.server(host, port, service)
        return self

    address = server
    """The same, by the name that it has in SynapseML."""

    def option(self, name: str, value: OptionValue) -> ServingReader:
        """Sets an option of the source, as in `option("max-in-flight", 100)`; docs/options.md has the list."""
        self._source.option(name, str(value).lower() if isinstance(value, bool) else str(value))
        return self

    def options(self, **values: OptionValue) -> ServingReader:
        """Sets several options, with `_` in the place of each `-`, as in `options(max_in_flight=100, timeout="5s")`."""
        for name, value in values.items():
            self.option(name.replace("_", "-"), value)
        return self

    def load(self) -> DataFrame:
        """The requests: a streaming DataFrame with the columns `id` and `request`.

        Raises OptionError if an option is unknown, missing or out of its range.
        """
        with java_errors(OptionError):
            return DataFrame(self._source.load().dataset(), self._spark)


def server(
    spark: SparkSession, host: Optional[str] = None, port: Optional[int] = None, service: Optional[str] = None
) -> ServingReader:
    """Begins the description of a service; also `spark.readStream.server(...)`.

    Without arguments, `server(...)` or `address(...)` of the result follows. See `ServingReader.server` for the arguments.
    """
    reader = ServingReader(spark)
    if host is None and port is None and service is None:
        return reader
    if host is None or port is None or service is None:
        raise OptionError("server needs a host, a port and the name of a service, as in server('127.0.0.1', 8888, 'api')")
    return reader.server(host, port, service)
