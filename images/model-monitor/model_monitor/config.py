"""The configuration of a run: one JSON file, read whole and checked before anything else happens."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from .errors import ConfigError
from .fields import Fields

CLASSIFICATION_METRICS = ("accuracy", "f1", "precision", "recall", "roc_auc")
REGRESSION_METRICS = ("mae", "rmse", "r2", "mape")
NUMERICAL_METHODS = (
    *("anderson", "cramer_von_mises", "hellinger", "jensenshannon", "kl_div", "ks", "mannw", "psi", "t_test"),
    "wasserstein",
)
# Not the tests that Evidently has too: chisquare and g_test take the reference for exact, so that they find drift where
# there is none, and TVD takes minutes.
CATEGORICAL_METHODS = ("hellinger", "jensenshannon", "kl_div", "psi")
VALUE_TYPES = ("boolean", "integer", "number", "string", "timestamp")
MOST_COLUMNS = 200

TaskKind = Literal["classification", "regression", "none"]
_MODEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Source:
    """Where rows are, and how many of them are kept for comparisons."""

    uri: str
    format: Literal["parquet", "csv"]
    max_rows: int


@dataclass(frozen=True)
class Columns:
    """Names of columns by what they hold."""

    numerical: tuple[str, ...]
    categorical: tuple[str, ...]
    timestamps: tuple[str, ...]
    target: str | None
    prediction: str | None
    probability: str | None


@dataclass(frozen=True)
class ColumnRule:
    """What the values of a column must be."""

    type: str | None = None
    least: float | None = None
    most: float | None = None
    allowed: tuple[str, ...] | None = None
    unique: bool = False
    optional: bool = False
    may_be_missing: bool = False


@dataclass(frozen=True)
class Validation:
    """What the data must be before anything is concluded from it."""

    min_rows: int
    max_missing_share: float
    max_invalid_share: float
    rules: dict[str, ColumnRule]


@dataclass(frozen=True)
class DriftRule:
    """How one column is compared; what is left out is chosen by Evidently."""

    method: str | None = None
    threshold: float | None = None


@dataclass(frozen=True)
class Config:
    """Everything a run is told."""

    model: str
    time_zone: str
    seed: int
    reference: Source
    current: Source
    columns: Columns
    task: TaskKind
    positive_label: str | None
    validation: Validation
    drift_share: float
    drift_rules: dict[str, DriftRule]
    quality_metrics: tuple[str, ...]
    min_labelled_rows: int
    report_uri: str
    push_gateway: str | None

    @property
    def kinds(self) -> dict[str, str]:
        """How each column that is read is understood: as numbers, labels or timestamps."""
        columns = self.columns
        answers = "numerical" if self.task == "regression" else "categorical"
        kinds = dict.fromkeys(columns.timestamps, "timestamp")
        kinds |= {name: answers for name in (columns.target, columns.prediction) if name is not None}
        if columns.probability is not None:
            kinds[columns.probability] = "numerical"
        kinds |= dict.fromkeys(columns.categorical, "categorical")
        return kinds | dict.fromkeys(columns.numerical, "numerical")

    @property
    def judged(self) -> dict[str, str]:
        """Columns whose drift is judged, with their kind: the features and what the model answered, not the truth."""
        columns = self.columns
        names = {*columns.numerical, *columns.categorical}
        names |= {name for name in (columns.prediction, columns.probability) if name is not None}
        return {name: kind for name, kind in self.kinds.items() if name in names}


def load_config(path: Path) -> Config:
    """Reads a configuration; raises `ConfigError` `CONFIG_UNREADABLE` or `CONFIG_INVALID` with all problems."""
    try:
        parsed = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError("CONFIG_UNREADABLE", f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError("CONFIG_UNREADABLE", f"{path} is not JSON") from error
    return parse_config(parsed)


def parse_config(parsed: object) -> Config:
    """Makes a configuration out of parsed JSON; raises `ConfigError` `CONFIG_INVALID` with all problems."""
    problems: list[str] = []
    fields = Fields(parsed, "", problems)
    config = _read(fields)
    fields.finish()
    if not problems:
        problems = list(_contradictions(config))
    if problems:
        raise ConfigError("CONFIG_INVALID", "; ".join(problems))
    return config


def _read(fields: Fields) -> Config:
    task = fields.section("task")
    kind: TaskKind = task.choice("kind", ("classification", "regression", "none"), "none")
    positive = task.text("positiveLabel", None)
    task.finish()
    drift = fields.section("drift")
    quality = fields.section("quality")
    metrics = {"classification": CLASSIFICATION_METRICS, "regression": REGRESSION_METRICS, "none": ()}[kind]
    report = fields.section("report")
    config = Config(
        model=fields.text("model"),
        time_zone=fields.text("timeZone", "Etc/UTC"),
        seed=fields.whole("seed", 0),
        reference=_source(fields.section("reference")),
        current=_source(fields.section("current")),
        columns=_columns(fields.section("columns")),
        task=kind,
        positive_label=positive,
        validation=_validation(fields.section("validation")),
        drift_share=drift.number("maxShare", 0.5, 0, 1),
        drift_rules={name: _drift_rule(rule) for name, rule in drift.sections("columns").items()},
        quality_metrics=quality.texts("metrics", metrics),
        min_labelled_rows=quality.whole("minRows", 100, 2),
        report_uri=report.text("uri"),
        push_gateway=fields.text("pushGateway", None),
    )
    for section in (drift, quality, report):
        section.finish()
    return config


def _source(fields: Fields) -> Source:
    source = Source(
        uri=fields.text("uri"),
        format=fields.choice("format", ("parquet", "csv"), "parquet"),
        max_rows=fields.whole("maxRows", 100_000, 100),
    )
    fields.finish()
    return source


def _columns(fields: Fields) -> Columns:
    columns = Columns(
        numerical=fields.texts("numerical"),
        categorical=fields.texts("categorical"),
        timestamps=fields.texts("timestamps"),
        target=fields.text("target", None),
        prediction=fields.text("prediction", None),
        probability=fields.text("probability", None),
    )
    fields.finish()
    return columns


def _validation(fields: Fields) -> Validation:
    validation = Validation(
        min_rows=fields.whole("minRows", 1, 1),
        max_missing_share=fields.number("maxMissingShare", 1, 0, 1),
        max_invalid_share=fields.number("maxInvalidShare", 0, 0, 1),
        rules={name: _column_rule(rule) for name, rule in fields.sections("columns").items()},
    )
    fields.finish()
    return validation


def _column_rule(fields: Fields) -> ColumnRule:
    rule = ColumnRule(
        type=fields.choice("type", VALUE_TYPES, None),
        least=fields.number("min", None),
        most=fields.number("max", None),
        allowed=fields.values("allowed"),
        unique=fields.flag("unique", False),
        optional=fields.flag("optional", False),
        may_be_missing=fields.flag("mayBeMissing", False),
    )
    fields.finish()
    return rule


def _drift_rule(fields: Fields) -> DriftRule:
    methods = {*NUMERICAL_METHODS, *CATEGORICAL_METHODS}
    rule = DriftRule(fields.choice("method", methods, None), fields.number("threshold", None, 0))
    fields.finish()
    return rule


def _contradictions(config: Config) -> Iterator[str]:
    """What is wrong between values each of which is right alone."""
    columns = config.columns
    if not _MODEL.fullmatch(config.model):
        yield "`model` must be lower-case letters and digits in words joined by single hyphens"
    try:
        ZoneInfo(config.time_zone)
    except (ValueError, OSError, KeyError):
        yield "`timeZone` must be an IANA time zone"
    if not config.judged:
        yield "`columns` must name at least one column to compare"
    if len(config.kinds) > MOST_COLUMNS:
        yield f"`columns` must name at most {MOST_COLUMNS} columns"
    if both := sorted(set(columns.numerical) & set(columns.categorical)):
        yield f"`columns` must not hold {', '.join(both)} as numerical and categorical"
    other = {"classification": columns.numerical, "regression": columns.categorical, "none": ()}[config.task]
    if wrong := [name for name in other if name in (columns.target, columns.prediction)]:
        yield f"`columns` must not hold {', '.join(wrong)} among those of the other kind: the task is {config.task}"
    if unknown := sorted({*config.validation.rules, *config.drift_rules} - set(config.kinds)):
        yield f"`columns` must hold {', '.join(unknown)}, for which there are rules"
    for name, rule in config.drift_rules.items():
        methods = NUMERICAL_METHODS if config.judged.get(name) == "numerical" else CATEGORICAL_METHODS
        if rule.method is not None and rule.method not in methods:
            yield f"`drift.columns.{name}.method` must be one of {', '.join(methods)}"
    if config.quality_metrics and (columns.target is None or columns.prediction is None):
        yield "`columns` must name target and prediction, for `quality`"
    if "roc_auc" in config.quality_metrics and (columns.probability is None or config.positive_label is None):
        yield "`quality.metrics` must not hold roc_auc without `columns.probability` and `task.positiveLabel`"
