import unittest
from pathlib import Path

from model_monitor.config import load_config, parse_config
from model_monitor.errors import ConfigError

from .support import config, parsed


class ParseConfig(unittest.TestCase):
    def problems(self, **changes: object) -> list[str]:
        with self.assertRaises(ConfigError) as caught:
            parse_config(parsed(**changes))
        self.assertEqual(caught.exception.code, "CONFIG_INVALID")
        return caught.exception.message.split("; ")

    def test_the_least_that_it_can_be_has_defaults(self) -> None:
        least = config()
        self.assertEqual((least.task, least.quality_metrics, least.time_zone), ("none", (), "Etc/UTC"))
        self.assertEqual((least.current.format, least.current.max_rows), ("parquet", 100_000))

    def test_all_problems_are_told_at_once(self) -> None:
        found = self.problems(
            model=7,
            seed=-1,
            current={"uri": "", "format": "orc", "maxRows": 1.5, "colour": "red"},
            columns={"numerical": ["age", "age"]},
            validation={"maxMissingShare": 2, "columns": {"age": {"type": "float", "allowed": []}}},
            drift={"columns": {"age": {"method": "guess", "threshold": True}}},
        )
        self.assertEqual(
            found,
            [
                "`model` must be a text",
                "`seed` must be a whole number of 0 or more",
                "`current.uri` must be a text",
                "`current.format` must be one of csv, parquet",
                "`current.maxRows` must be a whole number of 100 or more",
                "`current.colour` is not known",
                "`columns.numerical` must be a list of different texts",
                "`validation.maxMissingShare` must be a number from 0 to 1",
                "`validation.columns.age.type` must be one of boolean, integer, number, string, timestamp",
                "`validation.columns.age.allowed` must be a list of texts, numbers or booleans",
                "`drift.columns.age.method` must be one of anderson, cramer_von_mises, hellinger, "
                "jensenshannon, kl_div, ks, mannw, psi, t_test, wasserstein",
                "`drift.columns.age.threshold` must be a number from 0 to inf",
            ],
        )

    def test_values_that_contradict_each_other_are_refused(self) -> None:
        found = self.problems(
            model="The Ranker",
            timeZone="Mars/Olympus",
            columns={"numerical": ["age", "label"], "categorical": ["age", "country"], "target": "label"},
            task={"kind": "classification"},
            validation={"columns": {"height": {}}},
            drift={"columns": {"country": {"method": "ks"}}},
            quality={"metrics": ["roc_auc"]},
        )
        self.assertEqual(
            found,
            [
                "`model` must be lower-case letters and digits in words joined by single hyphens",
                "`timeZone` must be an IANA time zone",
                "`columns` must not hold age as numerical and categorical",
                "`columns` must not hold label among those of the other kind: the task is classification",
                "`columns` must hold height, for which there are rules",
                "`drift.columns.country.method` must be one of hellinger, jensenshannon, kl_div, psi",
                "`columns` must name target and prediction, for `quality`",
                "`quality.metrics` must not hold roc_auc without `columns.probability` and `task.positiveLabel`",
            ],
        )

    def test_there_must_be_something_to_compare_and_not_too_much(self) -> None:
        self.assertEqual(self.problems(columns={"target": "x"}), ["`columns` must name at least one column to compare"])
        names = [f"c{index}" for index in range(201)]
        self.assertEqual(self.problems(columns={"numerical": names}), ["`columns` must name at most 200 columns"])

    def test_the_prediction_is_compared_and_the_truth_is_not(self) -> None:
        columns = {"numerical": ["age"], "target": "cost", "prediction": "estimate", "timestamps": ["at"]}
        regression = config(columns=columns, task={"kind": "regression"}, quality={"metrics": ["mae"]})
        self.assertEqual(regression.judged, {"age": "numerical", "estimate": "numerical"})
        self.assertEqual(regression.kinds["at"], "timestamp")

    def test_what_is_no_object_is_refused(self) -> None:
        with self.assertRaisesRegex(ConfigError, "CONFIG_INVALID: `the configuration` must be an object"):
            parse_config([])


class LoadConfig(unittest.TestCase):
    def test_a_file_that_is_not_there_or_no_json(self) -> None:
        with self.assertRaisesRegex(ConfigError, "CONFIG_UNREADABLE: /nowhere.json: No such file"):
            load_config(Path("/nowhere.json"))
        with self.assertRaisesRegex(ConfigError, "CONFIG_UNREADABLE: .* is not JSON"):
            load_config(Path(__file__))
