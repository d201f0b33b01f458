"""Hands the series of a run to a push gateway."""

import http.client
import time
import urllib.error
import urllib.request

from .errors import DeliveryError

_PAUSES_SECONDS = (1, 5, 15)
_TIMEOUT_SECONDS = 10


def push(gateway: str, model: str, text: str, replace: bool) -> None:
    """Puts the series under the job `model-monitor` and the model.

    With `replace`, all that was there before goes. Otherwise what this run has no value for stays, above all the time
    of the last success, by which a job that fails again and again is noticed. Raises `DeliveryError` `PUSH_FAILED`.
    """
    url = f"{gateway.rstrip('/')}/metrics/job/model-monitor/model/{model}"
    request = urllib.request.Request(url, data=text.encode(), method="PUT" if replace else "POST")
    request.add_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
    for pause in (*_PAUSES_SECONDS, None):
        why = _send(request)
        if why is None:
            return
        if pause is None or why.startswith("4"):
            raise DeliveryError("PUSH_FAILED", f"{url}: {why}")
        time.sleep(pause)


def _send(request: urllib.request.Request) -> str | None:
    """Sends it past all proxies; says why it was not taken, or nothing."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_TIMEOUT_SECONDS):
            return None
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.reason}"
    except http.client.HTTPException as error:
        # Its text is what came instead of an answer.
        return f"no answer in HTTP ({type(error).__name__})"
    except OSError as error:
        return str(getattr(error, "reason", error))
