"""Finds the files of a source, in S3 or in a folder."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from . import s3
from .errors import DataError

_BUFFER_BYTES = 1024 * 1024
_ENDINGS = {"parquet": (".parquet",), "csv": (".csv", ".csv.gz")}


@dataclass(frozen=True)
class DataFile:
    """A file with rows."""

    name: str
    open: Callable[[], BinaryIO]


def list_files(uri: str, format: str) -> list[DataFile]:
    """Files of a format under a prefix or folder, by name; raises `DataError` `DATA_UNREADABLE` or `DATA_MISSING`."""
    found = _objects(uri) if uri.startswith("s3://") else _local_files(Path(uri.removeprefix("file://")))
    files = sorted((file for file in found if _holds_rows(file.name, format)), key=lambda file: file.name)
    if not files:
        raise DataError("DATA_MISSING", f"{uri} holds no {format} file")
    return files


def _holds_rows(name: str, format: str) -> bool:
    """Names that begin with `_` or `.` are what other programs keep beside the data, such as `_delta_log/`."""
    hidden = any(part.startswith(("_", ".")) for part in name.split("/"))
    return name.endswith(_ENDINGS[format]) and not hidden


def _local_files(path: Path) -> list[DataFile]:
    if path.is_file():
        return [_local_file(path, path.parent)]
    return [_local_file(file, path) for file in path.rglob("*") if file.is_file()]


def _local_file(path: Path, below: Path) -> DataFile:
    return DataFile(path.relative_to(below).as_posix(), lambda: path.open("rb"))


def _objects(uri: str) -> list[DataFile]:
    bucket, prefix = s3.split(uri)
    try:
        pages = s3.client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [_object(bucket, prefix, entry) for page in pages for entry in page.get("Contents", [])]
    except s3.S3_ERRORS as error:
        raise DataError("DATA_UNREADABLE", f"{uri}: {s3.reason(error)}") from error


def _object(bucket: str, prefix: str, entry: dict) -> DataFile:  # type: ignore[type-arg]
    key, size, etag = entry["Key"], entry["Size"], entry["ETag"]
    below = key[len(prefix) :] if prefix.endswith("/") else key.rsplit("/", 1)[-1]
    return DataFile(below, lambda: io.BufferedReader(s3.ObjectFile(bucket, key, size, etag), _BUFFER_BYTES))
