"""Generated values of Spark's types. The same seed gives the same values."""

import datetime
import decimal
import random
import struct

NULL_SHARE = 0.1
EXACT_IN_DOUBLE = 1 << 53  # pandas makes a column of whole numbers with nulls one of doubles


class Column:
    """A name, a type in DDL, and how one value of it is drawn."""

    def __init__(self, name, ddl, draw, nullable=True):
        self.name = name
        self.ddl = ddl
        self.draw = draw
        self.nullable = nullable

    def value(self, random_):
        return None if self.nullable and random_.random() < NULL_SHARE else self.draw(random_)


def _of(bits):
    edge = 1 << (bits - 1)
    return lambda r: r.choice([-edge, edge - 1, 0, -1, r.randint(-edge, edge - 1), r.randint(-100, 100)])


def _double(r):
    special = [0.0, -0.0, 1.5, -2.25, 1e308, 5e-324, float("inf"), float("-inf"), float("nan")]
    return r.choice([r.choice(special), r.uniform(-1e6, 1e6), struct.unpack("d", r.randbytes(8))[0]])


def _float(r):
    special = [0.0, -0.0, 1.5, 3.4028234663852886e38, float("inf"), float("nan")]
    return r.choice([r.choice(special), struct.unpack("f", struct.pack("f", r.uniform(-1e6, 1e6)))[0]])


def _text(r):
    alphabet = "ab Z09\t\n\"\\|,'{}\u00e9\u6771\u4eac\U0001f600\u0000"
    return "".join(r.choice(alphabet) for _ in range(r.choice([0, 1, 3, 20])))


def _binary(r):
    return bytearray(r.randbytes(r.choice([0, 1, 8, 40])))


def _decimal(precision, scale):
    def draw(r):
        digits = r.randint(1, precision)
        unscaled = r.choice([-1, 1]) * r.randint(0, 10**digits - 1)
        return decimal.Decimal(unscaled).scaleb(-scale, decimal.Context(prec=38))

    return draw


def _date(r):
    return datetime.date.fromordinal(r.choice([1, 719163, r.randint(620_000, 820_000), r.randint(700_000, 760_000)]))


def _timestamp(r):
    """Within the years that nanoseconds of pandas can hold, changes of daylight saving time included."""
    start = datetime.datetime(1700, 1, 2)
    usual = start + datetime.timedelta(microseconds=r.randint(0, 500 * 365 * 86_400 * 1_000_000))
    autumn = datetime.datetime(2024, 11, 3, 0, 0) + datetime.timedelta(microseconds=r.randint(0, 4 * 3600 * 1_000_000))
    spring = datetime.datetime(2024, 3, 10, 3, 0) + datetime.timedelta(microseconds=r.randint(0, 3600 * 1_000_000))
    return r.choice([usual, usual, autumn, spring, datetime.datetime(1970, 1, 1)])


def _interval(r):
    return datetime.timedelta(days=r.randint(-1000, 1000), seconds=r.randint(0, 86_399), microseconds=r.randint(0, 999_999))


def _time(r):
    return (datetime.datetime.min + datetime.timedelta(microseconds=r.randint(0, 86_400 * 1_000_000 - 1))).time()


def _list(draw, null_share=0.0):
    return lambda r: [None if r.random() < null_share else draw(r) for _ in range(r.choice([0, 1, 2, 5]))]


def _map(draw_key, draw_value):
    return lambda r: {draw_key(r): draw_value(r) for _ in range(r.choice([0, 1, 2, 4]))}


def _small(r):
    return r.randint(-1000, 1000)


def _word(r):
    return f"k{r.randint(0, 99)}"


COLUMNS = [
    Column("boolean", "boolean", lambda r: r.random() < 0.5),
    Column("tinyint", "tinyint", _of(8)),
    Column("smallint", "smallint", _of(16)),
    Column("int", "int", _of(32)),
    Column("bigint", "bigint", lambda r: r.randint(-EXACT_IN_DOUBLE, EXACT_IN_DOUBLE)),
    Column("whole_bigint", "bigint", _of(64), nullable=False),
    Column("float", "float", _float),
    Column("double", "double", _double),
    Column("decimal", "decimal(10,2)", _decimal(10, 2)),
    Column("long_decimal", "decimal(38,18)", _decimal(38, 18)),
    Column("string", "string", _text),
    Column("binary", "binary", _binary),
    Column("date", "date", _date),
    Column("timestamp", "timestamp", _timestamp),
    Column("timestamp_ntz", "timestamp_ntz", _timestamp),
    Column("interval", "interval day to second", _interval),
    Column("array_int", "array<int>", _list(_small)),
    Column("array_double", "array<double>", _list(lambda r: r.uniform(-10, 10))),
    Column("array_string", "array<string>", _list(_text, NULL_SHARE)),
    Column("array_array", "array<array<string>>", _list(_list(_word))),
    Column("array_timestamp", "array<timestamp>", _list(_timestamp)),
    Column("array_struct", "array<struct<a:int,b:string>>", _list(lambda r: (_small(r), _text(r)))),
    Column("map", "map<string,int>", _map(_word, _small)),
    Column("map_struct", "map<int,struct<d:double,t:string>>", _map(_small, lambda r: (r.uniform(-5, 5), _text(r)))),
    Column("struct", "struct<a:int,b:string,c:date>", lambda r: (_small(r), _text(r), _date(r))),
    Column("nested", "struct<x:struct<y:array<decimal(10,2)>,z:binary>>", lambda r: ((_list(_decimal(10, 2))(r), _binary(r)),)),
    Column("time", "time", _time),
]


def columns_of(spark):
    """Those whose types this version of Spark knows."""
    return [column for column in COLUMNS if _knows(spark, column.ddl)]


def _knows(spark, ddl):
    try:
        spark.sql(f"SELECT CAST(NULL AS {ddl}) AS x").collect()
        return True
    except Exception:
        return False


def rows(columns, number, seed):
    """Rows of a key and one value for each column."""
    random_ = random.Random(seed)
    return [(key, *(column.value(random_) for column in columns)) for key in range(number)]


def schema(columns):
    return ", ".join(["key bigint not null", *(f"`{column.name}` {column.ddl}" for column in columns)])
