"""Data and configurations for tests."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from model_monitor.config import Config, parse_config


def parsed(**changes: Any) -> dict[str, Any]:
    """The least that a configuration can be, as parsed JSON, with changes."""
    return {
        "model": "ranker",
        "reference": {"uri": "/reference"},
        "current": {"uri": "/current"},
        "columns": {"numerical": ["age", "price"], "categorical": ["country"]},
        "report": {"uri": "/reports"},
        **changes,
    }


def config(**changes: Any) -> Config:
    return parse_config(parsed(**changes))


def rows(count: int, seed: int, shift: float = 0.0) -> pd.DataFrame:
    """Features, the truth, and answers that are right four times out of five."""
    random = np.random.default_rng(seed)
    target = random.integers(0, 2, count)
    right = random.random(count) < 0.8
    return pd.DataFrame(
        {
            "age": random.normal(40 + 10 * shift, 10, count),
            "price": random.exponential(10, count),
            "country": random.choice(["de", "fr", "pl"], count),
            "clicked": target,
            "answer": np.where(right, target, 1 - target),
        }
    )


def write_config(folder: Path, **changes: Any) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps(parsed(**changes)))
    return path
