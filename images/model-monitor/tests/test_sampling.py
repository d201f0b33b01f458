import unittest

import numpy as np
import pandas as pd

from model_monitor.sampling import Sample


def sampled(limit: int, seed: int, total: int = 20_000, batch: int = 700) -> list[int]:
    sample = Sample(limit, seed)
    for start in range(0, total, batch):
        sample.add(pd.DataFrame({"n": np.arange(start, min(start + batch, total))}))
    return [int(value) for value in sample.frame()["n"]]


class SampleOfRows(unittest.TestCase):
    def test_few_rows_are_all_kept_in_order(self) -> None:
        self.assertEqual(sampled(5000, 0, total=3000), list(range(3000)))

    def test_it_has_the_size_asked_for_and_no_row_twice(self) -> None:
        found = sampled(1000, 0)
        self.assertEqual((len(found), len(set(found)), found == sorted(found)), (1000, 1000, True))

    def test_the_same_seed_gives_the_same_rows(self) -> None:
        self.assertEqual(sampled(1000, 3), sampled(1000, 3))
        self.assertNotEqual(sampled(1000, 3), sampled(1000, 4))

    def test_early_rows_are_as_likely_as_late_ones(self) -> None:
        first = np.mean([np.mean(np.array(sampled(500, seed)) < 10_000) for seed in range(20)])
        self.assertAlmostEqual(float(first), 0.5, delta=0.02)

    def test_nothing_gives_nothing(self) -> None:
        self.assertEqual(len(Sample(10, 0).frame()), 0)
