"""Waits on a condition, with a bound."""

import time

POLL_SECONDS = 0.02


def wait_until(condition, what, seconds=60):
    """Returns what the condition returns once that is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(POLL_SECONDS)
