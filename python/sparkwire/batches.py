"""What `map_python` runs in Python workers. It is sent to them whole, so that they need not have this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Optional

if TYPE_CHECKING:
    import pandas as pd


def mapped(
    function: Callable[[pd.DataFrame], Any], id_column: str, id_of_result: str, columns: list[str], max_batch: Optional[int]
) -> Callable[[Iterable[pd.DataFrame]], Iterable[pd.DataFrame]]:
    """The function as one for `mapInPandas`, which keeps the ids of requests from it.

    `columns` are those of the result.
    """

    def parts(batch: pd.DataFrame) -> Iterator[pd.DataFrame]:
        if max_batch is None or len(batch) <= max_batch:
            yield batch
        else:
            for start in range(0, len(batch), max_batch):
                yield batch.iloc[start : start + max_batch].reset_index(drop=True)

    def result(part: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        given = function(part.drop(columns=[id_column]))
        if isinstance(given, pd.DataFrame):
            missing = [name for name in columns if name not in given.columns]
            if missing:
                raise ValueError(f"the function must return the columns {columns}, but it has returned none named {missing[0]!r}")
            values = {name: given[name].reset_index(drop=True) for name in columns}
        elif len(columns) == 1:
            values = {columns[0]: pd.Series(given).reset_index(drop=True)}
        else:
            raise TypeError(f"the function must return a DataFrame with the columns {columns}, got {type(given).__name__}")
        rows = {len(value) for value in values.values()}
        if rows != {len(part)}:
            raise ValueError(f"the function must return a row for each of the {len(part)} that it got, but it has returned {max(rows)}")
        return pd.DataFrame({id_of_result: part[id_column], **values})

    def run(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            for part in parts(batch):
                yield result(part)

    return run
