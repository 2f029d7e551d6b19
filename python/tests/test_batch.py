"""Requests of many rows through Python functions, by format name: each reply has its rows in order."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Iterator

import pandas as pd
import pytest
from pyspark.sql import functions as F

from functions import KINDS, MAP_KINDS, transformed
from service import serving

OWN_PATHS = ["udf", "pandas_udf", "pandas_udf of iterators", "mapInPandas", "mapInArrow"]  # of rows to Python and back
REQUESTS = 30
CLIENTS = 6
BAD = 66


def rows(start, count):
    return list(range(start, start + count))


def reply(values):
    return json.dumps([transformed(value) for value in values], separators=(",", ":"))


def replies_of_many(service, bodies):
    """What these bodies get, asked by several clients at once."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(lambda values: service.post(json.dumps(values)), bodies))


def bodies():
    return [rows(100 * n, 1 + n % 17) for n in range(REQUESTS)]


@pytest.mark.parametrize("kind", OWN_PATHS)
def test_each_request_gets_the_replies_to_its_rows_in_order(spark, trigger, kind):
    with serving(spark, KINDS[kind], trigger, batch="on") as service:
        assert [got.text for got in replies_of_many(service, bodies())] == [reply(values) for values in bodies()]
        assert service.post("7").text == transformed(7)


@pytest.mark.parametrize("kind", ["udf", "pandas_udf", "mapInPandas"])
def test_a_row_on_which_a_function_fails_fails_its_request_alone(spark, kind):
    def check(value):
        if value == BAD:
            raise ValueError("bad")
        return value

    checked = F.udf(check, "long", useArrow=False)
    with serving(spark, lambda requests: KINDS[kind](requests.withColumn("value", checked("value"))), batch="on") as service:
        got = replies_of_many(service, [rows(10 * n, 10) for n in range(12)])
        assert [reply.status for reply in got] == [500 if n == 6 else 200 for n in range(12)]
        assert all(got[n].text == reply(rows(10 * n, 10)) for n in range(12) if n != 6)


def left_out_by_a_filter(requests):
    is_even = F.udf(lambda value: value % 2 == 0, "boolean", useArrow=False)
    return KINDS["pandas_udf"](requests.where(is_even("value")))


def left_out_by_a_map_function(requests):
    def function(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield batch[batch["value"] % 2 == 0]

    rows = requests.select("id", "value")
    return KINDS["udf"](rows.mapInPandas(function, rows.schema))


@pytest.mark.parametrize("pipeline", [left_out_by_a_filter, left_out_by_a_map_function])
def test_rows_that_are_left_out_are_not_in_the_reply(spark, pipeline):
    with serving(spark, pipeline, batch="on", timeout="20s") as service:
        got = replies_of_many(service, bodies())
        for values, answer in zip(bodies(), got):
            even = [value for value in values if value % 2 == 0]
            assert (answer.status, answer.text) == (200, reply(even))
        none = service.post("[1, 3]")
        assert none.status == 204, none


@pytest.mark.parametrize("kind", MAP_KINDS)
def test_rows_behind_a_shuffle(spark, kind):
    with serving(spark, lambda requests: MAP_KINDS[kind](requests.repartition(3)), batch="on") as service:
        assert [got.text for got in replies_of_many(service, bodies())] == [reply(values) for values in bodies()]
