import unittest

import numpy as np
import pandas as pd

from model_monitor.config import CATEGORICAL_METHODS, NUMERICAL_METHODS
from model_monitor.drift import judge_drift
from model_monitor.errors import DataError

from .support import config, rows


class JudgeDrift(unittest.TestCase):
    def test_the_same_distribution_has_not_drifted(self) -> None:
        result = judge_drift(config(), rows(2000, 1), rows(2000, 2))
        self.assertEqual(result.share, 0)
        methods = {column.column: (column.method, column.threshold) for column in result.columns}
        distances = {"age": ("wasserstein", 0.1), "price": ("wasserstein", 0.1), "country": ("jensenshannon", 0.1)}
        self.assertEqual(methods, distances)
        self.assertIn("<html", result.html)

    def test_a_shifted_column_has(self) -> None:
        result = judge_drift(config(), rows(2000, 1), rows(2000, 2, shift=1))
        self.assertEqual([column.column for column in result.columns if column.drifted], ["age"])
        self.assertAlmostEqual(result.share, 1 / 3)

    def test_few_rows_are_compared_by_a_test_whose_p_value_falls(self) -> None:
        result = judge_drift(config(), rows(500, 1), rows(500, 2, shift=1))
        age = next(column for column in result.columns if column.column == "age")
        self.assertEqual((age.method, age.threshold, age.drifted), ("ks", 0.01, True))
        self.assertLess(age.score or 0, 0.01)

    def test_many_labels_in_few_rows_differ_by_chance(self) -> None:
        random = np.random.default_rng(0)
        reference, current = (
            rows(500, seed).assign(country=random.integers(0, 50, 500).astype(str)) for seed in (1, 2)
        )
        found = {column.column: column for column in judge_drift(config(), reference, current).columns}
        self.assertGreater(found["country"].score or 0, 0.1)
        self.assertFalse(found["country"].drifted)

    def test_every_method_tells_same_from_shifted(self) -> None:
        reference, same, moved = rows(2000, 1), rows(2000, 3), rows(2000, 4, shift=1)
        moved["country"] = ["de"] * 1800 + ["new"] * 200
        for column, methods in {"age": NUMERICAL_METHODS, "country": CATEGORICAL_METHODS}.items():
            for method in methods:
                with self.subTest(column=column, method=method):
                    chosen = config(drift={"columns": {column: {"method": method}}})
                    for current, drifted in ((same, False), (moved, True)):
                        result = judge_drift(chosen, reference, current)
                        found = next(one for one in result.columns if one.column == column)
                        self.assertEqual((found.method, found.drifted), (method, drifted))

    def test_a_threshold_of_ones_own(self) -> None:
        strict = config(drift={"columns": {"age": {"method": "wasserstein", "threshold": 0.0001}}})
        result = judge_drift(strict, rows(2000, 1), rows(2000, 2))
        self.assertEqual([column.column for column in result.columns if column.drifted], ["age"])

    def test_a_column_without_values_has_gone_as_far_as_it_can(self) -> None:
        current = rows(2000, 2)
        current["country"] = pd.Series([None] * 2000, dtype=object)
        result = judge_drift(config(), rows(2000, 1), current)
        country = next(column for column in result.columns if column.column == "country")
        self.assertEqual((country.score, country.drifted), (None, True))

    def test_columns_that_never_change(self) -> None:
        reference = rows(2000, 1).assign(price=3.0, country="de")
        result = judge_drift(config(), reference, rows(2000, 2).assign(price=3.0, country="de"))
        self.assertEqual(result.share, 0)
        moved = judge_drift(config(), reference, rows(2000, 2).assign(price=4.0, country="fr"))
        self.assertAlmostEqual(moved.share, 2 / 3)

    def test_what_cannot_be_compared(self) -> None:
        with self.assertRaisesRegex(DataError, "REFERENCE_UNUSABLE: the reference has no values of the column price"):
            judge_drift(config(), rows(100, 1).drop(columns="price"), rows(100, 2))
        with self.assertRaisesRegex(DataError, "DATA_UNUSABLE: the current data has none of the columns"):
            judge_drift(config(), rows(100, 1), rows(100, 2)[["clicked"]])

    def test_a_column_that_is_absent_has_drifted(self) -> None:
        for column, method in {"price": "ks", "country": "jensenshannon"}.items():
            with self.subTest(column=column):
                result = judge_drift(config(), rows(2000, 1), rows(2000, 2, shift=1).drop(columns=column))
                found = next(one for one in result.columns if one.column == column)
                self.assertEqual((found.method, found.score, found.drifted), (method, None, True))
                self.assertAlmostEqual(result.share, 2 / 3)

    def test_a_column_that_may_be_left_out_is_not_counted(self) -> None:
        free = config(validation={"columns": {"price": {"optional": True}}})
        result = judge_drift(free, rows(2000, 1), rows(2000, 2, shift=1).drop(columns="price"))
        self.assertEqual(result.share, 0.5)
