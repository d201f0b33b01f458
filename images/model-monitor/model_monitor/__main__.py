"""`python -m model_monitor <config.json>`: exit status 0 when the model was judged, whatever the judgement."""

import argparse
import logging
import sys
import traceback
from datetime import date
from pathlib import Path

from .config import load_config
from .errors import MonitorError

_LOG = logging.getLogger("model_monitor")


def main(arguments: list[str]) -> int:
    """Runs the job and returns its exit status: 1 unexpected before or after the judgement, 2 configuration, 3 data, 4 delivery."""
    parser = argparse.ArgumentParser(prog="model_monitor", description="Judges the data and the answers of a model.")
    parser.add_argument("config", type=Path, help="the configuration, a JSON file")
    parser.add_argument("--date", type=date.fromisoformat, help="the day to judge for, YYYY-MM-DD; today when left out")
    parser.add_argument("--dry-run", action="store_true", help="print the series; store and push nothing")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    # Those of the libraries would tell of every request.
    logging.getLogger("botocore").setLevel(logging.WARNING)
    try:
        config = load_config(options.config)
        # Evidently takes seconds to load, which a wrong configuration need not wait for.
        from .job import run  # noqa: PLC0415

        text = run(config, options.date, deliver=not options.dry_run)
    except MonitorError as error:
        _LOG.error("%s", error)
        return error.exit_status
    except Exception as error:
        # Where it happened, without its message, which may quote values of the data.
        _LOG.error("UNEXPECTED: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        return 1
    if options.dry_run:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
