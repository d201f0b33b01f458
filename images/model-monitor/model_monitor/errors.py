"""Ends of a run that are known: each has a stable code and an exit status, and none carries a value of the data."""


class MonitorError(Exception):
    """Why a run could not judge the model, or could not tell anybody."""

    exit_status = 1

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class ConfigError(MonitorError):
    """The configuration is not one that the job understands."""

    exit_status = 2


class DataError(MonitorError):
    """The data could not be read, or is too little to judge by."""

    exit_status = 3


class UnexpectedError(MonitorError):
    """Something broke that nobody thought of: the message is the type of the exception, whose own may quote values."""

    exit_status = 3


class DeliveryError(MonitorError):
    """The report could not be stored, or the push gateway did not take the series."""

    exit_status = 4
