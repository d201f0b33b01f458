"""Prints the names of methods and metrics that the job knows, as JSON."""

import json

from model_monitor import config

print(
    json.dumps(
        {
            "numerical": config.NUMERICAL_METHODS,
            "categorical": config.CATEGORICAL_METHODS,
            "classification": config.CLASSIFICATION_METRICS,
            "regression": config.REGRESSION_METRICS,
        }
    )
)
