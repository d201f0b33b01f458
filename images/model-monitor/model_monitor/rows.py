"""Reads a source to the end: every row is counted and checked, a sample of them is kept for comparisons."""

from dataclasses import dataclass

import pandas as pd

from .config import Config, Source
from .reading import Batch, as_labels, as_numbers, read_batches
from .sampling import Sample
from .validation import Validator


@dataclass(frozen=True)
class Rows:
    """How many rows a source has, and some of them."""

    total: int
    sample: pd.DataFrame


def read_rows(config: Config, source: Source, uri: str, validator: Validator | None = None) -> Rows:
    """Reads all rows under a path; raises `DataError`."""
    kinds = {name: kind for name, kind in config.kinds.items() if kind != "timestamp"}
    wanted = list(kinds) if validator is None else list(config.kinds)
    sample = Sample(source.max_rows, config.seed)
    total = 0
    for batch in read_batches(uri, source.format, wanted):
        total += batch.table.num_rows
        if validator is not None:
            validator.add(batch)
        sample.add(_to_frame(batch, kinds))
    return Rows(total, sample.frame())


def _to_frame(batch: Batch, kinds: dict[str, str]) -> pd.DataFrame:
    """Numbers as floating-point numbers, everything else as text: what differs between two files is then the data."""
    there = set(batch.table.column_names)
    columns = {
        name: as_numbers(batch.table[name]) if kind == "numerical" else as_labels(batch.table[name]).to_numpy()
        for name, kind in kinds.items()
        if name in there
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(batch.table.num_rows))
