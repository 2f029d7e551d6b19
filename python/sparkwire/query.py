"""A running service."""

from __future__ import annotations

import html
import json
import re
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Type

from pyspark.sql import SparkSession

from sparkwire.errors import ServiceFailedError, SparkwireError, StartError, java_errors, of_java
from sparkwire.session import jvm

if TYPE_CHECKING:
    from sparkwire.writer import ServingWriter

DRAIN_TIMEOUT = 25.0
"""For how many seconds `stop` and `replace` wait for the requests in flight."""

_POLL_SECONDS = 0.25


class Counts(NamedTuple):
    """What has been counted of a service's requests since it started."""

    admitted: int
    """Requests that were admitted: the sum of the answered, expired and abandoned ones, and of those in flight."""
    refused: int
    """Requests that were refused at once."""
    answered: int
    """Admitted requests that got a reply or a failure."""
    expired: int
    """Admitted requests that had no answer at their deadline."""
    abandoned: int
    """Admitted requests whose client left before they had an answer."""
    late_answers: int
    """Answers to a request that had just ended."""
    quarantined: int
    """Requests that got a 500 because the pipeline failed on them too often."""
    incomplete: int
    """Requests that ended before their body was complete; no other counter has them."""
    unread: int
    """Replies that could not be written completely, because the client did not read in time, or left."""
    second_rows: int
    """Rows that were dropped because their request had its reply already."""


class ServingQuery:
    """A running service: its query replicas, which are restarted when they fail.

    As a context manager it stops at the end of the block. A notebook shows its URL, its state, its counts and a request to paste into a shell.
    """

    def __init__(self, spark: SparkSession, query: Any) -> None:
        self._spark = spark
        self._query = query
        self._curl = str(jvm(spark).io.sparkwire.app.SampleRequest.curl(query))
        self._url = str(query.url())
        self._port = int(query.port())
        self._stopped = False

    @property
    def name(self) -> str:
        """The service's name."""
        return str(self._query.service())

    @property
    def url(self) -> str:
        """Where clients find it on this node, or with a Spark cluster on the first executor that took requests when it started."""
        return self._url

    @property
    def urls(self) -> list[str]:
        """Where clients find it on each node that takes requests; empty when it has stopped."""
        return [str(url) for url in self._query.urls()]

    @property
    def port(self) -> int:
        """The port on which its first node takes requests."""
        return self._port

    @property
    def is_active(self) -> bool:
        """Whether a replica runs or will be restarted."""
        return bool(self._query.isActive())

    @property
    def restarts(self) -> int:
        """How often queries of the current version were started again after a failure."""
        return int(self._query.restarts())

    def exception(self) -> Optional[SparkwireError]:
        """Why none of its queries works at the moment, though they are started again, or why all have failed for good; None while one works."""
        trouble = self._query.exception()
        return of_java(trouble.get(), ServiceFailedError) if trouble.isPresent() else None

    def counts(self) -> Optional[Counts]:
        """What has been counted of its requests; None when it has stopped."""
        counts = self._query.counts()
        if not counts.isPresent():
            return None
        values = json.loads(counts.get().toJson().encode())
        return Counts(**{_snake_case(name): value for name, value in values.items()})

    def curl(self) -> str:
        """A command for a shell that sends it a request with a valid body."""
        return self._curl

    def replace(self, next_version: ServingWriter, timeout: float = DRAIN_TIMEOUT) -> None:
        """Puts another version of the pipeline in place of the one that runs, without a pause for the clients.

        After it has returned, no reply comes from the old version, which has `timeout` seconds to finish the requests that it has begun; what
        is left then, the new one computes again.

        Raises StartError if `next_version` does not start or describes another service; the old version then continues.
        """
        with java_errors(StartError):
            self._query.replace(next_version.java_writer(), self._duration(timeout))
        self._curl = str(jvm(self._spark).io.sparkwire.app.SampleRequest.curl(self._query))

    def stop(self, timeout: float = DRAIN_TIMEOUT) -> None:
        """Refuses new requests, lets those in flight finish for up to `timeout` seconds, and stops all queries. Stopping twice does no harm."""
        if not self._stopped:
            with java_errors(ServiceFailedError):
                self._query.stop(self._duration(timeout))
            self._stopped = True

    def await_termination(self, timeout: Optional[float] = None) -> bool:
        """Waits until the service is stopped, for `timeout` seconds at most; returns whether it was.

        Raises ServiceFailedError if all replicas have failed for good.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while self.is_active:
            if deadline is not None and time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_SECONDS)
        failure = None if self._stopped else self.exception()
        if failure is not None:
            raise failure
        return True

    def _duration(self, seconds: float) -> Any:
        return jvm(self._spark).java.time.Duration.ofMillis(round(seconds * 1000))

    def __enter__(self) -> ServingQuery:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], failure: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.stop()

    def _state(self) -> str:
        if not self.is_active:
            return "stopped" if self._stopped or self.exception() is None else "failed"
        return "running" if self.exception() is None else "restarting"

    def __repr__(self) -> str:
        return f"<ServingQuery {self.name} {self._state()} at {self.url}>"

    def _repr_html_(self) -> str:
        url = html.escape(self.url)
        rows = {
            "URL": f'<a href="{url}">{url}</a>',
            "state": self._state(),
            "requests": self._requests(),
            "try": f"<code>{html.escape(self._curl)}</code>",
        }
        cells = "".join(f"<tr><th>{name}</th><td style='text-align: left'>{text}</td></tr>" for name, text in rows.items())
        return f"<table><caption>{html.escape(self.name)}</caption>{cells}</table>"

    def _requests(self) -> str:
        counts = self.counts()
        counted = counts._asdict().items() if counts else []
        return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counted if count) or "none"


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
