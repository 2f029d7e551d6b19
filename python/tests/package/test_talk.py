"""Whole programs: the talk's pipeline in examples/python/talk.py, and one in the typed form that mypy checks."""

import importlib.util

import pytest
from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import VectorAssembler

from client import post
from conftest import PROGRAMS, ROOT

COLUMNS = "age DOUBLE, income DOUBLE"


def program(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scoring(spark):
    rows = [(20.0 + n, 1000.0 * (n % 7), float(n % 3 == 0)) for n in range(60)]
    stages = [VectorAssembler(inputCols=["age", "income"], outputCol="features"), LogisticRegression(probabilityCol="scores", maxIter=5)]
    return Pipeline(stages=stages).fit(spark.createDataFrame(rows, f"{COLUMNS}, label DOUBLE"))


def test_the_talks_pipeline_replies_the_scores_of_a_batch(spark, scoring):
    talk = program(ROOT / "examples/python/talk.py")
    people = spark.createDataFrame([(20.0 + n, 500.0 * n) for n in range(20)], COLUMNS)
    with talk.start(spark, "127.0.0.1", 0, scoring) as query:
        for row in scoring.transform(people).collect():
            assert post(query.url, {"age": row.age, "income": row.income}).json == list(row.scores)
        assert post(query.url, {"age": "old"}).status == 400


def test_a_program_in_the_typed_form_replies(spark):
    typed = program(PROGRAMS / "typed_pipeline.py")
    with typed.start(0) as query:
        assert post(query.url, {"value": 41}).json == {"next": 42}
        assert post(query.url, {"value": None}).status == 400
        assert typed.answered(query) == 2
