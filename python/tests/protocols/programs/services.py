"""Three services of one node, which reply with what they got, in all types: services.py

Prints their port as JSON, and ends with its standard input.
"""

import json
import socket
import sys

import sparkwire as sw

SCHEMAS = {
    "values": "flag BOOLEAN, tiny TINYINT, small SMALLINT, whole INT, large BIGINT, single FLOAT, number DOUBLE, text STRING,"
    " numbers ARRAY<DOUBLE>",
    "orders": "customer STRUCT<name: STRING NOT NULL, address: STRUCT<city: STRING, zip: STRING>> NOT NULL,"
    " items ARRAY<STRUCT<sku: STRING NOT NULL, pieces: INT NOT NULL>>, tags MAP<STRING, STRING>, ratings MAP<STRING, ARRAY<DOUBLE>>",
    "ledger": "booked TIMESTAMP NOT NULL, day DATE, local TIMESTAMP_NTZ, amount DECIMAL(18, 4) NOT NULL,"
    " rates MAP<STRING, DECIMAL(10, 4)>, history ARRAY<TIMESTAMP>, note BINARY",
}
JIT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def start(spark, name, schema, port):
    requests = sw.server(spark, "127.0.0.1", port, name).option("partitions", 1).load().parse_request(schema)
    columns = [column for column in requests.columns if column not in ("id", "request")]
    sw.server_of(requests.make_reply(columns)).replicas(1).start()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def main():
    settings = {"spark.sql.shuffle.partitions": 1, "spark.driver.memory": "1g", "spark.driver.extraJavaOptions": JIT}
    spark = sw.session(master="local[4,1000000]", settings=settings)
    port = free_port()
    for name, schema in SCHEMAS.items():
        start(spark, name, schema, port)
    print(json.dumps({"port": port}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
