"""How good the answers were, where the truth has come in."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn import metrics as sk

from .config import Config
from .evidently_setup import (
    MAE,
    MAPE,
    RMSE,
    Accuracy,
    BinaryClassification,
    DataDefinition,
    Dataset,
    F1Score,
    MulticlassClassification,
    Precision,
    R2Score,
    Recall,
    Regression,
    Report,
)

_PAGES = {
    **{"accuracy": Accuracy, "f1": F1Score, "precision": Precision, "recall": Recall},
    **{"mae": MAE, "rmse": RMSE, "r2": R2Score, "mape": MAPE},
}


@dataclass(frozen=True)
class QualityResult:
    """Metrics by name; a metric that these rows do not define is not among them."""

    rows: int
    metrics: dict[str, float]
    html: str


def judge_quality(config: Config, current: pd.DataFrame) -> QualityResult | None:
    """Judges the rows that have an answer and a truth; `None` where nobody asked or too few rows have both."""
    columns = config.columns
    target, prediction = columns.target, columns.prediction
    if not config.quality_metrics or target is None or prediction is None or not {target, prediction} <= set(current):
        return None
    labelled = current.replace([np.inf, -np.inf], np.nan).dropna(subset=[target, prediction])
    if len(labelled) < config.min_labelled_rows:
        return None
    rows = pd.DataFrame({"target": labelled[target], "prediction": labelled[prediction]})
    if config.positive_label is not None:
        rows = (rows == config.positive_label).astype(int)
    if columns.probability is not None and columns.probability in labelled:
        rows["probability"] = labelled[columns.probability]
    measured = {name: _MEASURES[name](rows, config.positive_label is not None) for name in config.quality_metrics}
    known = {name: value for name, value in measured.items() if value is not None}
    return QualityResult(len(rows), known, _page(config, rows))


_Measure = Callable[[pd.DataFrame, bool], float | None]


def _accuracy(rows: pd.DataFrame, binary: bool) -> float:
    return float(sk.accuracy_score(rows.target, rows.prediction))


def _of_class(score: Callable[..., float]) -> _Measure:
    """Of the positive label, where one is named; otherwise the mean over all labels."""

    def measure(rows: pd.DataFrame, binary: bool) -> float | None:
        # Where the positive label occurs nowhere there is nothing to find and nothing to be found.
        if binary and not (rows.target.any() or rows.prediction.any()):
            return None
        return float(score(rows.target, rows.prediction, average="binary" if binary else "macro", zero_division=0))

    return measure


def _roc_auc(rows: pd.DataFrame, binary: bool) -> float | None:
    if "probability" not in rows:
        return None
    scored = rows.dropna(subset=["probability"])
    # Without both labels there is no pair to put in order.
    return float(sk.roc_auc_score(scored.target, scored.probability)) if scored.target.nunique() == 2 else None


def _r2(rows: pd.DataFrame, binary: bool) -> float | None:
    # Of a target that never changes no variance can be explained.
    return float(sk.r2_score(rows.target, rows.prediction)) if rows.target.nunique() > 1 else None


def _mape(rows: pd.DataFrame, binary: bool) -> float | None:
    """As a share: 0.1 is 10 percent. Rows whose target is 0 have no relative error."""
    counted = rows[rows.target != 0]
    return float(sk.mean_absolute_percentage_error(counted.target, counted.prediction)) if len(counted) else None


_MEASURES: dict[str, _Measure] = {
    "accuracy": _accuracy,
    "f1": _of_class(sk.f1_score),
    "precision": _of_class(sk.precision_score),
    "recall": _of_class(sk.recall_score),
    "roc_auc": _roc_auc,
    "mae": lambda rows, _: float(sk.mean_absolute_error(rows.target, rows.prediction)),
    "rmse": lambda rows, _: float(sk.root_mean_squared_error(rows.target, rows.prediction)),
    "r2": _r2,
    "mape": _mape,
}


def _page(config: Config, rows: pd.DataFrame) -> str:
    """Evidently's page. Probabilities are left out of it: with them it would label the rows anew, at one half."""
    labels = {"target": "target", "prediction_labels": "prediction"}
    if config.task == "regression":
        definition = DataDefinition(regression=[Regression(target="target", prediction="prediction")])
    elif config.positive_label is not None:
        definition = DataDefinition(classification=[BinaryClassification(**labels, pos_label=1)])
    else:
        definition = DataDefinition(classification=[MulticlassClassification(**labels)])
    wanted = [_PAGES[name]() for name in config.quality_metrics if name in _PAGES]
    try:
        report = Report(wanted).run(Dataset.from_pandas(rows[["target", "prediction"]], definition), None)
        return str(report.get_html_str(as_iframe=False))
    except (ValueError, KeyError, IndexError, TypeError, ArithmeticError):
        # The numbers stand without the picture.
        return ""
