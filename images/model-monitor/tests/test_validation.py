import unittest
from typing import Any

import pandas as pd
import pyarrow as pa

from model_monitor.reading import Batch
from model_monitor.validation import ValidationResult, Validator

from .support import config


def validated(batches: list[dict[str, Any]], text: bool = False, **changes: Any) -> ValidationResult:
    validator = Validator(config(**changes))
    for batch in batches:
        validator.add(Batch(pa.Table.from_pandas(pd.DataFrame(batch)), text))
    return validator.finish()


def broken(result: ValidationResult) -> dict[str, tuple[str, ...]]:
    return {check: found for check, found in result.failures.items() if found}


GOOD = {"age": [1.0, 2.0], "price": [1, 2], "country": ["de", "fr"]}


class Validate(unittest.TestCase):
    def test_good_data_passes(self) -> None:
        result = validated([GOOD, GOOD])
        self.assertTrue(result.passed)
        self.assertEqual((result.rows, result.missing_shares), (4, {"country": 0.0, "age": 0.0, "price": 0.0}))

    def test_too_few_rows_and_columns_that_some_file_lacks(self) -> None:
        without = {name: values for name, values in GOOD.items() if name != "age"}
        result = validated([GOOD, without], validation={"minRows": 5, "columns": {"country": {"optional": True}}})
        found = {"rows": ("4 rows, fewer than 5",), "columns": ("age is not in every file",)}
        self.assertEqual(broken(result), found)
        self.assertEqual(result.absent_columns, ("age",))

    def test_missing_values_are_judged_except_where_they_may_be(self) -> None:
        rules = {"maxMissingShare": 0.4, "columns": {"country": {"mayBeMissing": True}}}
        batch = {"age": [1.0, None], "price": [1.0, float("nan")], "country": [None, None]}
        result = validated([batch], validation=rules)
        self.assertEqual(
            broken(result), {"missing": ("age: 1 of 2 values are missing", "price: 1 of 2 values are missing")}
        )
        self.assertEqual(result.missing_shares, {"age": 0.5, "price": 0.5})

    def test_the_truth_may_be_missing_or_absent(self) -> None:
        columns = {"numerical": ["age"], "target": "clicked", "prediction": "answer"}
        batch = {"age": [1.0, 2.0], "answer": ["1", "0"]}
        result = validated([batch], columns=columns, task={"kind": "classification"}, validation={"maxMissingShare": 0})
        self.assertTrue(result.passed)

    def test_types_of_stored_values(self) -> None:
        rules = {"price": {"type": "integer"}, "country": {"type": "string"}}
        batch = {"age": ["1", "2"], "price": [1.0, 1.5], "country": [1, 2]}
        self.assertEqual(
            broken(validated([batch], validation={"columns": rules})),
            {
                "type": (
                    "country: 2 of 2 values break the rule",
                    "age: 2 of 2 values break the rule",
                    "price: 1 of 2 values break the rule",
                )
            },
        )

    def test_types_of_text(self) -> None:
        rules = {"price": {"type": "integer"}, "country": {"type": "boolean"}}
        columns = {"numerical": ["age", "price"], "categorical": ["country"], "timestamps": ["at"]}
        batch = {
            "age": ["1.5", "old"],
            "price": ["1", "1.5"],
            "country": ["true", "yes"],
            "at": ["2026-01-31T10:00:00Z", "31/01/26"],
        }
        result = validated([batch], text=True, columns=columns, validation={"columns": rules})
        self.assertEqual(
            sorted(problem.split(":")[0] for problem in broken(result)["type"]), ["age", "at", "country", "price"]
        )
        self.assertTrue(all(": 1 of 2" in problem for problem in broken(result)["type"]))

    def test_ranges_lists_of_values_and_repeated_values(self) -> None:
        rules = {
            "age": {"min": 0, "max": 120},
            "price": {"min": 1, "unique": True},
            "country": {"allowed": ["de", "fr"]},
        }
        batch = {"age": [-1.0, 120.0, 121.0], "price": [1, 2, 2], "country": ["de", "xx", None]}
        found = broken(validated([batch, GOOD], validation={"columns": rules}))
        self.assertEqual(
            found,
            {
                "range": ("age: 2 of 5 values break the rule",),
                "allowed": ("country: 1 of 4 values break the rule",),
                "unique": ("price: 3 of 5 values are repeated",),
            },
        )

    def test_some_may_be_invalid_where_that_is_said(self) -> None:
        rules = {"maxInvalidShare": 0.5, "columns": {"age": {"min": 2}}}
        self.assertTrue(validated([GOOD], validation=rules).passed)
        self.assertFalse(validated([GOOD], validation={**rules, "maxInvalidShare": 0.4}).passed)
