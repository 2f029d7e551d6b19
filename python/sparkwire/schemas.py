"""Schemas of requests: DDL, a StructType, a dataclass, or a model of pydantic."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import json
import types
import typing
from typing import Any, Mapping, Optional, Union

from pyspark.sql import SparkSession
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    DataType,
    DateType,
    DecimalType,
    DoubleType,
    LongType,
    MapType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from sparkwire.errors import SchemaError, java_errors
from sparkwire.session import jvm

Schema = Union[str, StructType, type]
"""DDL as in `value INT NOT NULL, features VECTOR(4)`, a StructType, a dataclass, or a class of pydantic's BaseModel."""

_PLAIN: Mapping[Any, DataType] = {
    bool: BooleanType(),
    int: LongType(),
    float: DoubleType(),
    str: StringType(),
    bytes: BinaryType(),
    decimal.Decimal: DecimalType(38, 18),
    datetime.date: DateType(),
    datetime.datetime: TimestampType(),
}


def struct_type(schema: Union[StructType, type]) -> StructType:
    """The StructType of a dataclass or a pydantic model; a StructType is its own.

    `int` is BIGINT, `float` DOUBLE, `str` STRING, `bytes` BINARY, `Decimal` DECIMAL(38, 18), `date` DATE, `datetime` TIMESTAMP, `list` ARRAY,
    `dict` with keys of `str` MAP, and a class with fields STRUCT. A field is NOT NULL unless its type is Optional.

    Raises SchemaError for any other type, and for a default other than None, which no request would get.
    """
    if isinstance(schema, StructType):
        return schema
    return StructType([_field(schema, name, hint, default) for name, hint, default in _fields(schema)])


def java_schema(spark: SparkSession, schema: Schema) -> Any:
    """The StructType in the JVM."""
    view = jvm(spark)
    with java_errors(SchemaError):
        if isinstance(schema, str):
            return view.io.sparkwire.spark.catalyst.Ddl.columns(schema)
        return view.org.apache.spark.sql.types.DataType.fromJson(struct_type(schema).json())


def from_ddl(spark: SparkSession, ddl: str) -> StructType:
    """The StructType of DDL, which may have VECTOR for a column of `pyspark.ml.linalg` vectors."""
    in_plan = jvm(spark).io.sparkwire.spark.catalyst.Ddl.inPlan(java_schema(spark, ddl))
    return StructType.fromJson(json.loads(in_plan.json()))


def _fields(cls: Any) -> list[tuple[str, Any, Any]]:
    """Name, type and default of each field; None where there is no default."""
    if dataclasses.is_dataclass(cls) and isinstance(cls, type):
        hints = typing.get_type_hints(cls)
        return [(field.name, hints[field.name], _default_of(field)) for field in dataclasses.fields(cls)]
    if hasattr(cls, "model_fields"):
        hints = typing.get_type_hints(cls)
        return [(field.alias or name, hints[name], _default_of(field)) for name, field in cls.model_fields.items()]
    raise SchemaError(f"a schema must be DDL, a StructType, a dataclass or a pydantic model, got {cls!r}")


def _default_of(field: Any) -> Any:
    """A default, or a function that makes one; None if there is none, or if it is None."""
    if getattr(field, "default_factory", None) not in (None, dataclasses.MISSING):
        return field.default_factory
    none = (dataclasses.MISSING,)
    undefined = field.default in none or type(field.default).__name__ == "PydanticUndefinedType"
    return None if undefined else field.default


def _field(cls: Any, name: str, hint: Any, default: Any) -> StructField:
    where = f"field '{name}' of {cls.__name__}"
    if default is not None:
        raise SchemaError(f"{where} must have no default but None, which a request without it gets, got {default!r}")
    inner = _inner(hint)
    return StructField(name, _type(where, hint if inner is None else inner), inner is not None)


def _inner(hint: Any) -> Optional[Any]:
    """The type that is optional; None if the hint is not Optional."""
    if typing.get_origin(hint) not in (Union, types.UnionType):
        return None
    others = [argument for argument in typing.get_args(hint) if argument is not type(None)]
    return others[0] if len(others) == 1 and len(typing.get_args(hint)) == 2 else None


def _type(where: str, hint: Any) -> DataType:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _type(where, arguments[0])
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin in (list, tuple) and arguments and (origin is list or arguments[1:] == (...,)):
        return ArrayType(*_element(where, arguments[0]))
    if origin is dict and arguments[0] is str:
        return MapType(StringType(), *_element(where, arguments[1]))
    if dataclasses.is_dataclass(hint) or hasattr(hint, "model_fields"):
        return struct_type(hint)
    raise SchemaError(
        f"{where} has the type {hint!r}; possible are bool, int, float, str, bytes, Decimal, date, datetime, list[...], dict[str, ...],"
        " dataclasses, pydantic models, and Optional of these"
    )


def _element(where: str, hint: Any) -> tuple[DataType, bool]:
    inner = _inner(hint)
    return _type(where, hint if inner is None else inner), inner is not None
