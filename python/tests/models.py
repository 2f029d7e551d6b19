"""Kinds of SparkML models as PySpark users train them: each with the columns of its requests, and the options with which it is served."""

import math
import random
from typing import Callable, NamedTuple

from pyspark.ml import Pipeline
from pyspark.ml.classification import (
    FMClassifier,
    GBTClassifier,
    LogisticRegression,
    MultilayerPerceptronClassifier,
    NaiveBayes,
    OneVsRest,
    RandomForestClassifier,
)
from pyspark.ml.clustering import LDA, KMeans
from pyspark.ml.evaluation import BinaryClassificationEvaluator, Evaluator, RegressionEvaluator
from pyspark.ml.feature import (
    PCA,
    Bucketizer,
    CountVectorizer,
    HashingTF,
    IDF,
    Imputer,
    MinMaxScaler,
    OneHotEncoder,
    RFormula,
    SQLTransformer,
    StandardScaler,
    StopWordsRemover,
    StringIndexer,
    Tokenizer,
    VectorAssembler,
    Word2Vec,
)
from pyspark.ml.functions import array_to_vector
from pyspark.ml.recommendation import ALS
from pyspark.ml.regression import DecisionTreeRegressor, LinearRegression
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder, TrainValidationSplit
from pyspark.ml.util import DefaultParamsReadable, DefaultParamsWritable
from pyspark.sql import functions as F

ROWS = 40
NUMBERS = "x DOUBLE, y DOUBLE, z DOUBLE"
TRAINING = f"n INT, {NUMBERS}, colour STRING, text STRING, words ARRAY<STRING>, user INT, item INT, rating FLOAT, label DOUBLE"
SENTENCES = ["A good and nice day", "bad ugly weather again", "so so nothing new", "good weather good mood"]


class Agreement(Evaluator, DefaultParamsReadable, DefaultParamsWritable):
    """An evaluator that the JVM does not know, so that PySpark saves a search by it as one of Python."""

    def _evaluate(self, dataset):
        return dataset.filter("prediction = colours").count()


class Kind(NamedTuple):
    """A kind of model."""

    schema: str
    estimator: Callable
    options: tuple = ()
    holes: bool = False


def assembler(*columns, output="features"):
    return VectorAssembler(inputCols=list(columns), outputCol=output)


def pipeline(*stages):
    return Pipeline(stages=list(stages))


def search(kind, estimator, regularized, evaluator, **params):
    grid = ParamGridBuilder().addGrid(regularized.regParam, [0.1]).build()
    return kind(estimator=estimator, estimatorParamMaps=grid, evaluator=evaluator, seed=1, **params)


def logistic_regression(**params):
    return LogisticRegression(maxIter=2, **params)


def cross_validator():
    regression = logistic_regression()
    return pipeline(
        assembler("x", "y", "z"),
        search(CrossValidator, regression, regression, BinaryClassificationEvaluator(), numFolds=2),
    )


def search_by_a_function_of_python():
    regression = logistic_regression()
    stages = pipeline(
        assembler("x", "y", "z"),
        StringIndexer(inputCol="colour", outputCol="colours"),
        OneVsRest(classifier=regression, labelCol="colours"),
    )
    grid = [{stages.getStages()[2].predictionCol: "prediction"}]
    return CrossValidator(estimator=stages, estimatorParamMaps=grid, evaluator=Agreement(), seed=1, numFolds=2)


def train_validation_split():
    regression = LinearRegression(maxIter=2)
    return search(TrainValidationSplit, pipeline(assembler("x", "y", "z"), regression), regression, RegressionEvaluator())


KINDS = {
    "scaler-pca-lr": Kind(
        NUMBERS,
        lambda: pipeline(
            assembler("x", "y", "z"),
            StandardScaler(inputCol="features", outputCol="scaled", withMean=True),
            PCA(k=2, inputCol="scaled", outputCol="main"),
            logistic_regression(featuresCol="main"),
        ),
    ),
    "gbt": Kind(
        "x DOUBLE, y DOUBLE, colour STRING",
        lambda: pipeline(
            StringIndexer(inputCol="colour", outputCol="index", handleInvalid="keep"),
            assembler("x", "y", "index"),
            GBTClassifier(maxIter=2, maxDepth=2, seed=1),
        ),
    ),
    "cross-validator": Kind(NUMBERS, cross_validator),
    "train-validation-split": Kind(NUMBERS, train_validation_split),
    "k-means": Kind(NUMBERS, lambda: pipeline(assembler("x", "y", "z"), KMeans(k=3, maxIter=2, seed=1))),
    "lda": Kind(
        "words ARRAY<STRING>",
        lambda: pipeline(CountVectorizer(inputCol="words", outputCol="features"), LDA(k=2, maxIter=2, seed=1)),
    ),
    "mlp": Kind(
        NUMBERS,
        lambda: pipeline(assembler("x", "y", "z"), MultilayerPerceptronClassifier(layers=[3, 4, 2], maxIter=2, seed=1)),
    ),
    "random-forest": Kind(
        "x DOUBLE, y DOUBLE, colour STRING",
        lambda: pipeline(
            StringIndexer(inputCol="colour", outputCol="index"),
            OneHotEncoder(inputCols=["index"], outputCols=["hot"]),
            assembler("x", "y", "hot"),
            RandomForestClassifier(numTrees=3, maxDepth=3, seed=1),
        ),
    ),
    "one-vs-rest": Kind(
        NUMBERS,
        lambda: pipeline(
            assembler("x", "y", "z"),
            StringIndexer(inputCol="colour", outputCol="colours"),
            OneVsRest(classifier=logistic_regression(), labelCol="colours"),
        ),
    ),
    "search-in-python": Kind(NUMBERS, search_by_a_function_of_python),
    "lr-on-a-vector": Kind("point VECTOR", lambda: logistic_regression(featuresCol="point")),
    "naive-bayes-text": Kind(
        "text STRING",
        lambda: pipeline(
            Tokenizer(inputCol="text", outputCol="all"),
            StopWordsRemover(inputCol="all", outputCol="some"),
            HashingTF(inputCol="some", outputCol="counts", numFeatures=64),
            IDF(inputCol="counts", outputCol="features"),
            NaiveBayes(),
        ),
    ),
    "word2vec": Kind(
        "text STRING",
        lambda: pipeline(
            Tokenizer(inputCol="text", outputCol="all"),
            Word2Vec(inputCol="all", outputCol="features", vectorSize=4, minCount=1, maxIter=1, seed=1),
            logistic_regression(),
        ),
    ),
    "als": Kind("user INT, item INT", lambda: ALS(userCol="user", itemCol="item", rank=2, maxIter=1, seed=1)),
    "bucketizer-sql": Kind(
        f"{NUMBERS}, colour STRING",
        lambda: pipeline(
            Bucketizer(inputCol="z", outputCol="bucket", splits=[-math.inf, 2, 5, math.inf]),
            SQLTransformer(statement="SELECT *, x * y AS area, coalesce(upper(colour), 'none') AS shout FROM __THIS__"),
            assembler("bucket", "area"),
            DecisionTreeRegressor(maxDepth=2),
        ),
    ),
    "r-formula": Kind(
        f"{NUMBERS}, colour STRING",
        lambda: pipeline(RFormula(formula="label ~ x + y + colour + colour:z"), logistic_regression()),
    ),
    "imputer-fm": Kind(
        "x DOUBLE, y DOUBLE",
        lambda: pipeline(
            Imputer(inputCols=["x", "y"], outputCols=["wholeX", "wholeY"]),
            assembler("wholeX", "wholeY"),
            MinMaxScaler(inputCol="features", outputCol="scaled"),
            FMClassifier(featuresCol="scaled", maxIter=2, seed=1),
        ),
        ("--non-finite", "read"),
        holes=True,
    ),
}


def rows_of(spark, holes=False, seed=1):
    """Rows for training and for requests; with holes, numbers are NaN or null here and there."""
    source = random.Random(seed)

    def number():
        kind = source.random() if holes else 1
        return None if kind < 0.1 else math.nan if kind < 0.3 else source.gauss(3, 2)

    def row(n):
        x, y, z = number(), number(), source.uniform(0, 10)
        text = source.choice(SENTENCES)
        colour = source.choice(["red", "green", "blue"])
        return n, x, y, z, colour, text, text.split(), source.randrange(6), source.randrange(8), source.uniform(1, 5), float(z > 5)

    rows = spark.createDataFrame([row(n) for n in range(ROWS)], TRAINING).coalesce(1)
    return rows.withColumn("point", array_to_vector(F.array("z", F.lit(1.0), F.col("z") * F.col("z"))))
