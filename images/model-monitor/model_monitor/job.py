"""One run: validate, compare, measure, store, push."""

import logging
import time
import traceback
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .config import Config
from .drift import judge_drift
from .errors import DataError, DeliveryError, MonitorError, UnexpectedError
from .outcome import Outcome
from .placeholders import fill_in
from .push import push
from .quality import judge_quality
from .report import store_report
from .rows import read_rows
from .series import exposition
from .validation import Validator

_LOG = logging.getLogger(__name__)


def run(config: Config, day: date | None = None, deliver: bool = True) -> str:
    """Runs the job for a day and returns the series.

    Raises `MonitorError` when it could not judge or could not tell; what it knew by then has been pushed all the same.
    """
    outcome = Outcome(config.model, started=time.time())
    today = day or datetime.fromtimestamp(outcome.started, ZoneInfo(config.time_zone)).date()
    try:
        _judge(config, today, outcome)
    except MonitorError as error:
        outcome.error = error
    except Exception as error:
        outcome.error = _unexpected(error)
    if deliver:
        _store(config, outcome)
    text = exposition(outcome, time.time())
    if deliver and config.push_gateway is not None:
        _push(config.push_gateway, outcome, text)
    if outcome.error is not None:
        raise outcome.error
    return text


def _judge(config: Config, today: date, outcome: Outcome) -> None:
    validator = Validator(config)
    current = read_rows(config, config.current, fill_in(config.current.uri, today), validator)
    outcome.validation = validator.finish()
    _tell_validation(outcome)
    if current.total < config.validation.min_rows:
        least = config.validation.min_rows
        raise DataError("TOO_FEW_ROWS", f"the current data has {current.total} rows, fewer than {least}")
    reference = read_rows(config, config.reference, fill_in(config.reference.uri, today))
    outcome.reference_rows = reference.total
    if reference.total == 0:
        raise DataError("REFERENCE_UNUSABLE", "the reference has no rows")
    outcome.drift = judge_drift(config, reference.sample, current.sample)
    drifted = [column.column for column in outcome.drift.columns if column.drifted]
    _LOG.info("drift share=%.3f drifted=%s", outcome.drift.share, ",".join(drifted) or "none")
    outcome.quality = judge_quality(config, current.sample)
    if outcome.quality is not None:
        measured = " ".join(f"{name}={value:.4f}" for name, value in outcome.quality.metrics.items())
        _LOG.info("quality rows=%d %s", outcome.quality.rows, measured)
    elif config.quality_metrics:
        _LOG.info("quality not judged: fewer than %d rows have a truth", config.min_labelled_rows)


def _tell_validation(outcome: Outcome) -> None:
    validation = outcome.validation
    if validation is None:
        return
    _LOG.info("validation rows=%d passed=%s", validation.rows, validation.passed)
    for check, problems in validation.failures.items():
        for problem in problems:
            _LOG.warning("validation check=%s %s", check, problem)


def _store(config: Config, outcome: Outcome) -> None:
    """A report that cannot be stored keeps nobody from being told the numbers."""
    try:
        _LOG.info("report %s", store_report(config.report_uri, outcome))
    except DeliveryError as error:
        _LOG.error("%s", error)
        outcome.error = outcome.error or error
    except Exception as error:
        outcome.error = outcome.error or _unexpected(error)


def _unexpected(error: Exception) -> UnexpectedError:
    """Logs where it happened, without its message, which may quote values of the data."""
    _LOG.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return UnexpectedError("UNEXPECTED", type(error).__name__)


def _push(gateway: str, outcome: Outcome, text: str) -> None:
    try:
        push(gateway, outcome.model, text, replace=outcome.error is None)
    except DeliveryError as error:
        if outcome.error is None:
            raise
        _LOG.error("%s", error)
