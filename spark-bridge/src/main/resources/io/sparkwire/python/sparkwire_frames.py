"""The data frames of map functions.

PySpark makes a dict of each request's id, and Arrow's struct of each dict again. Most functions only pass ids on, so they stay in Arrow's memory
here: a column of pandas' Arrow-backed type, whose elements are dicts when a function looks at them. All else is PySpark's own conversion.
"""

import inspect

import pandas as pd
import pyarrow as pa
from pyspark.sql.pandas import serializers

# The fields of an id, as RowSchema.ID_TYPE has them.
ID_FIELDS = ["originatingService", "requestId", "partitionId"]


def is_id(arrow_type):
    return pa.types.is_struct(arrow_type) and [field.name for field in arrow_type] == ID_FIELDS


class FrameSerializer(serializers.ArrowStreamPandasUDFSerializer):
    def arrow_to_pandas(self, column, index):
        names = [field.name for field in column.type]
        if not names or len(set(names)) < len(names):
            return super().arrow_to_pandas(column, index)
        columns = (self.series(*each) for each in enumerate(column.flatten()))
        return pd.DataFrame(dict(zip(names, columns)), copy=False)

    def series(self, index, column):
        if is_id(column.type):
            return pd.Series(pd.arrays.ArrowExtensionArray(column), copy=False)
        return serializers.ArrowStreamPandasSerializer.arrow_to_pandas(self, column, index, self._struct_in_pandas, self._ndarray_as_list)

    def _create_array(self, series, arrow_type, spark_type=None, arrow_cast=False):
        if isinstance(series.dtype, pd.ArrowDtype) and is_id(series.dtype.pyarrow_dtype):
            if series.dtype.pyarrow_dtype == arrow_type:
                return series.array.__arrow_array__().combine_chunks()
            series = series.astype(object)
        return super()._create_array(series, arrow_type, spark_type, arrow_cast)


def faster(serializer):
    """The same serializer with faster frames; what another version of PySpark has stays as it is."""
    known = ["self", "arrow_column", "idx"]
    if (
        type(serializer) is serializers.ArrowStreamPandasUDFSerializer
        and list(inspect.signature(type(serializer).arrow_to_pandas).parameters) == known
    ):
        serializer.__class__ = FrameSerializer
    return serializer
