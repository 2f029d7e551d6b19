"""Trains a scaler and a logistic regression on thirty numbers with SparkML: train_wide.py DIRECTORY

Saves the model as DIRECTORY/wide, and as DIRECTORY/wide.json what it has learned, 1,000 rows, and what a batch predicts for them.
"""

import json
import sys
from pathlib import Path

import numpy as np
from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import StandardScaler
from pyspark.ml.functions import array_to_vector, vector_to_array
from pyspark.sql import SparkSession
from sklearn.datasets import load_breast_cancer

ROWS = 1000


def questions():
    """Rows near those of the training, rounded so that each text of JSON is the same number."""
    features, _ = load_breast_cancer(return_X_y=True)
    noise = np.random.default_rng(1).normal(1, 0.05, (ROWS, features.shape[1]))
    return np.round(np.resize(features, (ROWS, features.shape[1])) * noise, 4).tolist()


def vectors(spark, rows, schema):
    return spark.createDataFrame(rows, schema).coalesce(1).withColumn("features", array_to_vector("features"))


def main():
    directory = Path(sys.argv[1])
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    features, labels = load_breast_cancer(return_X_y=True)
    training = [(row, float(label)) for row, label in zip(features.tolist(), labels)]
    stages = [
        StandardScaler(inputCol="features", outputCol="scaled", withMean=True),
        # The names of the outputs of MLServer's runtime for scikit-learn.
        LogisticRegression(featuresCol="scaled", predictionCol="predict", probabilityCol="predict_proba", regParam=0.01),
    ]
    model = Pipeline(stages=stages).fit(vectors(spark, training, "features ARRAY<DOUBLE>, label DOUBLE"))
    model.write().overwrite().save(str(directory / "wide"))
    rows = questions()
    predicted = model.transform(vectors(spark, [(row,) for row in rows], "features ARRAY<DOUBLE>"))
    answers = predicted.select("predict", vector_to_array("predict_proba").alias("predict_proba")).collect()
    scaler, regression = model.stages
    learned = {
        "mean": scaler.mean.toArray().tolist(),
        "scale": scaler.std.toArray().tolist(),
        "coefficients": regression.coefficients.toArray().tolist(),
        "intercept": regression.intercept,
    }
    predictions = [[answer.predict, *answer.predict_proba] for answer in answers]
    (directory / "wide.json").write_text(json.dumps({**learned, "rows": rows, "predictions": predictions}))


if __name__ == "__main__":
    main()
