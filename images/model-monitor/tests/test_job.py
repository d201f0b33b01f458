import contextlib
import io
import json
import logging
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd

from model_monitor.__main__ import main
from model_monitor.errors import DeliveryError

from .support import rows, write_config

COLUMNS = {"numerical": ["age", "price"], "categorical": ["country"], "target": "clicked", "prediction": "answer"}


class Run(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write("reference", rows(2000, 1))
        pushing = mock.patch("model_monitor.job.push")
        self.pushed = pushing.start()
        self.addCleanup(pushing.stop)

    def write(self, name: str, frame: pd.DataFrame) -> None:
        (self.folder / name).mkdir()
        frame.to_parquet(self.folder / name / "part.parquet")

    def run_job(self, *arguments: str, **changes: Any) -> tuple[int, str, str]:
        """Exit status, what was written to the log, and what was printed."""
        settings = {
            "reference": {"uri": f"{self.folder}/reference"},
            "current": {"uri": f"{self.folder}/dt={{yesterday}}"},
            "columns": COLUMNS,
            "task": {"kind": "classification", "positiveLabel": "1"},
            "quality": {"metrics": ["accuracy", "f1"]},
            "validation": {"minRows": 1000, "maxMissingShare": 0.1},
            "report": {"uri": f"{self.folder}/reports/"},
            "pushGateway": "http://gateway:9091",
            **changes,
        }
        path = write_config(self.folder, **settings)
        out, log = io.StringIO(), io.StringIO()
        logging.getLogger().handlers.clear()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(log):
            status = main([str(path), "--date", "2026-03-02", *arguments])
        return status, log.getvalue(), out.getvalue()

    def report(self) -> dict[str, Any]:
        (path,) = (self.folder / "reports").glob("*/report.json")
        found: dict[str, Any] = json.loads(path.read_text())
        return found

    def test_a_model_that_is_well(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2))
        status, log, _ = self.run_job()
        self.assertEqual(status, 0, log)
        (gateway, model, text), how = self.pushed.call_args
        self.assertEqual((gateway, model, how), ("http://gateway:9091", "ranker", {"replace": True}))
        self.assertIn("flightdeck_model_drift_share 0.0\n", text)
        self.assertIn("flightdeck_model_last_success_timestamp_seconds ", text)
        report = self.report()
        self.assertEqual((report["completed"], report["error"], report["validation"]["passed"]), (True, None, True))
        self.assertAlmostEqual(report["quality"]["metrics"]["accuracy"], 0.8, delta=0.03)
        names = {path.name for path in (self.folder / "reports").glob("*/*")}
        self.assertEqual(names, {"report.json", "drift.html", "quality.html"})

    def test_broken_rules_are_told_and_the_run_goes_on(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2, shift=1).assign(country=None))
        status, log, _ = self.run_job()
        self.assertEqual(status, 0, log)
        self.assertIn("WARNING validation check=missing country: 2000 of 2000 values are missing\n", log)
        text = self.pushed.call_args.args[2]
        self.assertIn('flightdeck_model_validation_failures{check="missing"} 1.0\n', text)
        self.assertIn("flightdeck_model_drift_share 0.5\n", text)

    def test_too_few_rows_are_told_and_nothing_is_compared(self) -> None:
        self.write("dt=2026-03-01", rows(999, 2))
        status, log, _ = self.run_job()
        self.assertEqual(status, 3)
        self.assertTrue(log.endswith("ERROR TOO_FEW_ROWS: the current data has 999 rows, fewer than 1000\n"), log)
        text, how = self.pushed.call_args.args[2], self.pushed.call_args.kwargs
        self.assertEqual(how, {"replace": False})
        self.assertIn('flightdeck_model_rows{dataset="current"} 999.0\n', text)
        self.assertNotIn("last_success", text)
        self.assertNotIn("drift", text)
        self.assertEqual(self.report()["error"]["code"], "TOO_FEW_ROWS")

    def test_no_data_at_all(self) -> None:
        status, log, _ = self.run_job()
        self.assertEqual(status, 3)
        self.assertEqual(log.splitlines()[-1], f"ERROR DATA_MISSING: {self.folder}/dt=2026-03-01 holds no parquet file")
        self.assertIn("flightdeck_model_last_run_timestamp_seconds ", self.pushed.call_args.args[2])

    def test_a_report_that_cannot_be_stored_does_not_keep_the_numbers_back(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2))
        (self.folder / "reports").write_text("in the way")
        status, log, _ = self.run_job()
        self.assertEqual(status, 4)
        self.assertIn("ERROR REPORT_FAILED: ", log)
        text = self.pushed.call_args.args[2]
        self.assertIn("flightdeck_model_drift_share 0.0\n", text)
        self.assertNotIn("last_success", text)

    def test_numbers_that_nobody_takes(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2))
        self.pushed.side_effect = DeliveryError("PUSH_FAILED", "nobody there")
        status, log, _ = self.run_job()
        self.assertEqual((status, log.splitlines()[-1]), (4, "ERROR PUSH_FAILED: nobody there"))

    def test_a_dry_run_prints_and_leaves_nothing_behind(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2))
        status, _, out = self.run_job("--dry-run")
        self.assertEqual(status, 0)
        self.assertIn("flightdeck_model_drift_share 0.0\n", out)
        self.pushed.assert_not_called()
        self.assertFalse((self.folder / "reports").exists())

    def test_a_wrong_configuration(self) -> None:
        status, log, _ = self.run_job(model="R")
        self.assertEqual(status, 2)
        self.assertTrue(log.startswith("ERROR CONFIG_INVALID: `model` must be"), log)

    def test_an_error_that_nobody_expected_tells_where_and_quotes_nothing(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2))
        with mock.patch("model_monitor.job.judge_drift", side_effect=RuntimeError("Jane Doe, 1 Main Street")):
            status, log, _ = self.run_job()
        self.assertEqual((status, log.splitlines()[-1]), (3, "ERROR UNEXPECTED: RuntimeError"))
        self.assertIn("job.py", log)
        self.assertNotIn("Jane", log)
        text, how = self.pushed.call_args.args[2], self.pushed.call_args.kwargs
        self.assertEqual(how, {"replace": False})
        self.assertIn("flightdeck_model_last_run_timestamp_seconds ", text)
        self.assertNotIn("last_success", text)
        self.assertEqual(self.report()["error"], {"code": "UNEXPECTED", "message": "RuntimeError"})

    def test_an_error_of_the_report_that_nobody_expected_does_not_keep_the_numbers_back(self) -> None:
        self.write("dt=2026-03-01", rows(2000, 2))
        with mock.patch("model_monitor.job.store_report", side_effect=RuntimeError("Jane Doe")):
            status, log, _ = self.run_job()
        self.assertEqual((status, log.splitlines()[-1]), (3, "ERROR UNEXPECTED: RuntimeError"))
        text = self.pushed.call_args.args[2]
        self.assertIn("flightdeck_model_drift_share 0.0\n", text)
        self.assertNotIn("last_success", text)

    def test_an_error_that_nobody_expected_before_the_run_begins(self) -> None:
        with mock.patch("model_monitor.__main__.load_config", side_effect=RuntimeError("Jane Doe")):
            status, log, _ = self.run_job()
        self.assertEqual(status, 1)
        self.assertIn("ERROR UNEXPECTED: RuntimeError\n", log)
        self.assertNotIn("Jane", log)

    def test_the_same_data_gives_the_same_series(self) -> None:
        self.write("dt=2026-03-01", rows(5000, 2))
        few = {"current": {"uri": f"{self.folder}/dt={{yesterday}}", "maxRows": 1500}}
        texts = [self.run_job("--dry-run", **few)[2] for _ in range(2)]
        first, second = ([line for line in text.splitlines() if "_seconds" not in line] for text in texts)
        self.assertEqual(first, second)
