"""Checks every row of the data, batch by batch, and counts; values are never kept nor told."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from .config import ColumnRule, Config
from .reading import Batch, as_labels, as_numbers

CHECKS = ("rows", "columns", "missing", "type", "range", "allowed", "unique")
_TRUTH_VALUES = ("true", "false", "True", "False", "TRUE", "FALSE", "0", "1")


@dataclass(frozen=True)
class ValidationResult:
    """What was counted, and which rules were broken: by check, a sentence for each column."""

    rows: int
    missing_shares: dict[str, float]
    absent_columns: tuple[str, ...]
    failures: dict[str, tuple[str, ...]]

    @property
    def passed(self) -> bool:
        """Whether no rule was broken."""
        return not any(self.failures.values())


@dataclass
class _Counts:
    """What is known of one column so far."""

    rule: ColumnRule
    rows: int = 0
    missing: int = 0
    wrong: dict[str, int] = field(default_factory=lambda: {"type": 0, "range": 0, "allowed": 0})
    hashes: list[np.ndarray] = field(default_factory=list)

    @property
    def present(self) -> int:
        return self.rows - self.missing


class Validator:
    """Takes the batches of the current data one after the other."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._rows = 0
        self._absent: set[str] = set()
        self._counts = {name: _Counts(_rule_of(config, name, kind)) for name, kind in config.kinds.items()}

    def add(self, batch: Batch) -> None:
        """Counts the rows of a batch, and what is wrong in them."""
        self._rows += batch.table.num_rows
        for name, counts in self._counts.items():
            if name in batch.table.column_names:
                _count(counts, batch.table[name], batch.text)
            else:
                self._absent.add(name)

    def finish(self) -> ValidationResult:
        """Judges what was counted."""
        validation, truth = self._config.validation, self._config.columns.target
        failures: dict[str, list[str]] = {check: [] for check in CHECKS}
        if self._rows < validation.min_rows:
            failures["rows"].append(f"{self._rows} rows, fewer than {validation.min_rows}")
        for name, counts in self._counts.items():
            if name in self._absent and not counts.rule.optional and name != truth:
                failures["columns"].append(f"{name} is not in every file")
            for check, problem in self._problems(name, counts):
                failures[check].append(f"{name}: {problem}")
        return ValidationResult(
            rows=self._rows,
            missing_shares={
                name: counts.missing / counts.rows
                for name, counts in self._counts.items()
                if counts.rows > 0 and name != truth and not counts.rule.may_be_missing
            },
            absent_columns=tuple(sorted(self._absent)),
            failures={check: tuple(found) for check, found in failures.items()},
        )

    def _problems(self, name: str, counts: _Counts) -> Iterator[tuple[str, str]]:
        validation = self._config.validation
        # The truth about a prediction comes late, so that some of it is always missing.
        free = counts.rule.may_be_missing or name == self._config.columns.target
        if not free and counts.missing > validation.max_missing_share * counts.rows:
            yield "missing", f"{counts.missing} of {counts.rows} values are missing"
        for check, wrong in counts.wrong.items():
            if wrong > validation.max_invalid_share * counts.present:
                yield check, f"{wrong} of {counts.present} values break the rule"
        if counts.rule.unique and counts.hashes:
            repeated = counts.present - len(np.unique(np.concatenate(counts.hashes)))
            if repeated > 0:
                yield "unique", f"{repeated} of {counts.present} values are repeated"


def _rule_of(config: Config, name: str, kind: str) -> ColumnRule:
    """The rule of a column; numbers and timestamps have to be such even where nobody says so."""
    rule = config.validation.rules.get(name, ColumnRule())
    implied = {"numerical": "number", "timestamp": "timestamp"}.get(kind)
    return rule if rule.type is not None or implied is None else replace(rule, type=implied)


def _count(counts: _Counts, column: pa.ChunkedArray, text: bool) -> None:
    rule = counts.rule
    there = _present(column)
    counts.rows += len(column)
    counts.missing += int(len(column) - there.sum())
    if rule.type is not None:
        counts.wrong["type"] += int((there & ~_of_type(rule.type, column, text)).sum())
    if rule.least is not None or rule.most is not None:
        numbers = as_numbers(column)
        least = -np.inf if rule.least is None else rule.least
        most = np.inf if rule.most is None else rule.most
        outside = (numbers < least) | (numbers > most)
        counts.wrong["range"] += int((there & outside).sum())
    if rule.allowed is not None:
        counts.wrong["allowed"] += int((there & ~as_labels(column).isin(rule.allowed).to_numpy()).sum())
    if rule.unique:
        labels = as_labels(column).to_numpy()[there]
        counts.hashes.append(pd.util.hash_array(labels, categorize=False))


def _present(column: pa.ChunkedArray) -> np.ndarray:
    """Where there is a value: neither null nor the number that stands for none."""
    there = column.is_valid().to_numpy()
    if pa.types.is_floating(column.type):
        there = there & ~np.isnan(as_numbers(column))
    return np.asarray(there, dtype=bool)


def _of_type(wanted: str, column: pa.ChunkedArray, text: bool) -> np.ndarray:
    """Where a value is of a type. Text counts as a number only in files that hold nothing but text."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if wanted == "string":
        fits = text or pa.types.is_string(kind) or pa.types.is_large_string(kind)
        return np.full(len(column), fits)
    if text:
        return _parses_as(wanted, column)
    if wanted == "integer" and pa.types.is_floating(kind):
        numbers = as_numbers(column)
        return np.asarray(np.isfinite(numbers) & (numbers == np.floor(numbers)))
    fits = {
        "number": pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind),
        "integer": pa.types.is_integer(kind),
        "boolean": pa.types.is_boolean(kind),
        "timestamp": pa.types.is_timestamp(kind) or pa.types.is_date(kind),
    }[wanted]
    return np.full(len(column), fits)


def _parses_as(wanted: str, column: pa.ChunkedArray) -> np.ndarray:
    if wanted == "boolean":
        return np.asarray(column.to_pandas().isin(_TRUTH_VALUES))
    if wanted == "timestamp":
        return np.asarray(pd.to_datetime(column.to_pandas(), errors="coerce", format="ISO8601", utc=True).notna())
    numbers = as_numbers(column)
    return np.asarray(~np.isnan(numbers) & (wanted != "integer" or numbers == np.floor(numbers)))
