"""The services that all tests share: two models that MLflow has logged, each served by itself, and three services of one node."""

import json
import math
import pathlib
from typing import NamedTuple

import pytest

import processes
from processes import Program

MODELS = {"penguins": 344, "cells": 569}


class Model(NamedTuple):
    """A served model, with rows and what a batch predicts for them."""

    name: str
    port: int
    rows: list
    expected: list
    output: str
    directory: pathlib.Path

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def replies(self):
        """What the service replies to each row."""
        return [reply_of(one) for one in self.expected]

    def columns(self):
        """The values of each column, in the order of the rows."""
        return {name: [row[name] for row in self.rows] for name in self.rows[0]}


def reply_of(expected):
    """A model with names for its classes replies with them."""
    if "species" not in expected:
        return expected
    return {"species": expected["species"], "probability": dict(zip(["Adelie", "Chinstrap", "Gentoo"], expected["probability"]))}


def is_close(one, other):
    """Whether two values from JSON are equal but for the rounding of numbers, which is done in another order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_close(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_close, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return type(one) is type(other) and one == other


@pytest.fixture(scope="session")
def started(tmp_path_factory):
    """Starts programs that end with the tests."""
    directory = tmp_path_factory.mktemp("output")
    programs = []

    def start(name, program):
        programs.append(program(directory / name))
        return programs[-1]

    yield start
    for program in programs:
        program.end()


@pytest.fixture(scope="session")
def node(started):
    """The base URL of the node with three services, while it starts."""
    return started("services", lambda output: Program(processes.python("services.py"), output))


@pytest.fixture(scope="session")
def served(node, started, tmp_path_factory):
    """The models by name."""
    directory = tmp_path_factory.mktemp("models")
    processes.run("train.py", directory)
    running = {name: started(name, lambda output, name=name: processes.serve(directory / name, output)) for name in MODELS}
    return {name: _model(name, directory, program) for name, program in running.items()}


def _model(name, directory: pathlib.Path, program):
    port, path = program.wait_for(processes.SERVING.pattern).groups()
    assert path == f"/{name}"
    data = json.loads((directory / f"{name}.json").read_text())
    assert len(data["rows"]) == MODELS[name]
    return Model(name, int(port), data["rows"], data["expected"], program.text(), directory / name)


@pytest.fixture(scope="session", params=MODELS)
def model(request, served):
    return served[request.param]


@pytest.fixture(scope="session")
def penguins(served):
    return served["penguins"]


@pytest.fixture(scope="session")
def cells(served):
    return served["cells"]


@pytest.fixture(scope="session")
def services(node):
    """The port of the node with three services."""
    return json.loads(node.wait_for(r'^\{"port": \d+\}$')[0])["port"]
