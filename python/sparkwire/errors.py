"""The exceptions of Sparkwire: one sentence each, and no Java trace.

The Java exception behind one is its attribute `java_error`. A missing column and other faults of a query plan stay PySpark's own
`pyspark.errors.AnalysisException`.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import Any, Iterator, Optional, Type

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException, ParseException, PySparkException


class SparkwireError(Exception):
    """What all exceptions of Sparkwire have in common."""

    def __init__(self, message: str, java_error: Optional[BaseException] = None) -> None:
        super().__init__(message)
        self.java_error = java_error
        """The exception of Py4J or PySpark that this one stands for; None if it began in Python."""


class SessionError(SparkwireError):
    """There is no Spark session that can serve: it lacks the jar, or is one of Spark Connect."""


class OptionError(SparkwireError, ValueError):
    """An option has a value out of its range, or two options do not go together."""


class UnknownOptionError(OptionError):
    """There is no option of that name; the message has the nearest one."""


class SchemaError(SparkwireError, ValueError):
    """A schema cannot be read, or has a type that JSON cannot have."""


class PipelineError(SparkwireError, ValueError):
    """The steps between requests and replies cannot be served, for example because they have lost the id."""


class ModelError(PipelineError):
    """A model, or one of its stages, cannot work on the requests."""


class StartError(SparkwireError, RuntimeError):
    """A service cannot start."""


class PortTakenError(StartError):
    """Another program listens on the port."""


class ServiceTakenError(StartError):
    """Another query serves that name, or that path."""


class NoTaskSlotError(StartError):
    """A reader would wait for a task slot for ever: too many partitions or replicas for the master."""


class PythonFunctionError(StartError):
    """A Python function does not start: no interpreter, another version of Python, or a module that is missing."""


class ServiceFailedError(SparkwireError, RuntimeError):
    """A running service has failed for good."""


# What the messages of docs/troubleshooting.md begin with or contain.
_KINDS: tuple[tuple[str, Type[SparkwireError]], ...] = (
    (r"unknown option '", UnknownOptionError),
    (r"option '[^']+' ", OptionError),
    (r"cannot listen on .*(in use|EADDRINUSE)", PortTakenError),
    (r"(service|path) '.*' is already served", ServiceTakenError),
    (r"service '.*' needs \d+ task slot", NoTaskSlotError),
    (r"the model's stage", ModelError),
    (r"field '.*' has the type .*, which cannot be read", SchemaError),
    (
        r"cannot start Python '|' is Python \d|' cannot run Python functions|before it could run Python functions"
        r"|a Python function does not start|still computes when its time is over",
        PythonFunctionError,
    ),
)


@contextmanager
def java_errors(default: Type[SparkwireError]) -> Iterator[None]:
    """Raises what Java throws as an exception of this module: as `default`, unless the message is of another kind."""
    try:
        yield
    except ParseException as failure:
        raise SchemaError(_message(failure), failure) from None
    except AnalysisException:
        raise
    except (Py4JJavaError, PySparkException) as failure:
        message = _message(failure)
        raise _kind(message, default)(message, failure) from None


def of_java(failure: Any, default: Type[SparkwireError]) -> SparkwireError:
    """The exception for a Java one that was returned and not thrown."""
    message = str(failure.getMessage() or failure.toString())
    return _kind(message, default)(message)


def _kind(message: str, default: Type[SparkwireError]) -> Type[SparkwireError]:
    return next((kind for pattern, kind in _KINDS if re.search(pattern, message)), default)


def _message(failure: BaseException) -> str:
    if isinstance(failure, Py4JJavaError):
        return str(failure.java_exception.getMessage() or failure.java_exception.toString())
    return str(getattr(failure, "_desc", None) or failure)
