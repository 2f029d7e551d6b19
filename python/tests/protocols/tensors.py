"""Rows as V2 has them: a tensor for each column."""

import numpy as np


def values(column):
    """A column as NumPy's values: no number is NaN, and no text is empty, which the models take for missing as they do a null."""
    if any(isinstance(value, str) for value in column):
        return np.array([value or "" for value in column], dtype=object)
    return np.array([np.nan if value is None else value for value in column], dtype=np.float64)


def datatype(column):
    return "BYTES" if any(isinstance(value, str) for value in column) else "FP64"


def texts(array):
    """The texts of a tensor of BYTES."""
    return [value.decode() if isinstance(value, bytes) else value for value in array.flatten()]
