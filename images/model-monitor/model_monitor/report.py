"""Stores what a run has found for people to read: counts and distributions, never rows."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import s3
from .errors import DeliveryError
from .outcome import Outcome


def store_report(uri: str, outcome: Outcome) -> str:
    """Writes `report.json` and the pages into a folder named by the time; raises `DeliveryError` `REPORT_FAILED`."""
    folder = f"{uri.rstrip('/')}/{time.strftime('%Y-%m-%dT%H-%M-%SZ', time.gmtime(outcome.started))}"
    files = {"report.json": (json.dumps(summary(outcome), indent=2) + "\n", "application/json")}
    for name, result in {"drift": outcome.drift, "quality": outcome.quality}.items():
        if result is not None and result.html:
            files[f"{name}.html"] = (result.html, "text/html; charset=utf-8")
    for name, (text, content_type) in files.items():
        _write(f"{folder}/{name}", text.encode(), content_type)
    return folder


def summary(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON."""
    validation, drift, quality, error = outcome.validation, outcome.drift, outcome.quality, outcome.error
    return {
        "model": outcome.model,
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(outcome.started)),
        "completed": error is None,
        "error": error and {"code": error.code, "message": error.message},
        "rows": {"reference": outcome.reference_rows, "current": validation and validation.rows},
        "validation": validation and {"passed": validation.passed, **asdict(validation)},
        "drift": drift and {"share": drift.share, "columns": [asdict(column) for column in drift.columns]},
        "quality": quality and {"rows": quality.rows, "metrics": quality.metrics},
    }


def _write(uri: str, data: bytes, content_type: str) -> None:
    try:
        if uri.startswith("s3://"):
            bucket, key = s3.split(uri)
            s3.client().put_object(Bucket=bucket, Key=key, Body=data, ContentType=content_type)
        else:
            path = Path(uri.removeprefix("file://"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except (*s3.S3_ERRORS, OSError) as error:
        raise DeliveryError("REPORT_FAILED", f"{uri}: {s3.reason(error)}") from error
