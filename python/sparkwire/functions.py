"""Functions over the columns `id` and `request` of a service's requests."""

from __future__ import annotations

from typing import Any, Optional, Union

from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

from sparkwire.errors import SessionError
from sparkwire.session import jvm

ColumnOrName = Union[Column, str]


def request_body(request: ColumnOrName = "request") -> Column:
    """The body as text, read as UTF-8."""
    return Column(_functions().requestBody(_java(request)))


def query_param(name: str, request: ColumnOrName = "request") -> Column:
    """The first value of a query parameter, decoded; null if the request has none of that name, or if its query cannot be decoded."""
    return Column(_functions().queryParam(_java(request), name))


def header(name: str, request: ColumnOrName = "request") -> Column:
    """The first header field of that name, whose case does not matter; null if there is none."""
    return Column(_functions().header(_java(request), name))


def path_param(name: str, request: ColumnOrName = "request") -> Column:
    """The value at `:name` in the service's path, decoded; null if the path has no such place."""
    return Column(_functions().pathParam(_java(request), name))


def client_subject(request: ColumnOrName = "request") -> Column:
    """The subject of the certificate that the client has shown, which it cannot make up; null without one."""
    return Column(_functions().clientSubject(_java(request)))


def principal(request: ColumnOrName = "request") -> Column:
    """The name of the client whose API key, token or certificate was checked, which it cannot make up; null where all clients are served."""
    return Column(_functions().principal(_java(request)))


def received_at(request: ColumnOrName = "request") -> Column:
    """When the request's head arrived, as a TIMESTAMP."""
    return Column(_functions().receivedAt(_java(request)))


def send_reply(service: str, reply: ColumnOrName, id: ColumnOrName = "id") -> Column:
    """Replies to a request from within a pipeline, and is true if it did; false for requests of another service.

    Use it where rows are evaluated, as in `filter`: Spark leaves out a column that is not read.
    """
    return Column(_functions().sendReply(service, _java(reply), _java(id)))


def vector_to_array(vector: ColumnOrName) -> Column:
    """An ML vector as an array of doubles."""
    return Column(_functions().vectorToArray(_java(vector)))


def _functions() -> Any:
    return jvm(active_session()).io.sparkwire.spark.ServingFunctions


def active_session() -> SparkSession:
    """The session that columns belong to; raises SessionError if there is none."""
    spark: Optional[SparkSession] = SparkSession.getActiveSession()
    if spark is None:
        raise SessionError("there is no Spark session yet; begin with sparkwire.session()")
    return spark


def _java(column: ColumnOrName) -> Any:
    return (F.col(column) if isinstance(column, str) else column)._jc
