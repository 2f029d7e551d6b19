"""The steps between requests and replies. Each is a function over a DataFrame, and a method of DataFrame once `sparkwire` is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Literal, Optional, Sequence, Union

from pyspark import cloudpickle
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StructField, StructType

from sparkwire import batches
from sparkwire.errors import ModelError, PipelineError, SchemaError, java_errors
from sparkwire.schemas import Schema, from_ddl, java_schema, struct_type
from sparkwire.session import jvm

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.ml import Transformer

cloudpickle.register_pickle_by_value(batches)  # type: ignore[no-untyped-call]

_ID_FIELDS = ["originatingService", "requestId", "partitionId"]


def parse_request(
    requests: DataFrame, schema: Schema, mode: Literal["strict", "permissive", "raw"] = "strict"
) -> DataFrame:
    """Adds the fields of a JSON body as columns, after the id and the request.

    `schema` is DDL, a StructType, a dataclass or a pydantic model. In the mode `strict` a body that does not match it gets a 400 that names
    the field; with `permissive`, what cannot be read is null; with `raw` the body is not parsed, and is the one column of the schema, a STRING
    or BINARY. A field that is called `id` or `request` wins over the source's own column, which then gets an underscore in front.

    Raises SchemaError if the schema cannot be read or has a type that JSON cannot have.
    """
    if mode not in ("strict", "permissive", "raw"):
        raise SchemaError(f"the mode must be strict, permissive or raw, got {mode!r}")
    facade = jvm(requests.sparkSession).io.sparkwire.spark
    fields = java_schema(requests.sparkSession, schema)
    with java_errors(SchemaError):
        return _frame(requests, facade.Serving.parseRequest(_rows(requests), fields, facade.ParseMode.valueOf(mode.upper())))


def ml_transform(rows: DataFrame, model: Transformer) -> DataFrame:
    """Adds the columns of a model, or of any other transformer of SparkML.

    A column that the model wants as a vector may be an array of numbers, and is a vector from here on. Stages written in Python work, too.

    Raises ModelError if one of its stages cannot work on a stream; AnalysisException if a column is missing.
    """
    if not _is_java(model):
        return model.transform(rows)
    with java_errors(ModelError):
        return _frame(rows, _pipeline(rows).mlTransform(model._to_java()).dataset())  # type: ignore[attr-defined]


def _is_java(model: Any) -> bool:
    return hasattr(model, "_to_java") and all(_is_java(stage) for stage in getattr(model, "stages", []))


def sql(rows: DataFrame, query: str) -> DataFrame:
    """Computes the columns of a SQL query over the view `requests`: the rows' own columns, with ML vectors as arrays.

    Every row of the result has to come from one request: SELECT, WHERE, JOIN with static tables, LATERAL VIEW, subqueries over other tables and
    WITH are possible. A request that WHERE leaves out gets the status of the option `no-row`.

    Raises PipelineError if the query does not give one row per request, SchemaError if it cannot be read.
    """
    with java_errors(PipelineError):
        return _frame(rows, jvm(rows.sparkSession).io.sparkwire.spark.Serving.sql(_rows(rows), query))


def map_python(
    rows: DataFrame,
    function: Callable[[pd.DataFrame], Any],
    schema: Schema,
    max_batch: Optional[int] = None,
) -> DataFrame:
    """Replaces the rows' own columns by those that a Python function computes.

    The function gets a pandas DataFrame with the rows' own columns, without id and request: all requests that are queued, and at most
    `max_batch` of them (1 or more; None for the limit of the option `python-batch-rows`). It returns a DataFrame with the columns of `schema`, or a
    Series, array or list where that has one column, with a row for each that it got, in the same order. If it raises an exception or returns
    another number of rows, its rows are tried one by one, and a request on which it fails again gets a 500.

    Raises SchemaError if the schema cannot be read, PipelineError if the rows have lost the id of requests.
    """
    if max_batch is not None and max_batch < 1:
        raise PipelineError(f"max_batch must be 1 or more, got {max_batch}")
    columns = from_ddl(rows.sparkSession, schema) if isinstance(schema, str) else struct_type(schema)
    given = _id_column(rows)
    id_of_result = _free("id", columns.names)
    with java_errors(PipelineError):
        own = list(_pipeline(rows).columns())
    step = batches.mapped(function, given, id_of_result, columns.names, max_batch)
    result = StructType([StructField(id_of_result, rows.schema[given].dataType, False), *columns.fields])
    return rows.select(*map(_quoted, [given, *own])).mapInPandas(step, result)


def reply_when(
    rows: DataFrame, condition: Union[Column, str], reply: Union[Column, str], service: Optional[str] = None
) -> DataFrame:
    """Replies at once to the rows that meet a condition, and continues with the others.

    `condition` and `reply` are Columns or SQL expressions. `service` is the name of the service that got the requests; None for the only one.

    Raises PipelineError if the rows have lost the id of requests, or come from no service.
    """
    facade = jvm(rows.sparkSession).io.sparkwire.spark.Serving
    with java_errors(PipelineError):
        name = service or _pipeline(rows).service()
        return _frame(rows, facade.replyWhen(_rows(rows), name, _column(condition), _column(reply)))


def make_reply(
    rows: DataFrame, column: Union[str, Sequence[str]], status: Optional[str] = None, headers: Optional[str] = None
) -> DataFrame:
    """Makes a column the body of the reply, or a JSON object of several.

    A struct, map or array becomes JSON; a string `text/plain`; binary `application/octet-stream`; an ML vector a JSON array; any other value
    `{"<column>": value}`. Null becomes an empty 204. `status` names a column of INT, 200 to 599, null for 200; `headers` one of arrays of
    struct(name, value).

    Raises AnalysisException if there is no such column, PipelineError if the rows have lost the id of requests.
    """
    facade = jvm(rows.sparkSession).io.sparkwire.spark.Serving
    with java_errors(PipelineError):
        if isinstance(column, str):
            return _frame(rows, facade.makeReply(_rows(rows), column, status, headers))
        if status is None and headers is None:
            return _frame(rows, facade.makeReplyOf(_rows(rows), list(map(_quoted, column))))
        body = _free("reply", rows.columns)
        several = rows.withColumn(body, F.struct(*map(_quoted, column)))
        return _frame(rows, facade.makeReply(_rows(several), body, status, headers))


def service_of(rows: DataFrame) -> str:
    """The name of the service whose requests the rows come from; raises PipelineError if that is none, or more than one."""
    with java_errors(PipelineError):
        return str(_pipeline(rows).service())


def _pipeline(rows: DataFrame) -> Any:
    return jvm(rows.sparkSession).io.sparkwire.spark.Serving.pipeline(_rows(rows))


def _rows(rows: DataFrame) -> Any:
    return rows._jdf


def _frame(rows: DataFrame, dataset: Any) -> DataFrame:
    return DataFrame(dataset, rows.sparkSession)


def _column(column: Union[Column, str]) -> Any:
    return (F.expr(column) if isinstance(column, str) else column)._jc


def _id_column(rows: DataFrame) -> str:
    for field in rows.schema.fields:
        if isinstance(field.dataType, StructType) and field.dataType.names == _ID_FIELDS:
            return field.name
    raise PipelineError(f"the rows have lost the request's id; keep the column 'id' in every step, of {rows.columns}")


def _free(name: str, taken: Sequence[str]) -> str:
    """The name, with underscores in front until no column has it, whatever its case."""
    return _free("_" + name, taken) if name in {other.lower() for other in taken} else name


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
