import gzip
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from model_monitor.errors import DataError
from model_monitor.reading import as_labels, as_numbers, read_batches


class ReadBatches(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def read(self, format: str, columns: list[str]) -> tuple[int, dict[str, list[object]]]:
        batches = list(read_batches(str(self.folder), format, columns))
        values: dict[str, list[object]] = {}
        for batch in batches:
            for name in columns:
                if name in batch.table.column_names:
                    values.setdefault(name, []).extend(as_labels(batch.table[name]).tolist())
        return sum(batch.table.num_rows for batch in batches), values

    def test_files_are_read_in_order_and_only_the_columns_asked_for(self) -> None:
        for name, value in {"b/part.parquet": 2, "a.parquet": 1, "_tmp/x.parquet": 9, ".x.parquet": 9}.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            pd.DataFrame({"n": [value], "other": ["x"]}).to_parquet(self.folder / name)
        (self.folder / "notes.txt").write_text("none of it")
        self.assertEqual(self.read("parquet", ["n", "absent"]), (2, {"n": ["1", "2"]}))

    def test_rows_count_although_no_column_is_there(self) -> None:
        pd.DataFrame({"n": [1, 2]}).to_parquet(self.folder / "a.parquet")
        (self.folder / "a.csv").write_text("n\n1\n2\n")
        self.assertEqual(self.read("parquet", ["absent"]), (2, {}))
        self.assertEqual(self.read("csv", ["absent"]), (2, {}))

    def test_text_files_plain_or_compressed_keep_a_country_called_na(self) -> None:
        (self.folder / "a.csv").write_text("country,n\nNA,1\n,2\n")
        (self.folder / "b.csv.gz").write_bytes(gzip.compress(b"country,n\nde,3\n"))
        (self.folder / "c.csv").write_text("")
        self.assertEqual(self.read("csv", ["country"]), (3, {"country": ["NA", None, "de"]}))

    def test_nothing_there(self) -> None:
        with self.assertRaisesRegex(DataError, "DATA_MISSING: .* holds no csv file"):
            self.read("csv", ["n"])

    def test_a_broken_file_is_named_and_not_quoted(self) -> None:
        (self.folder / "a.parquet").write_text("Jane Doe, 1 Main Street")
        with self.assertRaises(DataError) as caught:
            self.read("parquet", ["n"])
        self.assertEqual(caught.exception.message, f"a.parquet under {self.folder} is not readable as parquet")
        (self.folder / "a.csv").write_text('a,b\n1,2\n1,2,3,"Jane\n')
        with self.assertRaisesRegex(DataError, "DATA_UNREADABLE: a.csv under .* is not readable as csv"):
            self.read("csv", ["a"])


class Values(unittest.TestCase):
    def test_a_whole_number_is_the_same_label_in_columns_of_every_type(self) -> None:
        columns = [
            pa.chunked_array([pa.array([1, 2], pa.int64())]),
            pa.chunked_array([pa.array([1.0, 2.0])]),
            pa.chunked_array([pa.array(["1", "2"])]),
            pa.chunked_array([pa.array(["1", "2"]).dictionary_encode()]),
        ]
        for column in columns:
            self.assertEqual(as_labels(column).tolist(), ["1", "2"])

    def test_what_is_missing_or_has_no_label(self) -> None:
        floats = pa.chunked_array([pa.array([0.5, None, np.nan, np.inf])])
        self.assertEqual(as_labels(floats).tolist(), ["0.5", None, None, "inf"])
        self.assertEqual(as_labels(pa.chunked_array([pa.array([[1], None])])).tolist(), [None, None])

    def test_numbers(self) -> None:
        texts = pa.chunked_array([pa.array(["1.5", "x", None])])
        np.testing.assert_equal(as_numbers(texts), [1.5, np.nan, np.nan])
        np.testing.assert_equal(as_numbers(pa.chunked_array([pa.array([True, None])])), [1.0, np.nan])
        np.testing.assert_equal(as_numbers(pa.chunked_array([pa.array([b"1"])])), [np.nan])
