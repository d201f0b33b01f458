import unittest

from model_monitor.drift import ColumnDrift, DriftResult
from model_monitor.errors import DataError
from model_monitor.outcome import Outcome
from model_monitor.quality import QualityResult
from model_monitor.series import exposition
from model_monitor.validation import ValidationResult


def samples(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


class Exposition(unittest.TestCase):
    def test_everything_that_was_found(self) -> None:
        drifted = ColumnDrift("a", "psi", 0.1, float("inf"), True)
        outcome = Outcome(
            "ranker",
            started=1000.0,
            reference_rows=7,
            validation=ValidationResult(5, {'say "a\\b"\n': 0.25}, (), {"rows": (), "range": ("a", "b")}),
            drift=DriftResult((drifted, ColumnDrift("b", "ks", 0.05, None, False)), "<html>"),
            quality=QualityResult(5, {"f1": 0.5}, ""),
        )
        self.assertEqual(
            samples(exposition(outcome, 1060.5)),
            [
                'flightdeck_model_rows{dataset="reference"} 7.0',
                'flightdeck_model_rows{dataset="current"} 5.0',
                'flightdeck_model_validation_failures{check="rows"} 0.0',
                'flightdeck_model_validation_failures{check="range"} 2.0',
                'flightdeck_model_missing_share{column="say \\"a\\\\b\\"\\n"} 0.25',
                "flightdeck_model_drift_share 0.5",
                'flightdeck_model_column_drift_score{column="a",method="psi"} +Inf',
                'flightdeck_model_column_drifted{column="a"} 1.0',
                'flightdeck_model_column_drifted{column="b"} 0.0',
                'flightdeck_model_quality{metric="f1"} 0.5',
                "flightdeck_model_last_run_timestamp_seconds 1060.5",
                "flightdeck_model_last_success_timestamp_seconds 1060.5",
                "flightdeck_model_run_duration_seconds 60.5",
            ],
        )

    def test_a_run_that_failed_says_so_by_silence(self) -> None:
        failed = Outcome("ranker", started=1000.0, error=DataError("DATA_MISSING", "nothing"))
        text = exposition(failed, 1001.0)
        names = [line.split(" ")[0] for line in samples(text)]
        run = ["flightdeck_model_last_run_timestamp_seconds", "flightdeck_model_run_duration_seconds"]
        self.assertEqual(names, run)
        self.assertTrue(text.startswith("# HELP flightdeck_model_last_run_timestamp_seconds When the job last ran.\n"))
