"""Trains models as a user of MLflow does, and logs them with `mlflow.spark.log_model`: train.py DIRECTORY

Below DIRECTORY it writes, for each model, MLflow's directory `<name>/`, and `<name>.json` with all rows and what a batch predicts for them.
"""

import json
import os
import shutil
import sys
from pathlib import Path

import mlflow
from mlflow.models import infer_signature
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import Imputer, IndexToString, OneHotEncoder, StandardScaler, StringIndexer, VectorAssembler
from pyspark.ml.functions import vector_to_array
from pyspark.sql import SparkSession
from sklearn.datasets import load_breast_cancer

PENGUINS = Path(__file__).parents[4] / "cli/src/main/resources/io/sparkwire/app/penguins.csv"
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
TEXTS = ["island", "sex"]
JIT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def penguins(spark):
    """The demo's classifier of penguins, and all of them."""
    schema = f"known_species STRING, island STRING, {', '.join(f'{name} DOUBLE' for name in NUMBERS)}, sex STRING"
    rows = spark.read.csv(str(PENGUINS), schema=schema, header=True, enforceSchema=True).coalesce(1).cache()
    labels = StringIndexer(inputCol="known_species", outputCol="label", stringOrderType="alphabetAsc").fit(rows)
    stages = [
        Imputer(inputCols=NUMBERS, outputCols=[f"filled_{name}" for name in NUMBERS], strategy="median"),
        StringIndexer(inputCols=TEXTS, outputCols=[f"{name}_index" for name in TEXTS], handleInvalid="keep"),
        OneHotEncoder(inputCols=[f"{name}_index" for name in TEXTS], outputCols=[f"{name}_vector" for name in TEXTS]),
        VectorAssembler(inputCols=[f"filled_{name}" for name in NUMBERS] + [f"{name}_vector" for name in TEXTS], outputCol="features"),
        LogisticRegression(regParam=0.01),
        IndexToString(inputCol="prediction", outputCol="species", labels=labels.labels),
    ]
    return Pipeline(stages=stages).fit(labels.transform(rows)), rows.drop("known_species")


def cells(spark):
    """A scaler and a logistic regression on thirty numbers, of which the names have blanks, and all rows."""
    data = load_breast_cancer()
    names = list(map(str, data.feature_names))
    values = [[*map(float, row), float(label)] for row, label in zip(data.data, data.target)]
    rows = spark.createDataFrame(values, [*names, "label"]).coalesce(1).cache()
    stages = [
        VectorAssembler(inputCols=names, outputCol="raw"),
        StandardScaler(inputCol="raw", outputCol="features", withMean=True),
        LogisticRegression(regParam=0.01),
    ]
    return Pipeline(stages=stages).fit(rows), rows.drop("label")


def log(name, model: PipelineModel, rows, directory):
    """Logs a model with its signature, and writes down what it predicts."""
    predicted = model.transform(rows).withColumn("probability", vector_to_array("probability"))
    wanted = [column for column in ("species", "prediction", "probability") if column in predicted.columns]
    expected = [row.asDict() for row in predicted.select(*wanted).collect()]
    (directory / f"{name}.json").write_text(json.dumps({"rows": [row.asDict() for row in rows.collect()], "expected": expected}))
    signature = infer_signature(rows, predicted.select("prediction"))
    with mlflow.start_run():
        logged = mlflow.spark.log_model(model, name, signature=signature, pip_requirements=["pyspark"])
    mlflow.artifacts.download_artifacts(logged.model_uri, dst_path=str(directory))


def main():
    directory = Path(sys.argv[1]).resolve()
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    os.chdir(directory)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.extraJavaOptions", JIT)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    mlflow.set_tracking_uri(f"sqlite:///{directory}/mlflow.db")
    log("penguins", *penguins(spark), directory)
    log("cells", *cells(spark), directory)
    spark.stop()


if __name__ == "__main__":
    main()
