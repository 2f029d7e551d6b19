"""A service that replies with the principal and the subject of its client, on a node with these options: secured.py NAME=VALUE …

Prints its URL as JSON, and ends with its standard input.
"""

import json
import sys

import sparkwire as sw
from pyspark.sql import functions as F

JIT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def main():
    options = dict(argument.split("=", 1) for argument in sys.argv[1:])
    settings = {"spark.sql.shuffle.partitions": 1, "spark.driver.memory": "1g", "spark.driver.extraJavaOptions": JIT}
    spark = sw.session(
        master="local[4,1000000]", settings={**settings, **{f"spark.sparkwire.{name}": value for name, value in options.items()}}
    )
    requests = sw.server(spark, "127.0.0.1", 0, "who").option("partitions", 1).load()
    names = (F.coalesce(name, F.lit("none")) for name in (sw.functions.principal(), sw.functions.client_subject()))
    named = requests.select("id", F.concat_ws(" ", *names).alias("client"))
    query = sw.server_of(named.make_reply("client")).replicas(1).start()
    print(json.dumps({"url": query.url}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
