"""Schemas as dataclasses and pydantic models."""

import datetime
import decimal
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

import pydantic
import pytest
from pyspark.sql.types import StructType

from sparkwire import SchemaError
from sparkwire.schemas import from_ddl, java_schema, struct_type


@dataclass
class Inner:
    a: int


@dataclass
class Everything:
    flag: bool
    whole: int
    real: float
    text: str
    data: bytes
    exact: decimal.Decimal
    day: datetime.date
    time: datetime.datetime
    items: List[Optional[int]]
    named: Dict[str, Optional[float]]
    inner: Inner
    perhaps: Optional[Inner]
    new: "int | None" = None


class Aliased(pydantic.BaseModel):
    real_name: str = pydantic.Field(alias="realName")
    limited: int = pydantic.Field(gt=0)
    several: List[Inner]


def test_each_type_of_a_dataclass(spark):
    assert struct_type(Everything) == StructType.fromDDL(
        "flag BOOLEAN NOT NULL, whole BIGINT NOT NULL, real DOUBLE NOT NULL, text STRING NOT NULL, data BINARY NOT NULL,"
        " exact DECIMAL(38, 18) NOT NULL, day DATE NOT NULL, time TIMESTAMP NOT NULL, items ARRAY<BIGINT> NOT NULL,"
        " named MAP<STRING, DOUBLE> NOT NULL, inner STRUCT<a: BIGINT NOT NULL> NOT NULL, perhaps STRUCT<a: BIGINT NOT NULL>, new BIGINT",
    )


def test_a_pydantic_model_has_the_names_of_its_json():
    fields = struct_type(Aliased)
    assert fields.names == ["realName", "limited", "several"]
    assert not any(one.nullable for one in fields)


def test_a_struct_type_is_its_own():
    schema = StructType().add("a", "integer")
    assert struct_type(schema) is schema


def test_ddl_may_have_vectors(spark):
    assert from_ddl(spark, "features VECTOR(3) NOT NULL").fields[0].dataType.typeName() == "vectorudt"


def test_what_is_no_schema_is_refused(spark):
    for wrong in (dict, 7, object()):
        with pytest.raises(SchemaError, match="must be DDL, a StructType, a dataclass or a pydantic model"):
            struct_type(wrong)
    with pytest.raises(SchemaError):
        java_schema(spark, "value NO_SUCH_TYPE")


def test_a_type_that_json_cannot_have_names_its_field():
    @dataclass
    class Odd:
        thing: Any

    with pytest.raises(SchemaError, match="field 'thing' of Odd"):
        struct_type(Odd)


def test_a_default_other_than_none_is_refused():
    @dataclass
    class Defaulted:
        number: int = 3

    @dataclass
    class Made:
        numbers: List[int] = field(default_factory=list)

    with pytest.raises(SchemaError, match="field 'number' of Defaulted must have no default but None.*got 3"):
        struct_type(Defaulted)
    with pytest.raises(SchemaError, match="field 'numbers' of Made"):
        struct_type(Made)
