"""V2 with KServe's clients of REST and gRPC."""

import json
import pathlib
import subprocess
import sys

import numpy as np
import pytest

from tensors import datatype

PROGRAM = pathlib.Path(__file__).parent / "programs" / "kserve_client.py"


@pytest.fixture(scope="module")
def kserve():
    """Has KServe's clients ask, in a process of its own."""
    command = [sys.executable, str(PROGRAM)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(line):
            process.stdin.write(json.dumps(line) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, f"the client has ended with {process.wait()}"
            return json.loads(answer)

        yield ask
        process.stdin.close()


@pytest.fixture(params=["rest", "grpc"])
def client(request):
    return request.param


def request_of(model, binary, count=None, **further):
    """A request with the first rows; texts cannot be null in binary tensors, and are empty there, which the model takes for missing, too."""
    columns = {name: column[:count] for name, column in model.columns().items()}
    inputs = [
        {
            "name": name,
            "shape": [len(column)],
            "datatype": datatype(column),
            "data": [value or "" for value in column] if binary and datatype(column) == "BYTES" else column,
            "binary": binary,
        }
        for name, column in columns.items()
    ]
    return {"model": model.name, "inputs": inputs, **further}


def assert_predicted(answer, expected):
    assert "outputs" in answer, answer
    outputs = answer["outputs"]
    if "species" in expected[0]:
        assert outputs["species"] == [row["species"] for row in expected]
    else:
        assert outputs["prediction"] == [row["prediction"] for row in expected]
        np.testing.assert_allclose(outputs["probability"], [row["probability"] for row in expected], rtol=0, atol=1e-12)


def test_the_server_and_its_model_are_live_and_ready(kserve, client, model):
    assert kserve({"client": client, "port": model.port, "health": model.name}) == [True, True, True]


def test_predictions_from_binary_tensors_are_those_of_a_batch(kserve, client, model):
    answer = kserve({"client": client, "port": model.port, "infer": request_of(model, binary=True)})
    assert_predicted(answer, model.expected)


def test_predictions_from_lists_are_those_of_a_batch(kserve, client, cells):
    answer = kserve({"client": client, "port": cells.port, "infer": request_of(cells, binary=False)})
    assert_predicted(answer, cells.expected)


def test_null_in_a_list_is_a_missing_value(kserve, penguins):
    answer = kserve({"client": "rest", "port": penguins.port, "infer": request_of(penguins, binary=False)})
    assert_predicted(answer, penguins.expected)


def test_the_id_is_echoed_and_parameters_are_taken(kserve, client, cells):
    request = request_of(cells, binary=False, count=3, id="a-7", parameters={"trace": "on"})
    answer = kserve({"client": client, "port": cells.port, "infer": request})
    assert (answer["id"], answer["model"]) == ("a-7", "cells")
    assert_predicted(answer, cells.expected[:3])


def test_a_refusal_names_the_column(kserve, client, cells):
    request = request_of(cells, binary=False, count=3)
    request["inputs"][2].update(datatype="BYTES", data=["a", "b", "c"])
    answer = kserve({"client": client, "port": cells.port, "infer": request})
    assert "mean perimeter" in answer["refusal"]
