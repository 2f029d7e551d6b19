"""HTTP on Spark: stages of SparkML and functions that call web services for the rows of a DataFrame.

docs/http-on-spark.md says what they promise. Stages are saved and loaded within a PipelineModel, also by `sparkwire serve --model`.
"""

from __future__ import annotations

import datetime
from typing import Any, Mapping, Optional, Sequence, Union

from pyspark.sql import Column
from pyspark.sql import functions as F

from sparkwire.functions import ColumnOrName, active_session
from sparkwire.session import jvm
from sparkwire.stages import JavaStage

JAVA_PACKAGE = "io.sparkwire.httpclient"

Seconds = Union[float, datetime.timedelta]
"""A time as a number of seconds, or as a timedelta; milliseconds are the finest."""


class _Stage(JavaStage):
    _java_package = JAVA_PACKAGE


def _duration(value: Optional[Seconds]) -> Any:
    if value is None:
        return None
    seconds = value.total_seconds() if isinstance(value, datetime.timedelta) else value
    return jvm(active_session()).java.time.Duration.ofMillis(round(seconds * 1000))


def _times(**values: Optional[Seconds]) -> dict[str, Any]:
    return {name: _duration(value) for name, value in values.items()}


class JsonInputParser(_Stage):
    """Turns a value into a POST request with JSON."""

    def __init__(
        self, *, url: Optional[str] = None, method: Optional[str] = None, headers: Optional[Mapping[str, str]] = None
    ) -> None:
        super().__init__(url=url, method=method, headers=dict(headers) if headers else None)


class JsonOutputParser(_Stage):
    """Reads bodies of responses as a type in DDL, as in `score DOUBLE, label STRING` or `DOUBLE`."""

    def __init__(self, dataType: Optional[str] = None) -> None:
        super().__init__(dataType=dataType)


class StringOutputParser(_Stage):
    """Reads bodies of responses as text."""

    def __init__(self) -> None:
        super().__init__()


class HttpTransformer(_Stage):
    """Sends a column of requests, and adds a column of responses, whatever their status.

    `concurrency` is how many calls are in flight per partition and service, 1 to 4096 (16). Times are seconds or timedelta: `connectTimeout` (5),
    `requestTimeout` (30) for one attempt, `totalTimeout` (60) for all, `backoff` (0.1). `maxBody` is in bytes (10 MB).
    `trustedPem` is text; `clientCert` and `clientKey` are files in PEM on each machine whose tasks call, `clientKeystore` one in PKCS#12.
    """

    def __init__(
        self,
        *,
        inputCol: Optional[str] = None,
        outputCol: Optional[str] = None,
        errorCol: Optional[str] = None,
        concurrency: Optional[int] = None,
        ordered: Optional[bool] = None,
        connectTimeout: Optional[Seconds] = None,
        requestTimeout: Optional[Seconds] = None,
        totalTimeout: Optional[Seconds] = None,
        retries: Optional[int] = None,
        backoff: Optional[Seconds] = None,
        idempotent: Optional[bool] = None,
        headers: Optional[Mapping[str, str]] = None,
        trustedPem: Optional[str] = None,
        clientCert: Optional[str] = None,
        clientKey: Optional[str] = None,
        clientKeystore: Optional[str] = None,
        clientKeystorePasswordFile: Optional[str] = None,
        maxBody: Optional[int] = None,
        maxRedirects: Optional[int] = None,
        **params: Any,
    ) -> None:
        times = _times(connectTimeout=connectTimeout, requestTimeout=requestTimeout, totalTimeout=totalTimeout, backoff=backoff)
        super().__init__(
            inputCol=inputCol,
            outputCol=outputCol,
            errorCol=errorCol,
            concurrency=concurrency,
            ordered=ordered,
            retries=retries,
            idempotent=idempotent,
            headers=dict(headers) if headers else None,
            trustedPem=trustedPem,
            clientCert=clientCert,
            clientKey=clientKey,
            clientKeystore=clientKeystore,
            clientKeystorePasswordFile=clientKeystorePasswordFile,
            maxBody=maxBody,
            maxRedirects=maxRedirects,
            **times,
            **params,
        )


class SimpleHttpTransformer(HttpTransformer):
    """Sends a column of values, and adds a column of values, and `<outputCol>_error` beside it.

    `batchSize` is how many rows one request has, as a JSON array (1); `batchWait` the seconds that the first of them waits for others (0.005). All
    other params are those of HttpTransformer.
    """

    def __init__(
        self,
        *,
        url: Optional[str] = None,
        method: Optional[str] = None,
        inputParser: Optional[JsonInputParser] = None,
        outputParser: Union[JsonOutputParser, StringOutputParser, None] = None,
        batchSize: Optional[int] = None,
        batchWait: Optional[Seconds] = None,
        flattenOutput: Optional[bool] = None,
        **params: Any,
    ) -> None:
        super().__init__(
            url=url,
            method=method,
            inputParser=inputParser,
            outputParser=outputParser,
            batchSize=batchSize,
            flattenOutput=flattenOutput,
            **_times(batchWait=batchWait),
            **params,
        )


class ParallelHttpTransformer(_Stage):
    """Runs several of the transformers above for a row at the same time: the row waits for the slowest, not for the sum."""

    def __init__(self, stages: Sequence[HttpTransformer] = (), ordered: Optional[bool] = None) -> None:
        super().__init__(ordered=ordered, stages=_array(stages))


def _array(stages: Sequence[HttpTransformer]) -> Any:
    if not stages:
        return None
    gateway: Any = active_session().sparkContext._gateway
    array = gateway.new_array(jvm(active_session()).io.sparkwire.httpclient.HttpStage, len(stages))
    for place, stage in enumerate(stages):
        array[place] = stage._java_obj
    return array


def http_request(
    method: ColumnOrName, url: ColumnOrName, headers: Optional[Column] = None, body: Optional[Column] = None, content_type: Optional[Column] = None
) -> Column:
    """A request for `http_call`. `headers` is an array of struct(name, value); `body` is text or binary. Strings name columns."""
    optional = [F.lit(None) if part is None else part for part in (headers, body, content_type)]
    return F.call_function("http_request", _column(method), _column(url), *optional)


def http_call(request: ColumnOrName, options: Optional[Mapping[str, object]] = None) -> Column:
    """The response of a call, with a field `error`. `options` are the params of HttpTransformer by name, with times in milliseconds.

    Needs a session with Sparkwire's extensions, as `sparkwire.session()` makes it.
    """
    if not options:
        return F.call_function("http_call", _column(request))
    pairs = [F.lit(str(part).lower() if isinstance(part, bool) else str(part)) for pair in options.items() for part in pair]
    return F.call_function("http_call", _column(request), F.create_map(*pairs))


def http_response_json(response: ColumnOrName, data_type: str) -> Column:
    """The body of a response as a type in DDL; null if there is none, or if it does not fit the type."""
    return F.call_function("http_response_json", _column(response), F.lit(data_type))


def _column(column: ColumnOrName) -> Column:
    return F.col(column) if isinstance(column, str) else column
