import unittest
from typing import Any

import numpy as np
import pandas as pd

from model_monitor.quality import QualityResult, judge_quality

from .support import config

COLUMNS = {"numerical": ["age"], "target": "clicked", "prediction": "answer"}


def judged(frame: pd.DataFrame, metrics: list[str], columns: dict[str, Any] = COLUMNS, **changes: Any) -> QualityResult:
    chosen = config(columns=columns, quality={"metrics": metrics, "minRows": 2}, **changes)
    found = judge_quality(chosen, frame)
    assert found is not None
    return found


def labels(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["clicked", "answer"], dtype=object)


CLASSES = ["accuracy", "f1", "precision", "recall"]
BINARY = {"kind": "classification", "positiveLabel": "yes"}
# Three found, one missed, two found that are none, four left alone.
PAIRS = [("yes", "yes")] * 3 + [("yes", "no")] + [("no", "yes")] * 2 + [("no", "no")] * 4


class Classification(unittest.TestCase):
    def test_of_the_positive_label(self) -> None:
        result = judged(labels(PAIRS), CLASSES, task=BINARY)
        expected = {"accuracy": 0.7, "f1": 2 * 0.6 * 0.75 / 1.35, "precision": 0.6, "recall": 0.75}
        self.assertEqual(result.rows, 10)
        for name, value in expected.items():
            self.assertAlmostEqual(result.metrics[name], value)
        self.assertIn("<html", result.html)

    def test_of_many_labels_the_mean(self) -> None:
        frame = labels([("a", "a"), ("b", "b"), ("c", "b"), ("c", "c")])
        result = judged(frame, ["recall"], task={"kind": "classification"})
        self.assertAlmostEqual(result.metrics["recall"], (1 + 1 + 0.5) / 3)

    def test_labels_are_those_of_the_model_whatever_the_probability(self) -> None:
        frame = labels(PAIRS)
        frame["score"] = [0.45] * 3 + [0.1] + [0.4] * 2 + [0.2] * 4
        columns = {**COLUMNS, "probability": "score"}
        result = judged(frame, ["recall", "roc_auc"], columns, task=BINARY)
        self.assertAlmostEqual(result.metrics["recall"], 0.75)
        # Of the 24 pairs of a positive and a negative, 18 of those found and none of the one missed are in order.
        self.assertAlmostEqual(result.metrics["roc_auc"], 18 / 24)

    def test_what_is_not_defined_is_left_out(self) -> None:
        frame = labels([("no", "no")] * 5).assign(score=0.1)
        result = judged(frame, [*CLASSES, "roc_auc"], {**COLUMNS, "probability": "score"}, task=BINARY)
        self.assertEqual(result.metrics, {"accuracy": 1.0})


class Regression(unittest.TestCase):
    def test_errors(self) -> None:
        frame = pd.DataFrame({"clicked": [0.0, 2.0, 4.0], "answer": [1.0, 2.0, 2.0]})
        result = judged(frame, ["mae", "rmse", "r2", "mape"], task={"kind": "regression"})
        expected = {"mae": 1.0, "rmse": np.sqrt(5 / 3), "r2": 1 - 5 / 8, "mape": 0.25}
        for name, value in expected.items():
            self.assertAlmostEqual(result.metrics[name], value)

    def test_what_is_not_defined_is_left_out(self) -> None:
        frame = pd.DataFrame({"clicked": [0.0, 0.0], "answer": [1.0, 2.0]})
        self.assertEqual(judged(frame, ["r2", "mape", "mae"], task={"kind": "regression"}).metrics, {"mae": 1.5})


class Truth(unittest.TestCase):
    def test_rows_without_truth_or_answer_do_not_count(self) -> None:
        frame = labels([*PAIRS, ("yes", "no")])
        frame.loc[len(frame)] = [None, "yes"]
        frame.loc[len(frame)] = ["yes", None]
        self.assertEqual(judged(frame, ["accuracy"], task=BINARY).rows, 11)

    def test_too_few_rows_are_not_judged(self) -> None:
        chosen = config(columns=COLUMNS, task=BINARY, quality={"metrics": ["f1"], "minRows": 11})
        self.assertIsNone(judge_quality(chosen, labels(PAIRS)))
        self.assertIsNone(judge_quality(chosen, labels(PAIRS * 2).drop(columns="clicked")))
        self.assertIsNone(judge_quality(config(), labels(PAIRS * 2)))
