"""Spark Structured Streaming queries and SparkML pipelines as web services.

    import sparkwire as sw

    spark = sw.session()
    query = (
        spark.readStream.server("127.0.0.1", 8888, "double").load()
        .parse_request("value BIGINT NOT NULL")
        .selectExpr("id", "value * 2 AS twice")
        .make_reply("twice")
        .write_stream.server()
        .start()
    )
    print(query.url)
"""

import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or importlib.util.find_spec("pyspark") is not None:
    from sparkwire import errors, functions, java_packages
    from sparkwire.errors import (
        ModelError,
        NoTaskSlotError,
        OptionError,
        PipelineError,
        PortTakenError,
        PythonFunctionError,
        SchemaError,
        ServiceFailedError,
        ServiceTakenError,
        SessionError,
        SparkwireError,
        StartError,
        UnknownOptionError,
    )
    from sparkwire.install import install
    from sparkwire.jar import path as jar_path
    from sparkwire.pipeline import make_reply, map_python, ml_transform, parse_request, reply_when, sql
    from sparkwire.query import Counts, ServingQuery
    from sparkwire.reader import ServingReader, server
    from sparkwire.schemas import Schema
    from sparkwire.session import conf, session
    from sparkwire.writer import ServingWriter, server_of

    install()
    java_packages.register()
else:

    def __getattr__(name: str) -> Any:  # `sparkwire doctor` works without PySpark, and nothing else
        raise AttributeError("sparkwire needs PySpark; pip install 'sparkwire[spark]'")


__version__ = "0.1.0"

__all__ = [
    "Counts",
    "ModelError",
    "NoTaskSlotError",
    "OptionError",
    "PipelineError",
    "PortTakenError",
    "PythonFunctionError",
    "Schema",
    "SchemaError",
    "ServiceFailedError",
    "ServiceTakenError",
    "ServingQuery",
    "ServingReader",
    "ServingWriter",
    "SessionError",
    "SparkwireError",
    "StartError",
    "UnknownOptionError",
    "conf",
    "errors",
    "functions",
    "jar_path",
    "make_reply",
    "map_python",
    "ml_transform",
    "parse_request",
    "reply_when",
    "server",
    "server_of",
    "session",
    "sql",
]
