"""Makes the networks of the tests: python3 networks.py, with the package onnx."""

from pathlib import Path

import numpy
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

DIRECTORY = Path(__file__).parent / "resources/io/sparkwire/onnx"


def save(name, nodes, inputs, outputs, constants=()):
    graph = h.make_graph(nodes, name, inputs, outputs, [numpy_helper.from_array(value, key) for key, value in constants])
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, DIRECTORY / f"{name}.onnx")


def value(name, kind, *shape):
    return h.make_tensor_value_info(name, kind, list(shape))


def node(kind, inputs, output, **attributes):
    return h.make_node(kind, inputs.split(), [output], **attributes)


# scores = x * weights + (1, 2)
save(
    "linear",
    [node("MatMul", "x weights", "product"), node("Add", "product bias", "scores")],
    [value("x", T.FLOAT, "rows", 3)],
    [value("scores", T.FLOAT, "rows", 2)],
    [("weights", numpy.array([[1, 0], [0, 1], [1, 1]], numpy.float32)), ("bias", numpy.array([1, 2], numpy.float32))],
)

# The same for exactly one row.
save(
    "one-row",
    [node("MatMul", "x weights", "scores")],
    [value("x", T.FLOAT, 1, 3)],
    [value("scores", T.FLOAT, 1, 2)],
    [("weights", numpy.array([[1, 0], [0, 1], [1, 1]], numpy.float32))],
)

# total = the sum of a vector of any length, without an axis of rows; fixed has three numbers
save(
    "no-rows",
    [node("Add", "x x", "doubled")],
    [value("x", T.DOUBLE, 3)],
    [value("doubled", T.DOUBLE, 3)],
)

# Each type as it is; with a number for each row, and with an array.
KINDS = {
    "float": T.FLOAT,
    "double": T.DOUBLE,
    "half": T.FLOAT16,
    "byte": T.INT8,
    "octet": T.UINT8,
    "short": T.INT16,
    "int": T.INT32,
    "long": T.INT64,
    "truth": T.BOOL,
    "text": T.STRING,
}
save(
    "types",
    [node("Identity", f"{name}", f"{name}_out") for name in KINDS],
    [value(name, kind, "rows", "n") for name, kind in KINDS.items()],
    [value(f"{name}_out", kind, "rows", "n") for name, kind in KINDS.items()],
)
save(
    "scalars",
    [node("Add", "a b", "sum"), node("Identity", "name", "same")],
    [value("a", T.INT64, "rows"), value("b", T.INT64, "rows"), value("name", T.STRING, "rows")],
    [value("sum", T.INT64, "rows"), value("same", T.STRING, "rows")],
)

# embeddings of tokens: (id, 2 * id, mask)
save(
    "tokens",
    [
        node("Cast", "ids", "first", to=T.FLOAT),
        node("Add", "first first", "second"),
        node("Cast", "attention_mask", "third", to=T.FLOAT),
        node("Unsqueeze", "first last", "first3"),
        node("Unsqueeze", "second last", "second3"),
        node("Unsqueeze", "third last", "third3"),
        node("Concat", "first3 second3 third3", "embeddings", axis=2),
    ],
    [value("ids", T.INT64, "rows", "sequence"), value("attention_mask", T.INT64, "rows", "sequence")],
    [value("embeddings", T.FLOAT, "rows", "sequence", 3)],
    [("last", numpy.array([2], numpy.int64))],
)

# An image of 2 x 2 pixels in three channels: the mean of each channel.
save(
    "image",
    [node("ReduceMean", "pixels", "means", axes=[2, 3], keepdims=0)],
    [value("pixels", T.FLOAT, "rows", 3, 2, 2)],
    [value("means", T.FLOAT, "rows", 3)],
)

# Weights in another file, which is not to be read.
weights = onnx.TensorProto(name="weights", data_type=T.UINT8, dims=[4], data_location=onnx.TensorProto.EXTERNAL)
for key, text in {"location": "pom.xml", "offset": "0", "length": "4"}.items():
    weights.external_data.add(key=key, value=text)
graph = h.make_graph(
    [node("Add", "x weights", "sum")], "elsewhere", [value("x", T.UINT8, "rows", 4)], [value("sum", T.UINT8, "rows", 4)], [weights]
)
model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8)
(DIRECTORY / "elsewhere.onnx").write_bytes(model.SerializeToString())

# Fails where an index is out of range: picks[i] = (10, 20, 30)[index[i]]
save(
    "pick",
    [node("Gather", "table index", "picked")],
    [value("index", T.INT64, "rows")],
    [value("picked", T.INT64, "rows")],
    [("table", numpy.array([10, 20, 30], numpy.int64))],
)
