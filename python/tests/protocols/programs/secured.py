"""A service of a node that speaks TLS, which replies with the subject of its client's certificate: secured.py CERT KEY TRUST

Prints its URL as JSON, and ends with its standard input.
"""

import json
import sys

import sparkwire as sw
from pyspark.sql import functions as F

JIT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def main():
    cert, key, trust = sys.argv[1:]
    tls = {"tls-cert": cert, "tls-key": key, "tls-trust": trust, "tls-client-auth": "optional"}
    settings = {"spark.sql.shuffle.partitions": 1, "spark.driver.memory": "1g", "spark.driver.extraJavaOptions": JIT}
    spark = sw.session(
        master="local[4,1000000]", settings={**settings, **{f"spark.sparkwire.{name}": value for name, value in tls.items()}}
    )
    requests = sw.server(spark, "127.0.0.1", 0, "who").option("partitions", 1).load()
    named = requests.select("id", F.coalesce(sw.functions.client_subject(), F.lit("none")).alias("client"))
    query = sw.server_of(named.make_reply("client")).replicas(1).start()
    print(json.dumps({"url": query.url}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
