"""The columns that are found in models of PySpark and of MLflow where no schema is given."""

import json

import pytest
from py4j.protocol import Py4JJavaError

from command import serve
from http_client import Connection
from models import KINDS, rows_of

UNKNOWN = {"bucketizer-sql": "the type of column 'x' cannot be known: it is read by stage 2 of 4, SQLTransformer"}
SIZED = {"lr-on-a-vector": "point VECTOR(3)"}
MLMODEL = """\
artifact_path: model
flavors:
  python_function:
    data: sparkml
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.spark
    python_version: 3.11.2
  spark:
    code: null
    model_data: sparkml
    pyspark_version: 4.1.0
mlflow_version: 3.17.2
model_uuid: 0c8e6c1f4bd84f0f9f0c1a3e5b7d9e21
signature:
  inputs: '[{"type": "double", "name": "x", "required": true}, {"type": "double", "name": "y", "required": true}, {"type":
    "string", "name": "colour", "required": true}]'
  outputs: '[{"type": "double", "required": true}]'
  params: null
utc_time_created: '2026-11-20 10:11:12.131415'
"""


def found(spark, directory):
    """The columns that the JVM finds, as DDL."""
    jvm = spark._jvm
    session = spark._jsparkSession
    location = jvm.io.sparkwire.model.ModelLocation(str(directory))
    allowed = jvm.io.sparkwire.model.AllowedStages.DEFAULT
    nothing = jvm.java.util.function.Predicate.isEqual(None)
    schema = jvm.io.sparkwire.model.ModelSchema.of(session, location, location.load(session, allowed), None, nothing)
    return jvm.io.sparkwire.spark.catalyst.Ddl.text(schema.columns())


def columns(schema):
    return {tuple(column.split(maxsplit=1)) for column in schema.replace(", ", ",").split(",")}


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_shows_its_columns_or_the_one_whose_type_it_does_not_show(spark, trained, kind):
    _, directory = trained(kind)
    if kind in UNKNOWN:
        with pytest.raises(Py4JJavaError) as failure:
            found(spark, directory)
        assert UNKNOWN[kind] in str(failure.value.java_exception.getMessage())
    else:
        assert columns(found(spark, directory)) == columns(SIZED.get(kind, KINDS[kind].schema))


def test_a_directory_of_mlflow_is_served_by_itself(spark, trained, tmp_path):
    model, directory = trained("gbt")
    logged = tmp_path / "logged"
    logged.mkdir()
    (logged / "sparkml").symlink_to(directory)
    (logged / "MLmodel").write_text(MLMODEL)
    rows = model.transform(rows_of(spark).select("n", "x", "y", "colour")).collect()
    with serve(spark, tmp_path / "output", "--model", str(logged)) as (port, path), Connection(port, path) as connection:
        assert path == "/logged"
        for row in rows:
            reply = connection.post(json.dumps({"x": row.x, "y": row.y, "colour": row.colour}))
            assert json.loads(reply.text) == {"prediction": row.prediction, "probability": list(row.probability)}
        refused = json.loads(connection.post(json.dumps({"x": "one", "y": 1, "colour": "red"})).text)
        assert (refused["status"], refused["field"]) == (400, "x")
    output = (tmp_path / "output").read_text()
    assert "found in the signature in MLmodel; to keep it:" in output
    assert '--schema "x DOUBLE,y DOUBLE,colour STRING"' in output
