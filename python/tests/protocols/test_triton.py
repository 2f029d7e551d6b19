"""V2 with Triton's clients: HTTP with binary tensors and with JSON, and gRPC."""

import numpy as np
import pytest
import tritonclient.grpc as triton_grpc
import tritonclient.http as triton_http
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

from tensors import datatype, texts, values


class Http:
    """Triton's client of REST, with binary tensors or with JSON in both directions."""

    module = triton_http

    def __init__(self, port, binary):
        self.client = triton_http.InferenceServerClient(f"127.0.0.1:{port}")
        self._binary = binary

    def input(self, name, array, shape=None):
        tensor = triton_http.InferInput(name, shape or list(array.shape), np_to_triton_dtype(array.dtype))
        return tensor.set_data_from_numpy(array, binary_data=self._binary)

    def output(self, name):
        return triton_http.InferRequestedOutput(name, binary_data=self._binary)

    def infer(self, model, inputs, outputs=None, **further):
        """Requests outputs only if there are any to be named: without, Triton's client asks for all in binary form."""
        return self.client.infer(model, inputs, outputs=outputs and [self.output(name) for name in outputs], **further)

    def metadata(self, model):
        return self.client.get_model_metadata(model)

    @staticmethod
    def head(result):
        return result.get_response()

    @staticmethod
    def names(result):
        return [output["name"] for output in result.get_response()["outputs"]]


class Grpc:
    """Triton's client of gRPC, which sends tensors as `raw_input_contents`."""

    def __init__(self, port):
        self.client = triton_grpc.InferenceServerClient(f"127.0.0.1:{port}")

    def input(self, name, array):
        tensor = triton_grpc.InferInput(name, list(array.shape), np_to_triton_dtype(array.dtype))
        return tensor.set_data_from_numpy(array)

    def infer(self, model, inputs, outputs=None, **further):
        return self.client.infer(
            model, inputs, outputs=outputs and [triton_grpc.InferRequestedOutput(name) for name in outputs], **further
        )

    def metadata(self, model):
        return self.client.get_model_metadata(model, as_json=True)

    @staticmethod
    def head(result):
        return result.get_response(as_json=True)

    @staticmethod
    def names(result):
        return [output.name for output in result.get_response().outputs]


CLIENTS = {
    "binary": lambda port: Http(port, binary=True),
    "json": lambda port: Http(port, binary=False),
    "grpc": Grpc,
}


@pytest.fixture(params=CLIENTS)
def connect(request):
    """Connects the client of this kind to a port."""
    opened = []

    def connect_to(port):
        opened.append(CLIENTS[request.param](port))
        return opened[-1]

    yield connect_to
    for each in opened:
        each.client.close()


def without_missing(model):
    """The columns of the rows that have all values, and what is expected of those; JSON has no NaN."""
    kept = [at for at, row in enumerate(model.rows) if None not in row.values()]
    rows = [model.rows[at] for at in kept]
    return {name: [row[name] for row in rows] for name in rows[0]}, [model.expected[at] for at in kept]


def inputs_of(client, columns, shape=lambda array: array):
    return [client.input(name, shape(values(column))) for name, column in columns.items()]


def assert_predicted(result, expected):
    if "species" in expected[0]:
        assert texts(result.as_numpy("species")) == [row["species"] for row in expected]
    else:
        assert result.as_numpy("prediction").tolist() == [row["prediction"] for row in expected]
        probability = result.as_numpy("probability")
        assert probability.shape == (len(expected), 2)
        np.testing.assert_allclose(probability, [row["probability"] for row in expected], rtol=0, atol=1e-12)


def test_the_server_and_its_model_are_live_and_ready(connect, model):
    connected = connect(model.port)
    client = connected.client
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready(model.name)
    if isinstance(connected, Http):
        assert not client.is_model_ready("nothing")
    else:
        with pytest.raises(InferenceServerException, match="NOT_FOUND"):
            client.is_model_ready("nothing")


def test_the_server_names_itself_and_its_extensions(connect, model):
    client = connect(model.port)
    metadata = client.client.get_server_metadata(**({} if isinstance(client, Http) else {"as_json": True}))
    assert metadata["name"] == "sparkwire"
    assert metadata["version"]
    if isinstance(client, Http):  # what is an extension of REST is in gRPC itself
        assert "binary_tensor_data" in metadata["extensions"]


def test_the_metadata_has_a_tensor_for_each_column(connect, model):
    metadata = connect(model.port).metadata(model.name)
    assert metadata["name"] == model.name
    assert {one["name"]: one["datatype"] for one in metadata["inputs"]} == {
        name: datatype(column) for name, column in model.columns().items()
    }
    assert {tuple(map(int, one["shape"])) for one in metadata["inputs"]} == {(-1,)}
    outputs = {one["name"]: (one["datatype"], [int(size) for size in one["shape"]]) for one in metadata["outputs"]}
    if model.name == "penguins":
        assert outputs["species"] == ("BYTES", [-1])
    else:
        assert outputs["prediction"] == ("FP64", [-1])
        assert outputs["probability"][0] == "FP64"
        assert len(outputs["probability"][1]) == 2


@pytest.mark.parametrize("shape", ["[n]", "[n, 1]"])
def test_predictions_are_those_of_a_batch(connect, model, shape):
    client = connect(model.port)
    columns, expected = without_missing(model)
    narrow = (lambda array: array) if shape == "[n]" else (lambda array: array.reshape(-1, 1))
    result = client.infer(model.name, inputs_of(client, columns, narrow))
    assert_predicted(result, expected)


@pytest.mark.parametrize("kind", ["binary", "grpc"])
def test_a_missing_value_is_not_a_number_or_an_empty_text(penguins, kind):
    client = CLIENTS[kind](penguins.port)
    assert_predicted(client.infer("penguins", inputs_of(client, penguins.columns())), penguins.expected)


def test_the_columns_may_come_in_any_order(connect, cells):
    client = connect(cells.port)
    assert_predicted(client.infer("cells", inputs_of(client, cells.columns())[::-1]), cells.expected)


def test_requested_outputs_alone_are_sent_in_their_order(connect, cells):
    client = connect(cells.port)
    inputs = inputs_of(client, cells.columns())
    assert client.names(client.infer("cells", inputs, ["probability"])) == ["probability"]
    both = client.infer("cells", inputs, ["probability", "prediction"])
    assert client.names(both) == ["probability", "prediction"]
    assert_predicted(both, cells.expected)


def test_the_id_is_echoed_and_the_model_is_named(connect, cells):
    client = connect(cells.port)
    result = client.infer("cells", inputs_of(client, cells.columns()), request_id="request 7", parameters={"trace": "a", "level": 2})
    head = client.head(result)
    assert head["id"] == "request 7"
    assert head["model_name"] == "cells"


def test_a_version_may_be_named(connect, cells):
    client = connect(cells.port)
    version = client.metadata("cells").get("versions", [""])[0]
    assert client.client.is_model_ready("cells", version)
    assert_predicted(client.infer("cells", inputs_of(client, cells.columns()), model_version=version), cells.expected)


VALUES = {
    "flag": np.array([True, False, True]),
    "tiny": np.array([-128, 0, 127], dtype=np.int8),
    "small": np.array([-(2**15), 0, 2**15 - 1], dtype=np.int16),
    "whole": np.array([-(2**31), 0, 2**31 - 1], dtype=np.int32),
    "large": np.array([-(2**63), 2**53 + 1, 2**63 - 1], dtype=np.int64),
    "single": np.array([-1.5, 0.1, 3.4028235e38], dtype=np.float32),
    "number": np.array([-1.5, 0.1, 1.7976931348623157e308]),
    "text": np.array(["", "naïve", "日本 \"'\\\n\t"], dtype=object),
    "numbers": np.array([[1.5, -0.0], [0.1, 2.0], [3.0, 1e-300]]),
}


def test_values_of_all_types_come_back(connect, services):
    client = connect(services)
    result = client.infer("values", [client.input(name, array) for name, array in VALUES.items()], list(VALUES))
    for name, array in VALUES.items():
        answer = result.as_numpy(name)
        if name == "text":
            assert texts(answer) == list(array)
        else:
            assert (answer.dtype, answer.shape) == (array.dtype, array.shape)
            assert answer.tobytes() == array.tobytes()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64, np.int8, np.int16, np.int32])
def test_whole_numbers_of_any_width_are_taken_where_they_fit(connect, services, dtype):
    client = connect(services)
    array = np.array([1, 2, 100], dtype=dtype)
    assert client.infer("values", [client.input("large", array)], ["large"]).as_numpy("large").tolist() == [1, 2, 100]


@pytest.mark.parametrize("name", ["values", "orders", "ledger"])
def test_the_services_of_a_node_are_models_of_one_server(connect, services, name):
    client = connect(services)
    assert client.client.is_model_ready(name)
    assert client.metadata(name)["name"] == name


def refused(client, *arguments):
    with pytest.raises(InferenceServerException) as refusal:
        client.infer(*arguments)
    return refusal.value


def assert_refused(failure, http, grpc):
    """The status is that of HTTP or of gRPC; Triton's client gives either as a text."""
    assert failure.status() in (http, f"StatusCode.{grpc}"), failure


def test_a_model_that_is_not_there_is_not_found(connect, cells):
    client = connect(cells.port)
    failure = refused(client, "nothing", inputs_of(client, cells.columns()))
    assert_refused(failure, "404", "NOT_FOUND")
    assert "nothing" in failure.message()


def test_a_text_for_a_number_names_the_column(connect, penguins):
    client = connect(penguins.port)
    columns = {**without_missing(penguins)[0]}
    inputs = inputs_of(client, {**columns, "body_mass_g": ["heavy"] * len(columns["sex"])})
    failure = refused(client, "penguins", inputs)
    assert_refused(failure, "400", "INVALID_ARGUMENT")
    assert "body_mass_g" in failure.message()


def test_tensors_of_other_lengths_are_refused(connect, cells):
    client = connect(cells.port)
    inputs = inputs_of(client, cells.columns())
    inputs[1] = client.input("mean texture", np.array([1.0, 2.0]))
    failure = refused(client, "cells", inputs)
    assert_refused(failure, "400", "INVALID_ARGUMENT")
    assert "mean texture" in failure.message()


def test_a_number_out_of_range_names_its_row(connect, services):
    client = connect(services)
    failure = refused(client, "values", [client.input("tiny", np.array([1, 2, 300]))])
    assert_refused(failure, "400", "INVALID_ARGUMENT")
    assert "rows[2]" in failure.message() and "tiny" in failure.message()


def test_an_unknown_tensor_is_ignored(connect, cells):
    client = connect(cells.port)
    inputs = [*inputs_of(client, cells.columns()), client.input("colour", np.array([1.0] * 569))]
    assert_predicted(client.infer("cells", inputs), cells.expected)


def test_an_unknown_output_is_refused(connect, cells):
    client = connect(cells.port)
    failure = refused(client, "cells", inputs_of(client, cells.columns()), ["colour"])
    assert_refused(failure, "400", "INVALID_ARGUMENT")
    assert "colour" in failure.message()
