"""How far the distribution of each column has moved from that of the reference."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .config import ColumnRule, Config, DriftRule
from .errors import DataError
from .evidently_setup import DataDefinition, Dataset, Report, ValueDrift, get_stattest

# From here on two samples of one distribution are nearer than the usual threshold.
_MANY_ROWS = 2000
_EVIDENTLY_KINDS = {"numerical": "num", "categorical": "cat"}


@dataclass(frozen=True)
class ColumnDrift:
    """One column. `score` is a distance or a p-value, as `method` says; `None` where there was nothing to compare."""

    column: str
    method: str
    threshold: float
    score: float | None
    drifted: bool


@dataclass(frozen=True)
class DriftResult:
    """All columns that were compared, and a page of HTML with their distributions."""

    columns: tuple[ColumnDrift, ...]
    html: str

    @property
    def share(self) -> float:
        """Share of the compared columns that drifted, 0 to 1."""
        return sum(column.drifted for column in self.columns) / len(self.columns)


def judge_drift(config: Config, reference: pd.DataFrame, current: pd.DataFrame) -> DriftResult:
    """Compares the columns; raises `DataError` `REFERENCE_UNUSABLE`, `DATA_UNUSABLE` or `DRIFT_FAILED`.

    A column that is not there counts as one without values, unless it may be left out.
    """
    current = _with_absent(config, current)
    kinds = _comparable(config, reference, current)
    chosen = {name: _method(config, name, kind, reference, current) for name, kind in kinds.items()}
    empty = [name for name, kind in kinds.items() if len(_values(current[name], kind)) == 0]
    compared = [name for name in kinds if name not in empty]
    scores, html = _compare(kinds, compared, chosen, reference, current)
    # A column that held values and holds none any more has moved as far as it can.
    gone = [ColumnDrift(name, *chosen[name], score=None, drifted=True) for name in empty]
    return DriftResult(columns=tuple(scores + gone), html=html)


def _with_absent(config: Config, current: pd.DataFrame) -> pd.DataFrame:
    if not any(name in current.columns for name in config.judged):
        raise DataError("DATA_UNUSABLE", "the current data has none of the columns to compare")
    rules = config.validation.rules
    needed = (name for name in config.judged if not rules.get(name, ColumnRule()).optional)
    return current.reindex(columns=[*current.columns, *(name for name in needed if name not in current.columns)])


def _comparable(config: Config, reference: pd.DataFrame, current: pd.DataFrame) -> dict[str, str]:
    there = {name: kind for name, kind in config.judged.items() if name in current.columns}
    for name, kind in there.items():
        if name not in reference.columns or len(_values(reference[name], kind)) == 0:
            raise DataError("REFERENCE_UNUSABLE", f"the reference has no values of the column {name}")
    return there


def _values(column: pd.Series, kind: str) -> pd.Series:
    return (column.replace([np.inf, -np.inf], np.nan) if kind == "numerical" else column).dropna()


def _method(config: Config, name: str, kind: str, reference: pd.DataFrame, current: pd.DataFrame) -> tuple[str, float]:
    """The method of a column and its threshold: those of the configuration, else what suits the data."""
    rule = config.drift_rules.get(name, DriftRule())
    before, now = _values(reference[name], kind), _values(current[name], kind)
    if rule.method is None:
        method, threshold = _by_number(before, now) if kind == "numerical" else _by_label(before, now)
    else:
        method = rule.method
        threshold = float(get_stattest(before, now, _EVIDENTLY_KINDS[kind], method).default_threshold)
    return method, threshold if rule.threshold is None else rule.threshold


def _by_number(before: pd.Series, now: pd.Series) -> tuple[str, float]:
    """A distance; with few rows, where chance makes one, a test, whose false alarms are as rare with any number."""
    return ("wasserstein", 0.1) if min(len(before), len(now)) >= _MANY_ROWS else ("ks", 0.01)


def _by_label(before: pd.Series, now: pd.Series) -> tuple[str, float]:
    """A distance, beyond what chance makes: for many labels in few rows that is more than the usual 0.1.

    Two samples of one distribution over k labels are about sqrt((k - 1) / 8 * (1 / n + 1 / m)) apart. The distance is
    never more than sqrt(ln 2), so that a threshold near it would not be one.
    """
    labels = len(set(before.unique()) | set(now.unique()))
    if min(len(before), len(now)) == 0:
        return "jensenshannon", 0.1
    chance = math.sqrt((labels - 1) / 8 * (1 / len(before) + 1 / len(now)))
    return "jensenshannon", min(max(0.1, 1.4 * chance), 0.6)


def _compare(
    kinds: dict[str, str],
    names: list[str],
    chosen: dict[str, tuple[str, float]],
    reference: pd.DataFrame,
    current: pd.DataFrame,
) -> tuple[list[ColumnDrift], str]:
    if not names:
        return [], ""
    definition = DataDefinition(
        numerical_columns=[name for name in names if kinds[name] == "numerical"],
        categorical_columns=[name for name in names if kinds[name] == "categorical"],
    )
    metrics = [ValueDrift(column=name, method=chosen[name][0], threshold=chosen[name][1]) for name in names]
    try:
        report = Report(metrics, include_tests=True).run(
            Dataset.from_pandas(current[names], definition), Dataset.from_pandas(reference[names], definition)
        )
        found = [
            _outcome(name, chosen[name], result)
            for name, result in zip(names, report.metric_results.values(), strict=True)
        ]
        return found, report.get_html_str(as_iframe=False)
    except (ValueError, KeyError, IndexError, TypeError, ArithmeticError) as error:
        # The message may quote values.
        raise DataError("DRIFT_FAILED", f"Evidently could not compare the columns ({type(error).__name__})") from error


def _outcome(name: str, chosen: tuple[str, float], result: Any) -> ColumnDrift:
    """Evidently's own test says whether it drifted: for p-values less is worse, for distances more."""
    score = float(result.value)
    drifted = any(test.status.value == "FAIL" for test in result.tests)
    return ColumnDrift(name, *chosen, score=None if math.isnan(score) else score, drifted=drifted)
