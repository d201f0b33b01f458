"""What a run has found out so far."""

from dataclasses import dataclass

from .drift import DriftResult
from .errors import MonitorError
from .quality import QualityResult
from .validation import ValidationResult


@dataclass
class Outcome:
    """Grows while the job runs, so that a run that ends early still tells what it knew."""

    model: str
    started: float
    reference_rows: int | None = None
    validation: ValidationResult | None = None
    drift: DriftResult | None = None
    quality: QualityResult | None = None
    error: MonitorError | None = None
