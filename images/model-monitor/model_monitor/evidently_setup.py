"""What must be so before Evidently is loaded, and what of it is used."""

import os
import warnings

# It would tell its makers that it runs.
os.environ["DO_NOT_TRACK"] = "1"
# Warnings of the libraries it rests on quote values of the data.
warnings.simplefilter("ignore")

from evidently import (  # noqa: E402
    BinaryClassification,
    DataDefinition,
    Dataset,
    MulticlassClassification,
    Regression,
    Report,
)
from evidently.legacy.calculations.stattests import get_stattest  # noqa: E402
from evidently.metrics import (  # noqa: E402
    MAE,
    MAPE,
    RMSE,
    Accuracy,
    F1Score,
    Precision,
    R2Score,
    Recall,
    ValueDrift,
)

__all__ = [
    "MAE",
    "MAPE",
    "RMSE",
    "Accuracy",
    "BinaryClassification",
    "DataDefinition",
    "Dataset",
    "F1Score",
    "MulticlassClassification",
    "Precision",
    "R2Score",
    "Recall",
    "Regression",
    "Report",
    "ValueDrift",
    "get_stattest",
]
