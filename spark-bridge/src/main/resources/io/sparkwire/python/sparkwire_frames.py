"""The data frames of map functions.

PySpark makes a dict of each request's id, and Arrow's struct of each dict again. Most functions only pass ids on, so they stay in Arrow's memory
here: a column of pandas' Arrow-backed type, whose elements are dicts when a function looks at them. All else is PySpark's own conversion.
"""

import functools
import inspect

import pandas as pd
import pyarrow as pa
from pyspark.sql.pandas import serializers

# The fields of an id, as RowSchema.ID_TYPE has them.
ID_FIELDS = ["originatingService", "requestId", "partitionId"]

# PySpark 4.2 has one that converts no frames, and 4.3 has none.
UDF_SERIALIZER = getattr(serializers, "ArrowStreamPandasUDFSerializer", object)


def is_id(arrow_type):
    return pa.types.is_struct(arrow_type) and [field.name for field in arrow_type] == ID_FIELDS


@functools.cache
def columns_named(names):
    """Columns that have looked up a name already: it takes time once."""
    columns = pd.Index(names)
    columns.get_loc(names[0])
    return columns


class FrameSerializer(UDF_SERIALIZER):
    """PySpark's serializer, with less work for a frame: most have one row, so that work for each column counts."""

    def arrow_to_pandas(self, column, index):
        names = tuple([field.name for field in column.type])
        if not names or len(set(names)) < len(names):
            return super().arrow_to_pandas(column, index)
        rows = pd.RangeIndex(len(column))
        frame = pd.DataFrame({i: self.series(i, each, rows) for i, each in enumerate(column.flatten())}, index=rows, copy=False)
        frame.columns = columns_named(names).view()
        return frame

    def series(self, index, column, rows):
        if is_id(column.type):
            return pd.Series(pd.arrays.ArrowExtensionArray(column), index=rows, copy=False)
        series = serializers.ArrowStreamPandasSerializer.arrow_to_pandas(self, column, index, self._struct_in_pandas, self._ndarray_as_list)
        series.index = rows
        return series

    def _create_struct_array(self, df, arrow_struct_type, spark_type=None):
        columns = dict(df.items())  # a lookup by name would build an index first
        by_name = self._assign_cols_by_name and all(field.name in columns for field in arrow_struct_type)
        if not columns or len(columns) < len(df.columns) or not by_name or spark_type is not None:
            return super()._create_struct_array(df, arrow_struct_type, spark_type)
        arrays = [self._create_array(columns[field.name], field.type, arrow_cast=self._arrow_cast) for field in arrow_struct_type]
        return pa.StructArray.from_arrays(arrays, fields=list(arrow_struct_type))

    def _create_array(self, series, arrow_type, spark_type=None, arrow_cast=False):
        if isinstance(series.dtype, pd.ArrowDtype) and is_id(series.dtype.pyarrow_dtype):
            if series.dtype.pyarrow_dtype == arrow_type:
                return series.array.__arrow_array__().combine_chunks()
            series = series.astype(object)
        return super()._create_array(series, arrow_type, spark_type, arrow_cast)


def faster(serializer):
    """The same serializer with faster frames; what another version of PySpark has stays as it is."""
    known = ["self", "arrow_column", "idx"]
    convert = getattr(type(serializer), "arrow_to_pandas", None)
    if type(serializer) is UDF_SERIALIZER and convert is not None and list(inspect.signature(convert).parameters) == known:
        serializer.__class__ = FrameSerializer
    return serializer
