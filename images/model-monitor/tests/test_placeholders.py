import unittest
from datetime import date

from model_monitor.errors import ConfigError
from model_monitor.placeholders import fill_in


class FillIn(unittest.TestCase):
    def test_dates(self) -> None:
        day = date(2026, 3, 1)
        self.assertEqual(fill_in("s3://b/dt={date}/", day), "s3://b/dt=2026-03-01/")
        self.assertEqual(fill_in("{yesterday}/{date-28}", day), "2026-02-28/2026-02-01")
        self.assertEqual(fill_in("s3://b/all/", day), "s3://b/all/")

    def test_a_placeholder_that_is_not_known(self) -> None:
        with self.assertRaisesRegex(ConfigError, r"there is no placeholder \{tomorrow\}"):
            fill_in("dt={tomorrow}/", date(2026, 3, 1))
