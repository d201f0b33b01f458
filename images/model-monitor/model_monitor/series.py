"""Writes what was found as series in the text format of Prometheus.

The model is not a label of them: the push gateway adds the labels under which a run pushes.
"""

from collections.abc import Iterable, Iterator

from .outcome import Outcome

Labels = dict[str, str]
Sample = tuple[Labels, float]

_HELP = {
    "drift_share": "Share of the compared columns whose distribution has drifted.",
    "column_drift_score": "Distance of current data from the reference, or p-value of their being alike.",
    "column_drifted": "Whether the distribution of a column has drifted.",
    "missing_share": "Share of the values of a column that are missing.",
    "rows": "Rows of the data.",
    "validation_failures": "Columns, or properties of the whole, that break a rule.",
    "quality": "Quality of the answers whose truth is known.",
    "last_run_timestamp_seconds": "When the job last ran.",
    "last_success_timestamp_seconds": "When the job last judged the model and stored its report.",
    "run_duration_seconds": "How long the last run took.",
}


def exposition(outcome: Outcome, now: float) -> str:
    """All series that the outcome has values for."""
    lines: list[str] = []
    for name, samples in _families(outcome, now):
        full = f"flightdeck_model_{name}"
        lines += [f"# HELP {full} {_HELP[name]}", f"# TYPE {full} gauge"]
        lines += [f"{full}{_braced(labels)} {_number(value)}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _families(outcome: Outcome, now: float) -> Iterator[tuple[str, list[Sample]]]:
    rows = {
        "reference": outcome.reference_rows,
        "current": None if outcome.validation is None else outcome.validation.rows,
    }
    yield from _family("rows", (({"dataset": name}, float(n)) for name, n in rows.items() if n is not None))
    if outcome.validation is not None:
        failures = outcome.validation.failures.items()
        yield from _family("validation_failures", (({"check": check}, float(len(found))) for check, found in failures))
        shares = outcome.validation.missing_shares.items()
        yield from _family("missing_share", (({"column": column}, share) for column, share in shares))
    if outcome.drift is not None:
        columns = outcome.drift.columns
        scores = (({"column": c.column, "method": c.method}, c.score) for c in columns if c.score is not None)
        yield from _family("drift_share", [({}, outcome.drift.share)])
        yield from _family("column_drift_score", scores)
        yield from _family("column_drifted", (({"column": c.column}, float(c.drifted)) for c in columns))
    if outcome.quality is not None:
        measured = outcome.quality.metrics.items()
        yield from _family("quality", (({"metric": metric}, value) for metric, value in measured))
    yield from _family("last_run_timestamp_seconds", [({}, now)])
    if outcome.error is None:
        yield from _family("last_success_timestamp_seconds", [({}, now)])
    yield from _family("run_duration_seconds", [({}, now - outcome.started)])


def _family(name: str, samples: Iterable[Sample]) -> Iterator[tuple[str, list[Sample]]]:
    found = list(samples)
    if found:
        yield name, found


def _braced(labels: Labels) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _number(value: float) -> str:
    return {float("inf"): "+Inf", float("-inf"): "-Inf"}.get(value, repr(float(value)))
