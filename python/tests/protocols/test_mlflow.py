"""MLflow's scoring protocol, on models that MLflow has logged and `serve --model` serves without a schema."""

import csv
import io
import json

import pytest
import requests

import processes
from conftest import is_close

JSON = {"Content-Type": "application/json"}


def csv_of(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


BODIES = {
    "dataframe_split": lambda rows: {
        "dataframe_split": {"columns": list(rows[0]), "data": [list(row.values()) for row in rows]},
    },
    "dataframe_split with index": lambda rows: {
        "dataframe_split": {"index": list(range(len(rows))), "columns": list(rows[0]), "data": [list(row.values()) for row in rows]},
    },
    "dataframe_records": lambda rows: {"dataframe_records": rows},
    "instances": lambda rows: {"instances": rows},
    "inputs": lambda rows: {"inputs": {name: [row[name] for row in rows] for name in rows[0]}},
}


def invoke(model, body, content_type="application/json"):
    data = body if isinstance(body, str) else json.dumps(body)
    return requests.post(f"{model.url}/invocations", data=data, headers={"Content-Type": content_type}, timeout=60)


def assert_predicted(response, model):
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json"
    answer = response.json()
    assert list(answer) == ["predictions"]
    assert is_close(answer["predictions"], model.replies)


@pytest.mark.parametrize("form", BODIES)
def test_predictions_in_each_form_are_those_of_a_batch(model, form):
    assert_predicted(invoke(model, BODIES[form](model.rows)), model)


@pytest.mark.parametrize("content_type", ["text/csv", "text/csv; charset=utf-8"])
def test_predictions_of_csv_are_those_of_a_batch(model, content_type):
    assert_predicted(invoke(model, csv_of(model.rows), content_type), model)


def test_mlflows_own_client_gets_a_data_frame_of_them(model, tmp_path):
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps(model.rows))
    answer = processes.run("mlflow_client.py", model.port, rows)
    assert answer["version"]
    assert is_close(answer["predictions"], model.replies)


@pytest.mark.parametrize("path", ["ping", "health"])
def test_it_is_healthy(model, path):
    response = requests.get(f"{model.url}/{path}", timeout=10)
    assert (response.status_code, response.text) == (200, "\n")


def test_it_has_a_version(model):
    response = requests.get(f"{model.url}/version", timeout=10)
    assert response.status_code == 200
    assert response.text


REFUSED = {
    "not JSON": ("{", "application/json", 400),
    "an array": ("[1]", "application/json", 400),
    "no known key": ('{"rows": []}', "application/json", 400),
    "two keys": ('{"dataframe_records": [], "instances": []}', "application/json", 400),
    "another split": ('{"dataframe_split": [1, 2]}', "application/json", 400),
    "rows of the wrong length": ('{"dataframe_split": {"columns": ["sex"], "data": [["male", 1]]}}', "application/json", 400),
    "the wrong type": ('{"dataframe_records": [{"bill_length_mm": "long"}]}', "application/json", 400),
    "another charset": ("{}", "application/json; charset=latin-1", 415),
    "a parameter": ("{}", "application/json; version=1", 415),
    "another type": ("{}", "text/plain", 415),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_refusals_have_mlflows_status_and_shape(penguins, fault):
    body, content_type, status = REFUSED[fault]
    response = invoke(penguins, body, content_type)
    assert response.status_code == status, response.text
    assert response.text
    if status == 400:
        answer = response.json()
        assert answer["error_code"] == "BAD_REQUEST"
        assert answer["message"]


def test_a_wrong_value_is_named_with_its_row(penguins):
    rows = [dict(penguins.rows[0]) for _ in range(20)]
    rows[17]["body_mass_g"] = "heavy"
    response = invoke(penguins, {"dataframe_records": rows})
    assert response.status_code == 400
    assert response.json()["message"].startswith("rows[17]: field 'body_mass_g' must be DOUBLE")


def test_the_start_prints_the_schema_of_the_signature(penguins):
    assert "found in the signature in MLmodel; to keep it:" in penguins.output
    assert "bill_length_mm DOUBLE" in penguins.output


def test_the_services_own_path_takes_a_row(model):
    row, reply = model.rows[0], model.replies[0]
    response = requests.post(f"{model.url}/{model.name}", json=row, timeout=10)
    assert response.status_code == 200
    assert is_close(response.json(), reply)
