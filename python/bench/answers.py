"""The same requests of V2 to Sparkwire and to MLServer with what the model has learned, and their answers field by field.

Prints a table of the fields that differ, with the reason. Ends with 1 if a field differs for no known reason.
"""

import base64
import json
import math
import re
import struct
import sys
from typing import NamedTuple

import grpc
import requests
from google.protobuf.json_format import MessageToDict
from tritonclient.grpc import service_pb2, service_pb2_grpc

import peers
import servers

TOLERANCE = 1e-9
MODEL = "/v2/models/wide"
ABSENT = "absent"


class Difference(NamedTuple):
    """Why some fields differ: patterns of the request and of the field, and the reason."""

    request: str
    field: str
    reason: str


REASONS = [
    Difference("(gRPC, )?server metadata", "name|version|extensions.*", "Each server names itself, its version and what it can do."),
    Difference("live|ready|model ready", "content-type|live|ready|name", "The protocol has a body here; MLServer sends none."),
    Difference(".*", "parameters|.*parameters.*", "MLServer says with which of its codecs it made a tensor; Sparkwire has one form for each type."),
    Difference(".*", r"outputs\[predict\]\.datatype", "SparkML predicts a DOUBLE, scikit-learn the label as it was in training."),
    Difference(".*", r"outputs\[predict\]\.shape", "One value for each row is a tensor of the shape `[n]`."),
    Difference(".*", "versions.*|platform|model_version", "A service has a version, and says that Spark runs it."),
    Difference(".*model metadata", r"outputs\[predict_proba\]\.shape", "Spark's types do not tell how long an array in a reply is."),
    Difference("infer, BOOL", ".*", "MLServer hands over truth values as numbers; a column of numbers takes none here."),
    Difference("gRPC, infer with raw contents", r"outputs\[.*\]\.contents", "MLServer sends an empty message beside the raw contents."),
    Difference("infer, (too|text|a text|null|no rows).*", ".*", "MLServer hands over what it cannot check, and fails; Sparkwire checks it by the schema."),
    Difference("infer, (an unknown|an array|an empty|no JSON|no body).*", ".*", "The protocol's errors are `{\"error\": …}`; MLServer leaves these to FastAPI."),
    Difference("a path that is not there|GET of infer", ".*", "The protocol's errors are `{\"error\": …}`; MLServer leaves these to FastAPI."),
    Difference("infer, a tensor of another name", ".*", "MLServer takes a single tensor for all features, whatever its name; columns go by name."),
    Difference("infer, no outputs named", ".*", "MLServer's runtime replies with its first output, Sparkwire with all."),
    Difference("infer, no id", "id", "The protocol has an id in a reply if the request had one; MLServer makes one."),
    Difference("gRPC, infer, too few raw bytes", "status", "MLServer fails inside; a request that is wrong is an INVALID_ARGUMENT."),
]


def flat(value, path=""):
    """The fields of an answer by path; tensors go by name, and numbers of a list together."""
    if isinstance(value, dict):
        fields = {path or ".": {}} if not value else {}
        for key, each in value.items():
            fields |= flat(each, f"{path}.{key}" if path else key)
        return fields
    if isinstance(value, list) and value and all(isinstance(each, dict) and "name" in each for each in value):
        fields = {f"{path} in order": [each["name"] for each in value]}
        for each in value:
            fields |= flat({key: one for key, one in each.items() if key != "name"}, f"{path}[{each['name']}]")
        return fields
    return {path: value}


def fields_of(status, content_type, body):
    fields = {"status": status, "content-type": content_type or ABSENT}
    try:
        answer = json.loads(body) if body else {}
    except ValueError:
        return {**fields, "body": "a text that is not JSON"}
    fields |= flat(answer) if answer else {}
    # What a message says is each server's own affair; that it is there is not.
    return {path: "a message" if path == "error" and isinstance(value, str) and value else value for path, value in fields.items()}


def is_equal(one, other):
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_equal, one, other))
    if isinstance(one, bool) or isinstance(other, bool) or not all(isinstance(each, (int, float)) for each in (one, other)):
        return one == other
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def rest_requests(rows):
    """Requests by what they show: method, path and body."""
    values = [value for row in rows for value in row]
    features = {"name": "features", "shape": [len(rows), len(rows[0])], "datatype": "FP64", "data": values}
    both = [{"name": "predict"}, {"name": "predict_proba"}]

    def infer(path=f"{MODEL}/infer", **further):
        return "POST", path, json.dumps({"id": "7", "inputs": [features], "outputs": both, **further})

    def tensor(**further):
        return infer(inputs=[{**features, **further}])

    whole = [round(value) for value in values]
    return {
        "server metadata": ("GET", "/v2", None),
        "live": ("GET", "/v2/health/live", None),
        "ready": ("GET", "/v2/health/ready", None),
        "model metadata": ("GET", MODEL, None),
        "model ready": ("GET", f"{MODEL}/ready", None),
        "metadata of no model": ("GET", "/v2/models/nothing", None),
        "readiness of no model": ("GET", "/v2/models/nothing/ready", None),
        "a path that is not there": ("GET", "/v2/nothing", None),
        "GET of infer": ("GET", f"{MODEL}/infer", None),
        "infer": infer(),
        "infer, nested data": tensor(data=rows),
        "infer, FP32": tensor(datatype="FP32"),
        **{f"infer, {kind}": tensor(datatype=kind, data=whole) for kind in ("INT64", "INT32", "INT16", "UINT64", "UINT32", "UINT16")},
        "infer, INT8": tensor(datatype="INT8", data=[value % 100 for value in whole]),
        "infer, UINT8": tensor(datatype="UINT8", data=[value % 200 for value in whole]),
        "infer, BOOL": tensor(datatype="BOOL", data=[value % 2 == 0 for value in whole]),
        "infer, one output": infer(outputs=both[:1]),
        "infer, outputs in another order": infer(outputs=both[::-1]),
        "infer, no outputs named": infer(outputs=[]),
        "infer, parameters": infer(parameters={"trace": "on"}),
        "infer, no id": infer(id=None),
        "infer, no rows": tensor(shape=[0, 30], data=[]),
        "infer by no model": infer("/v2/models/nothing/infer"),
        "infer by a version that is not there": infer(f"{MODEL}/versions/999/infer"),
        "infer, an output that is not there": infer(outputs=[{"name": "nothing"}]),
        "infer, a tensor of another name": tensor(name="other"),
        "infer, no tensors": infer(inputs=[]),
        "infer, too many numbers": tensor(shape=[len(rows), 29]),
        "infer, too few features": tensor(shape=[len(rows), 29], data=values[: len(rows) * 29]),
        "infer, text": tensor(datatype="BYTES", data=["a"] * len(values)),
        "infer, a text among numbers": tensor(data=["a", *values[1:]]),
        "infer, null among numbers": tensor(data=[None, *values[1:]]),
        "infer, an unknown datatype": tensor(datatype="FP99"),
        "infer, an array as body": ("POST", f"{MODEL}/infer", "[]"),
        "infer, an empty object": ("POST", f"{MODEL}/infer", "{}"),
        "infer, no JSON": ("POST", f"{MODEL}/infer", "{"),
        "infer, no body": ("POST", f"{MODEL}/infer", ""),
    }


def ask_rest(url, method, path, body):
    headers = {} if body is None else {"Content-Type": "application/json"}
    response = requests.request(method, url + path, data=body, headers=headers, timeout=30)
    content_type = response.headers.get("Content-Type", "").split(";")[0]
    fields = fields_of(response.status_code, content_type, response.text)
    if '"id": "7"' not in (body or "") and "id" in fields:
        fields["id"] = "one that the server has made" if fields["id"] else ABSENT
    return fields


def grpc_requests(rows):
    """Calls by what they show: the method and its message."""
    values = [value for row in rows for value in row]
    shape = [len(rows), len(rows[0])]
    contents = service_pb2.InferTensorContents(fp64_contents=values)
    tensor = service_pb2.ModelInferRequest.InferInputTensor(name="features", datatype="FP64", shape=shape)
    outputs = [service_pb2.ModelInferRequest.InferRequestedOutputTensor(name=name) for name in ("predict", "predict_proba")]

    def infer(**further):
        return "ModelInfer", service_pb2.ModelInferRequest(**{"model_name": "wide", "id": "7", "outputs": outputs, **further})

    filled = service_pb2.ModelInferRequest.InferInputTensor(name="features", datatype="FP64", shape=shape, contents=contents)
    raw = struct.pack(f"<{len(values)}d", *values)
    return {
        "gRPC, live": ("ServerLive", service_pb2.ServerLiveRequest()),
        "gRPC, ready": ("ServerReady", service_pb2.ServerReadyRequest()),
        "gRPC, model ready": ("ModelReady", service_pb2.ModelReadyRequest(name="wide")),
        "gRPC, server metadata": ("ServerMetadata", service_pb2.ServerMetadataRequest()),
        "gRPC, model metadata": ("ModelMetadata", service_pb2.ModelMetadataRequest(name="wide")),
        "gRPC, metadata of no model": ("ModelMetadata", service_pb2.ModelMetadataRequest(name="nothing")),
        "gRPC, infer": infer(inputs=[filled]),
        "gRPC, infer with raw contents": infer(inputs=[tensor], raw_input_contents=[raw]),
        "gRPC, infer by no model": infer(model_name="nothing", inputs=[filled]),
        "gRPC, infer, no tensors": infer(),
        "gRPC, infer, an output that is not there": infer(
            inputs=[filled], outputs=[service_pb2.ModelInferRequest.InferRequestedOutputTensor(name="nothing")]
        ),
        "gRPC, infer, too few raw bytes": infer(inputs=[tensor], raw_input_contents=[raw[:-1]]),
    }


def ask_grpc(stub, method, message):
    try:
        answer = getattr(stub, method)(message, timeout=30)
    except grpc.RpcError as failure:
        return {"status": failure.code().name, "error": "a message" if failure.details() else ABSENT}
    return {"status": "OK", **flat(_with_raw(MessageToDict(answer, preserving_proto_field_name=True)))}


def _with_raw(answer):
    """Says in which form the values of an answer came, and shows them in one form."""
    raw = answer.pop("raw_output_contents", None)
    for number, output in enumerate(answer.get("outputs", []) if "model_name" in answer else []):
        output["shape"] = [int(size) for size in output["shape"]]
        if raw:
            content = base64.b64decode(raw[number])
            output["data"] = list(struct.unpack(f"<{len(content) // 8}{'q' if output['datatype'] == 'INT64' else 'd'}", content))
        else:
            (values,) = output.pop("contents").values()
            output["data"] = [float(value) for value in values]
        output["form"] = "raw_output_contents" if raw else "contents"
    return answer


def reason_of(request, field):
    for known in REASONS:
        if re.fullmatch(known.request, request) and re.fullmatch(known.field, field):
            return known.reason
    return None


def text_of(value):
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return (text if len(text) <= 60 else f"{text[:57]}…").replace("|", "\\|")


def differences(answers):
    """The requests of each difference, by field, both values and reason."""
    found = {}
    equal = 0
    for request, (ours, theirs) in answers.items():
        for field in sorted(ours.keys() | theirs.keys()):
            own, other = ours.get(field, ABSENT), theirs.get(field, ABSENT)
            if is_equal(own, other):
                equal += 1
            else:
                key = (field, text_of(other), text_of(own), reason_of(request, field))
                found.setdefault(key, []).append(request)
    return found, equal


def print_table(found, equal, count):
    print(f"{count} requests; {equal} fields of the answers are equal. The others:\n")
    print("| request | field | MLServer | Sparkwire | why |\n|---|---|---|---|---|")
    for (field, other, own, reason), asked in found.items():
        print(f"| {'; '.join(asked)} | `{field}` | {other} | {own} | {reason or '**no known reason**'} |")


def main():
    with servers.Servers(peers.TARGET / "bench.log") as running:
        rows = servers.trained()["rows"][:3]
        ours = running.sparkwire("wide", "--model", str(servers.WIDE))
        theirs, their_grpc = running.mlserver()
        answers = {name: (ask_rest(ours, *one), ask_rest(theirs, *one)) for name, one in rest_requests(rows).items()}
        with grpc.insecure_channel(ours.removeprefix("http://")) as own, grpc.insecure_channel(their_grpc) as other:
            stubs = [service_pb2_grpc.GRPCInferenceServiceStub(channel) for channel in (own, other)]
            answers |= {name: tuple(ask_grpc(stub, *one) for stub in stubs) for name, one in grpc_requests(rows).items()}
        found, equal = differences(answers)
        print_table(found, equal, len(answers))
        return 0 if all(reason for *_, reason in found) else 1


if __name__ == "__main__":
    sys.exit(main())
