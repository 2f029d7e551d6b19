"""Sparkwire's steps as methods of PySpark's own classes, so that a pipeline reads from left to right."""

from __future__ import annotations

from typing import Any, Optional

from pyspark.sql import DataFrame
from pyspark.sql.streaming.readwriter import DataStreamReader, DataStreamWriter

from sparkwire import pipeline, reader, writer


def install() -> None:
    """Adds the methods, also under the names that they have in SynapseML. A method of PySpark itself is never replaced."""
    for name, method in {
        "parse_request": pipeline.parse_request,
        "parseRequest": _parse_request,
        "ml_transform": pipeline.ml_transform,
        "mlTransform": pipeline.ml_transform,
        "sql": pipeline.sql,
        "map_python": pipeline.map_python,
        "reply_when": pipeline.reply_when,
        "make_reply": pipeline.make_reply,
        "makeReply": pipeline.make_reply,
        "write_stream": property(lambda rows: rows.writeStream),
    }.items():
        _add(DataFrame, name, method)
    _add(DataStreamReader, "server", _read)
    _add(DataStreamWriter, "server", _write)


def _add(cls: type, name: str, method: Any) -> None:
    existing = getattr(cls, name, None)
    module = getattr(getattr(existing, "fget", existing), "__module__", "")
    if existing is None or str(module).startswith("sparkwire"):
        setattr(cls, name, method)


def _parse_request(rows: DataFrame, *arguments: Any, **named: Any) -> DataFrame:
    """SynapseML's `parseRequest(service, schema)`, and `parse_request(schema)`."""
    has_service = len(arguments) > 1 and isinstance(arguments[0], str) and not _is_mode(arguments[1])
    return pipeline.parse_request(rows, *(arguments[1:] if has_service else arguments), **named)


def _is_mode(argument: Any) -> bool:
    return argument in ("strict", "permissive", "raw")


def _read(
    stream: DataStreamReader, host: Optional[str] = None, port: Optional[int] = None, service: Optional[str] = None
) -> reader.ServingReader:
    """Begins the description of a service. Set options after it: those that were set before are lost."""
    return reader.server(stream._spark, host, port, service)


def _write(stream: DataStreamWriter, service: Optional[str] = None) -> writer.ServingWriter:
    """Sends replies to the requests that they came from. Set options and trigger after it: those that were set before are lost."""
    return writer.server_of(stream._df, service)
