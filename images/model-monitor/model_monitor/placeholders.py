"""Dates in paths: `current/dt={yesterday}/`."""

import re
from datetime import date, timedelta

from .errors import ConfigError

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_DAYS_AGO = re.compile(r"date-(\d{1,4})")


def fill_in(path: str, today: date) -> str:
    """Writes dates as YYYY-MM-DD for `{date}`, `{yesterday}` and `{date-N}`; raises `ConfigError` for anything else."""

    def day(found: re.Match[str]) -> str:
        name = found[1]
        ago = _DAYS_AGO.fullmatch(name)
        days = {"date": 0, "yesterday": 1}.get(name, int(ago[1]) if ago else None)
        if days is None:
            known = "{date}, {yesterday} and {date-N}"
            raise ConfigError("CONFIG_INVALID", f"{path}: there is no placeholder {{{name}}}, only {known}")
        return (today - timedelta(days=days)).isoformat()

    return _PLACEHOLDER.sub(day, path)
