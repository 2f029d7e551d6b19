"""Faults that a seed assigns to requests, and functions that have them."""

import itertools
import os
import random
import time

from functions import transformed

GOOD = "good"
RAISES_ONCE = "raises once"
POISON = "poison"
EXITS_ONCE = "exits once"
ALWAYS_EXITS = "always exits"
HANGS = "hangs"


class TransientError(Exception):
    """Raised for a request the first time."""


class PoisonError(Exception):
    """Raised for a request every time."""


class FaultSchedule:
    """Which fault each request has. Pickled into functions. Immutable.

    shares -- how often each fault occurs, as parts of 1; all other requests are good
    """

    def __init__(self, seed, shares):
        self.seed = seed
        self.shares = shares

    def of(self, value):
        draw = random.Random(f"{self.seed}/{value}").random()
        for fault, share in self.shares.items():
            if draw < share:
                return fault
            draw -= share
        return GOOD

    @classmethod
    def with_each_fault(cls, seed, shares, values):
        """The first schedule of a seed that has each fault among these requests."""
        schedules = (cls(f"{seed}/{n}", shares) for n in itertools.count())
        return next(one for one in schedules if {one.of(value) for value in values} == {GOOD, *shares})

    def is_good(self, value):
        return self.of(value) == GOOD


class Faulty:
    """`transformed` with faults: raises, ends its process or hangs, and notes each computation. Pickled into functions."""

    def __init__(self, schedule, journal):
        self.schedule = schedule
        self.journal = journal

    def one(self, value):
        self.journal.write("computed", value, os.getpid())
        fault = self.schedule.of(value)
        if fault == POISON:
            raise PoisonError(f"request {value} is poison")
        if fault == ALWAYS_EXITS:
            os._exit(3)
        if fault == HANGS:
            time.sleep(3600)
        if fault in (RAISES_ONCE, EXITS_ONCE) and self.journal.first_time(f"fault-{value}"):
            if fault == EXITS_ONCE:
                os._exit(4)
            raise TransientError(f"request {value} fails once")
        return transformed(value)

    def series(self, values):
        return values.map(self.one)


def computations(journal):
    """How often each request was computed, or begun."""
    counts = {}
    for words in journal.lines():
        if words[0] == "computed":
            counts[int(words[1])] = counts.get(int(words[1]), 0) + 1
    return counts
