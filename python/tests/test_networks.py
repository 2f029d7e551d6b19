"""Deep networks as stages of pipelines: replies are what ONNX Runtime computes in Python, row by row."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer, StandardScaler, VectorAssembler
from pyspark.ml.util import DefaultParamsReader
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

import sparkwire as sw
from command import serve
from faults import POISON, FaultSchedule
from history import ask
from http_client import Connection
from networks import MAGIKA, MINILM, ROOT, SMALL, TEXTS, TOKENIZER, bitmap, embeddings, recognition, session, softmax
from sparkwire.onnx import ImageTensor, OnnxModel, TextTokenizer

CLIENTS = 4
CLOSE = 1e-5
POINTS = [(n / 7, 100.0 * (n % 5), -1.5 * n) for n in range(40)]


@contextmanager
def serving(spark, name, schema, model, reply, **options):
    """A service of a model whose replies are objects of these columns."""
    rows = sw.server(spark, "127.0.0.1", 0, name).options(**options).load()
    replies = sw.make_reply(sw.ml_transform(sw.parse_request(rows, schema), model), reply)
    with sw.server_of(replies).replicas(1).start() as query:
        yield query


def ask_each(query, bodies):
    """The replies to bodies in JSON, by several clients at once, so that there are batches of all sizes."""

    def share(start):
        with Connection(query.port, f"/{query.name}") as connection:
            return [read(connection.post(json.dumps(body))) for body in bodies[start::CLIENTS]]

    with ThreadPoolExecutor(CLIENTS) as threads:
        shares = list(threads.map(share, range(CLIENTS)))
    return [shares[n % CLIENTS][n // CLIENTS] for n in range(len(bodies))]


def infer(query, name, datatype, shape, data):
    """The outputs of a request of the Open Inference Protocol, with all rows."""
    body = {"inputs": [{"name": name, "datatype": datatype, "shape": shape, "data": data}]}
    with Connection(query.port, f"/v2/models/{query.name}/infer") as connection:
        outputs = read(connection.post(json.dumps(body)))["outputs"]
    return {output["name"]: np.reshape(output["data"], output["shape"]) for output in outputs}


def read(reply):
    assert reply.status == 200, reply
    return json.loads(reply.text)


def sentences():
    tokenizer = TextTokenizer(tokenizerFile=TOKENIZER, inputCol="text")
    network = (
        OnnxModel()
        .setModelFile(MINILM)
        .setPaddedInputs("input_ids", "attention_mask", "token_type_ids")
        .setMeanPoolingDict({"last_hidden_state": "embedding"})
        .setNormalizeMean(True)
    )
    return PipelineModel([tokenizer, network])


def check_embeddings(found):
    expected, found = embeddings(), np.array(found)
    assert np.abs(found - expected).max() <= CLOSE
    assert (found * expected).sum(axis=1).min() >= 0.9999


def test_sentence_embeddings(spark):
    with serving(spark, "sentences", "text STRING NOT NULL", sentences(), ["embedding"]) as query:
        check_embeddings([reply["embedding"] for reply in ask_each(query, [{"text": text} for text in TEXTS])])
        check_embeddings(infer(query, "text", "BYTES", [len(TEXTS)], TEXTS)["embedding"])


def test_the_example_of_the_documentation(spark, tmp_path):
    (tmp_path / "minilm").mkdir()
    (tmp_path / "minilm/model.onnx").symlink_to(MINILM)
    (tmp_path / "minilm/tokenizer.json").symlink_to(TOKENIZER)
    section = re.search(r"^## Deep networks\n.*?```python\n(.*?)^```$", (ROOT / "docs/python.md").read_text(), re.M | re.S).group(1)
    program = section.replace('"minilm/', f'"{tmp_path}/minilm/').replace('"models/', f'"{tmp_path}/models/').replace("8888", "0")
    names = {}
    exec(program, names)
    with names["query"] as query:
        check_embeddings([reply["embedding"] for reply in ask_each(query, [{"text": text} for text in TEXTS])])
    rows = spark.createDataFrame([(text,) for text in TEXTS], "text STRING").coalesce(1)
    loaded = PipelineModel.load(str(tmp_path / "models/embedding"))
    check_embeddings([row.embedding for row in loaded.transform(rows).collect()])


def test_embeddings_do_not_depend_on_the_batch(spark):
    rows = spark.createDataFrame(list(enumerate(TEXTS)), "n INT, text STRING").coalesce(1)
    model = sentences()

    def batches_of(size):
        model.stages[1].setMiniBatchSize(size)
        return model.transform(rows).select("n", "embedding").collect()

    alone, together = batches_of(1), batches_of(64)
    assert [row.n for row in alone] == [row.n for row in together] == list(range(len(TEXTS)))
    check_embeddings([row.embedding for row in alone])
    check_embeddings([row.embedding for row in together])
    assert np.abs(np.subtract([row.embedding for row in alone], [row.embedding for row in together])).max() <= 1e-6


def check_scores_of_files(scores, probabilities, expected):
    """Each row is what ONNX Runtime gives for it alone, or in a batch: it sums in another order there."""
    ways = (expected.alone, expected.together)
    assert closest(scores, ways) <= CLOSE
    assert closest(probabilities, [softmax(way) for way in ways]) <= CLOSE


def closest(found, ways):
    """The largest difference of a row from that of the ways that it is closest to."""
    return np.min([np.abs(np.array(found) - way).max(axis=1) for way in ways], axis=0).max()


@pytest.mark.parametrize("batch", [1, 64])
def test_files_are_recognized(spark, batch):
    model = OnnxModel(
        modelFile=MAGIKA,
        fetchDict={"scores": "target_label"},
        softMaxDict={"scores": "probabilities"},
        argMaxDict={"target_label": "place"},
        miniBatchSize=batch,
    )
    assert (model.inputs(), model.outputs()) == ({"bytes": "INT32[-1,2048]"}, ["target_label"])
    expected = recognition(batch)
    with serving(spark, "files", "bytes ARRAY<INT>(2048) NOT NULL", model, ["scores", "probabilities", "place"]) as query:
        replies = ask_each(query, [{"bytes": one} for one in expected.bytes])
        outputs = infer(query, "bytes", "INT32", [len(expected.bytes), 2048], expected.bytes)
        check_scores_of_files([reply["scores"] for reply in replies], [reply["probabilities"] for reply in replies], expected)
        check_scores_of_files(outputs["scores"], outputs["probabilities"], expected)
        assert [expected.labels[int(reply["place"])] for reply in replies] == expected.found
        assert [expected.labels[int(place)] for place in outputs["place"].flat] == expected.found
        with Connection(query.port, f"/{query.name}") as connection:
            refused = connection.post(json.dumps({"bytes": [1, 2]}))
        assert (refused.status, json.loads(refused.text)["field"]) == (400, "bytes")


@pytest.fixture(scope="module")
def points(spark):
    return spark.createDataFrame(POINTS, "a DOUBLE, b DOUBLE, c DOUBLE").coalesce(1)


@pytest.fixture(scope="module")
def saved(points, tmp_path_factory):
    """A scaler, a network and SQL, and where they are saved."""
    stages = [
        VectorAssembler(inputCols=["a", "b", "c"], outputCol="raw"),
        StandardScaler(inputCol="raw", outputCol="scaled", withMean=True),
        OnnxModel(modelFile=SMALL / "linear.onnx", feedDict={"x": "scaled"}),
        SQLTransformer(statement="SELECT *, scores[0] - scores[1] AS margin FROM __THIS__"),
    ]
    model = Pipeline(stages=stages).fit(points)
    directory = tmp_path_factory.mktemp("models") / "scaled"
    model.save(str(directory))
    return model, directory


def scores(scaler):
    """The network's scores of all points, by ONNX Runtime."""
    scaled = (np.array(POINTS) - scaler.mean.toArray()) / scaler.std.toArray()
    return session(SMALL / "linear.onnx").run(None, {"x": scaled.astype(np.float32)})[0]


def check_scores(model, rows):
    expected = scores(model.stages[1])
    assert np.abs(np.array([row["scores"] for row in rows]) - expected).max() <= CLOSE
    assert np.abs(np.array([row["margin"] for row in rows]) - (expected[:, 0] - expected[:, 1])).max() <= CLOSE


def test_a_saved_pipeline_is_loaded_by_pyspark(saved, points):
    model, directory = saved
    loaded = PipelineModel.load(str(directory))
    assert isinstance(loaded.stages[2], OnnxModel)
    assert loaded.stages[2].uid == model.stages[2].uid
    check_scores(model, loaded.transform(points).collect())
    copy = loaded.copy()
    copy.write().overwrite().save(str(directory.with_name("again")))
    check_scores(model, PipelineModel.load(str(directory.with_name("again"))).transform(points).collect())


def test_a_stage_is_loaded_by_the_class_in_its_metadata(spark, saved, points):
    model, directory = saved
    (stage,) = (directory / "stages").glob("2_*")
    for loaded in (OnnxModel.load(str(stage)), DefaultParamsReader.loadParamsInstance(str(stage), spark.sparkContext)):
        assert loaded.uid == model.stages[2].uid
        assert loaded.transform(points.selectExpr("array(a, b, c) AS scaled")).columns == ["scaled", "scores"]


def test_a_saved_pipeline_is_loaded_without_the_package(spark, saved, points):
    model, directory = saved
    (stage,) = (directory / "stages").glob("2_*")
    assert spark._jvm.io.sparkwire.onnx.OnnxModel.load(str(stage)).uid() == model.stages[2].uid
    loaded = spark._jvm.org.apache.spark.ml.PipelineModel.load(str(directory))
    check_scores(model, DataFrame(loaded.transform(points._jdf), spark).collect())


def test_a_saved_pipeline_is_served_by_the_command_line(spark, saved, tmp_path):
    model, directory = saved
    options = ["--model", str(directory), "--schema", "a DOUBLE, b DOUBLE, c DOUBLE", "--reply", "scores,margin"]
    with serve(spark, tmp_path / "output", *options) as (port, path), Connection(port, path) as connection:
        check_scores(model, [read(connection.post(json.dumps(dict(zip("abc", point))))) for point in POINTS])


def test_failing_rows_among_concurrent_clients(spark):
    schedule = FaultSchedule("network", {POISON: 0.01})
    values = list(range(1000))
    bad = [value for value in values if not schedule.is_good(value)]
    assert len(bad) > 4
    rows = sw.server(spark, "127.0.0.1", 0, "picks").options(partitions=2, max_attempts=2).load()
    asked = rows.withColumn("value", F.col("request.entity.content").cast("string").cast("long"))
    indexed = asked.withColumn("place", F.when(F.col("value").isin(bad), 99).otherwise(F.col("value") % 3))
    model = OnnxModel(modelFile=SMALL / "pick.onnx", feedDict={"index": "place"})
    replies = sw.ml_transform(indexed, model).withColumn("reply", F.concat_ws(":", "value", "picked"))
    with sw.server_of(sw.make_reply(replies, "reply")).replicas(1).start() as query:
        history = ask(query.port, f"/{query.name}", values, clients=16)
        history.check(values, lambda value: f"{value}:{10 * (value % 3 + 1)}", must_fail=lambda value: value in bad)
        counts = query.counts()
    assert history.statuses() == {200: len(values) - len(bad), 500: len(bad)}
    assert (counts.answered, counts.expired, counts.abandoned) == (len(values), 0, 0)


def test_an_image_becomes_numbers(spark, tmp_path):
    pixels = [(10, 20, 30), (50, 60, 70), (90, 100, 110), (130, 140, 150)]
    tensor = (
        ImageTensor()
        .setInputCol("image")
        .setOutputCol("pixels")
        .setHeight(2)
        .setWidth(2)
        .setResize("stretch")
        .setScale(1)
        .setMean(1, 2, 3)
        .setStd(1, 2, 4)
        .setMaxPixels(4)
    )
    PipelineModel([tensor, OnnxModel(modelFile=SMALL / "image.onnx")]).save(str(tmp_path / "image"))
    loaded = PipelineModel.load(str(tmp_path / "image"))
    row = loaded.transform(spark.createDataFrame([(bytearray(bitmap(pixels)),)], "image BINARY")).first()
    assert row.pixels == [9, 49, 89, 129, 9, 29, 49, 69, 6.75, 16.75, 26.75, 36.75]
    assert row.means == [69, 39, 21.75]


def test_columns_have_the_order_in_which_they_are_named(spark):
    names = [f"column{n}" for n in (7, 3, 9, 1, 5)]
    model = OnnxModel(modelFile=SMALL / "pick.onnx", fetchDict={name: "picked" for name in names})
    assert model.transform(spark.createDataFrame([(1,)], "index BIGINT")).columns == ["index", *names]


def test_what_is_wrong_is_said_in_a_sentence(spark, tmp_path):
    with pytest.raises(sw.PipelineError, match="there is no file '/no/such/model.onnx'"):
        OnnxModel(modelFile="/no/such/model.onnx")
    with pytest.raises(sw.PipelineError, match="feedDict names the input 'y', which the network does not have; it has index"):
        OnnxModel(modelFile=SMALL / "pick.onnx", feedDict={"y": "place"}).transform(spark.range(1))
