"""A fair sample of rows that come in batches, of a size that is known before their number is."""

import numpy as np
import pandas as pd


class Sample:
    """Gives every row a random number and keeps the rows with the smallest: each row is as likely as any other.

    The same rows in the same batches with the same seed give the same sample.
    """

    def __init__(self, limit: int, seed: int) -> None:
        self._limit = limit
        self._random = np.random.default_rng(seed)
        self._bound = np.inf
        self._kept: list[pd.DataFrame] = []
        self._numbers: list[np.ndarray] = []

    def add(self, rows: pd.DataFrame) -> None:
        """Takes a batch."""
        numbers = self._random.random(len(rows))
        small = numbers < self._bound
        self._kept.append(rows[small])
        self._numbers.append(numbers[small])
        if sum(map(len, self._numbers)) > 2 * self._limit:
            self._trim()

    def frame(self) -> pd.DataFrame:
        """The sample, in the order in which the rows came."""
        self._trim()
        return self._kept[0] if self._kept else pd.DataFrame()

    def _trim(self) -> None:
        if not self._kept:
            return
        numbers = np.concatenate(self._numbers)
        rows = pd.concat(self._kept, ignore_index=True) if len(self._kept) > 1 else self._kept[0]
        if len(numbers) > self._limit:
            self._bound = float(np.partition(numbers, self._limit)[self._limit])
            small = numbers < self._bound
            rows, numbers = rows[small], numbers[small]
        self._kept, self._numbers = [rows.reset_index(drop=True)], [numbers]
