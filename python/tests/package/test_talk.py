"""The talk's pipeline in Python: examples/python/talk.py."""

import importlib.util

import pytest
from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import VectorAssembler

from client import post
from conftest import ROOT

COLUMNS = "age DOUBLE, income DOUBLE"


@pytest.fixture
def talk():
    spec = importlib.util.spec_from_file_location("talk", ROOT / "examples/python/talk.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scoring(spark):
    rows = [(20.0 + n, 1000.0 * (n % 7), float(n % 3 == 0)) for n in range(60)]
    stages = [VectorAssembler(inputCols=["age", "income"], outputCol="features"), LogisticRegression(probabilityCol="scores", maxIter=5)]
    return Pipeline(stages=stages).fit(spark.createDataFrame(rows, f"{COLUMNS}, label DOUBLE"))


def test_it_replies_the_scores_of_a_batch(spark, talk, scoring):
    people = spark.createDataFrame([(20.0 + n, 500.0 * n) for n in range(20)], COLUMNS)
    with talk.start(spark, "127.0.0.1", 0, scoring) as query:
        for row in scoring.transform(people).collect():
            assert post(query.url, {"age": row.age, "income": row.income}).json == list(row.scores)
        assert post(query.url, {"age": "old"}).status == 400
