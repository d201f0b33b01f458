"""Reads values out of parsed JSON and remembers every problem, so that all are told at once."""

import math
from collections.abc import Collection, Mapping
from typing import Any

REQUIRED: Any = object()


class Fields:
    """One object of a JSON text: each `take` method reads one key, and `finish` finds the keys that nobody read."""

    def __init__(self, value: object, path: str, problems: list[str]) -> None:
        self._path = path
        self._problems = problems
        self._read: set[str] = set()
        self._values: Mapping[str, Any] = {}
        if isinstance(value, dict):
            self._values = value
        else:
            self.problem(path or "the configuration", "must be an object")

    def problem(self, path: str, rule: str) -> None:
        """Remembers a problem."""
        self._problems.append(f"`{path}` {rule}")

    def text(self, name: str, default: Any = REQUIRED) -> Any:
        """A text that is not empty."""
        return self._take(name, default, lambda v: isinstance(v, str) and v != "", "must be a text")

    def choice(self, name: str, choices: Collection[str], default: Any = REQUIRED) -> Any:
        """One text out of some."""
        rule = f"must be one of {', '.join(sorted(choices))}"
        return self._take(name, default, lambda v: isinstance(v, str) and v in choices, rule)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        return bool(self._take(name, default, lambda v: isinstance(v, bool), "must be true or false"))

    def number(self, name: str, default: Any = REQUIRED, least: float = -math.inf, most: float = math.inf) -> Any:
        """A finite number within bounds."""
        rule = f"must be a number from {least:g} to {most:g}"
        return self._take(name, default, lambda v: _is_number(v) and least <= v <= most, rule)

    def whole(self, name: str, default: Any = REQUIRED, least: int = 0) -> Any:
        """A whole number of at least `least`."""
        rule = f"must be a whole number of {least} or more"
        return self._take(name, default, lambda v: _is_number(v) and v == int(v) and v >= least, rule)

    def texts(self, name: str, choices: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts, none twice; an empty one when the key is not there."""
        among = "" if choices is None else f" out of {', '.join(sorted(choices))}"

        def fits(value: object) -> bool:
            if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
                return False
            return len(set(value)) == len(value) and (choices is None or set(value) <= set(choices))

        return tuple(self._take(name, [], fits, f"must be a list of different texts{among}"))

    def values(self, name: str) -> tuple[str, ...] | None:
        """A list of texts, numbers and booleans, each written as text."""

        def fits(value: object) -> bool:
            return (
                isinstance(value, list) and value != [] and all(isinstance(item, (str, int, float)) for item in value)
            )

        found = self._take(name, None, fits, "must be a list of texts, numbers or booleans")
        return None if found is None else tuple(_as_text(item) for item in found)

    def section(self, name: str) -> "Fields":
        """An object within; an empty one when the key is not there."""
        self._read.add(name)
        return Fields(self._values.get(name, {}), self._at(name), self._problems)

    def sections(self, name: str) -> dict[str, "Fields"]:
        """An object of objects, by key."""
        self._read.add(name)
        found = self._values.get(name, {})
        if not isinstance(found, dict):
            self.problem(self._at(name), "must be an object")
            return {}
        return {key: Fields(value, f"{self._at(name)}.{key}", self._problems) for key, value in found.items()}

    def finish(self) -> None:
        """Remembers the keys that were never read: a key that is written wrong would be left unheeded."""
        for name in sorted(set(self._values) - self._read):
            self.problem(self._at(name), "is not known")

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _take(self, name: str, default: Any, fits: Any, rule: str) -> Any:
        self._read.add(name)
        if name not in self._values and default is not REQUIRED:
            return default
        value = self._values.get(name)
        if fits(value):
            return value
        self.problem(self._at(name), rule)
        return None if default is REQUIRED else default


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _as_text(value: str | int | float) -> str:
    """As Arrow writes it, so that it compares with what is read."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
