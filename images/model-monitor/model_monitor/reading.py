"""Reads rows batch by batch, and of them only the columns that are asked for: memory does not grow with the data."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from . import s3
from .errors import DataError
from .sources import DataFile, list_files

_BATCH_ROWS = 50_000


@dataclass(frozen=True)
class Batch:
    """Some rows. `text`: every value is text, as in a CSV file, and means what it can be parsed to."""

    table: pa.Table
    text: bool


def read_batches(uri: str, format: str, columns: list[str]) -> Iterator[Batch]:
    """Yields all rows under a path in a fixed order; raises `DataError` `DATA_UNREADABLE` or `DATA_MISSING`."""
    for file in list_files(uri, format):
        try:
            yield from _parquet(file, columns) if format == "parquet" else _csv(file, columns)
        except s3.S3_ERRORS as error:
            raise DataError("DATA_UNREADABLE", f"{file.name} under {uri}: {s3.reason(error)}") from error
        except (pa.ArrowException, pd.errors.ParserError, OSError, EOFError, UnicodeDecodeError) as error:
            raise DataError("DATA_UNREADABLE", f"{file.name} under {uri} is not readable as {format}") from error


def _parquet(file: DataFile, columns: list[str]) -> Iterator[Batch]:
    with file.open() as stream, pq.ParquetFile(stream) as parquet:
        there = [name for name in columns if name in parquet.schema_arrow.names]
        if not there:
            yield _nameless(parquet.metadata.num_rows, text=False)
            return
        for batch in parquet.iter_batches(_BATCH_ROWS, columns=there):
            yield Batch(pa.Table.from_batches([batch]), text=False)


def _csv(file: DataFile, columns: list[str]) -> Iterator[Batch]:
    with file.open() as stream:
        plain = gzip.GzipFile(fileobj=stream) if file.name.endswith(".gz") else stream
        try:
            # Without this, a category called NA would be a missing value.
            options = {"dtype": str, "keep_default_na": False, "na_values": [""], "chunksize": _BATCH_ROWS}
            for frame in pd.read_csv(plain, usecols=_Wanted(columns), **options):
                wanted = frame[[name for name in frame if name in columns]]
                yield Batch(_text_table(wanted), text=True) if len(wanted.columns) else _nameless(len(frame), text=True)
        except pd.errors.EmptyDataError:
            return


class _Wanted:
    """Picks columns by name, and the first one in any case: pandas reads no rows where no column is picked."""

    def __init__(self, columns: list[str]) -> None:
        self._columns = columns
        self._first: str | None = None

    def __call__(self, name: str) -> bool:
        self._first = self._first or name
        return name in self._columns or name == self._first


def _text_table(frame: pd.DataFrame) -> pa.Table:
    arrays = [pa.array(frame[name], type=pa.string(), from_pandas=True) for name in frame]
    return pa.Table.from_arrays(arrays, names=list(frame))


def _nameless(rows: int, text: bool) -> Batch:
    """Rows that count although no column of them is wanted."""
    return Batch(pa.table({"": pa.nulls(rows)}), text)


def as_numbers(column: pa.ChunkedArray) -> np.ndarray:
    """The values as floating-point numbers; NaN for what is missing or no number."""
    kind = column.type
    if (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    ):
        wide = column.cast(pa.uint8()) if pa.types.is_boolean(kind) else column
        return np.asarray(wide.cast(pa.float64(), safe=False).to_numpy(), dtype=float)
    if pa.types.is_dictionary(kind):
        return as_numbers(column.cast(kind.value_type))
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return np.full(len(column), np.nan)
    return np.asarray(pd.to_numeric(column.to_pandas(), errors="coerce"), dtype=float)


def as_labels(column: pa.ChunkedArray) -> pd.Series:
    """The values as text, `None` for what is missing. A whole number is the same text in a column of any type."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_labels(column.cast(kind.value_type))
    if pa.types.is_floating(kind):
        numbers = as_numbers(column)
        texts = [
            None if np.isnan(n) else str(int(n)) if n == np.floor(n) and np.isfinite(n) else repr(float(n))
            for n in numbers
        ]
        return pd.Series(texts, dtype=object)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pd.Series([None] * len(column), dtype=object)
    return column.cast(pa.string()).to_pandas().astype(object)
