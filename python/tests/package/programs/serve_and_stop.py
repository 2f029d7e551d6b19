"""Serves one request under two replicas, stops, and stops Spark."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import sparkwire as sw
from client import post

spark = sw.session(master="local[2,1000000]")
requests = spark.readStream.server("127.0.0.1", 0, "twice").load()
query = requests.parse_request("value INT NOT NULL").selectExpr("id", "value * 2 AS n").make_reply("n").write_stream.server().start()
print(post(query.url, {"value": 21}).body.decode())
query.stop()
print("stopped")
spark.stop()
