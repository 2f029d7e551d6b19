"""A service in the typed form of the API, which mypy checks and a test runs."""

from dataclasses import dataclass

import sparkwire as sw


@dataclass
class Request:
    value: int


def start(port: int) -> sw.ServingQuery:
    spark = sw.session(master="local[1,1000000]")
    requests = sw.server(spark, "127.0.0.1", port, "typed").option("max-in-flight", 10).load()
    parsed = requests.transform(sw.parse_request, Request)
    replies = sw.make_reply(parsed.selectExpr("id", "value + 1 AS next"), "next")
    return sw.server_of(replies).replicas(1).start()


def answered(query: sw.ServingQuery) -> int:
    counts = query.counts()
    return counts.answered if counts else 0
