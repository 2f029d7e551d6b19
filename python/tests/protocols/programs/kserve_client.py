"""Asks with KServe's clients what each line of standard input says, and prints each answer as a line of JSON.

A process of its own, because KServe and Triton register the same messages of gRPC in one pool. A line is an object with `client` (`rest` or
`grpc`), `port`, and either `health`, a model, or `infer`, a request of V2; a tensor with `binary` is sent in binary form.
"""

import asyncio
import json
import logging
import sys

import grpc
import httpx
import numpy as np
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest, RESTConfig

TIMEOUT = 30


def tensor(given):
    one = InferInput(given["name"], given["shape"], given["datatype"], data=given["data"])
    if given.get("binary"):
        dtype = object if given["datatype"] == "BYTES" else np.float64
        values = [np.nan if value is None else value for value in given["data"]]
        one.set_data_from_numpy(np.array(values, dtype=dtype).reshape(given["shape"]), binary_data=True)
    return one


def request_of(given):
    inputs = [tensor(one) for one in given["inputs"]]
    return InferRequest(given["model"], inputs, request_id=given.get("id"), parameters=given.get("parameters"))


def answer_of(response):
    outputs = {output.name: np.asarray(output.as_numpy()) for output in response.outputs}
    texts = {name: [value.decode() if isinstance(value, bytes) else value for value in each.tolist()] for name, each in outputs.items()}
    return {"id": response.id, "model": response.model_name, "outputs": texts}


async def rest(line):
    url = f"http://127.0.0.1:{line['port']}"
    async with InferenceRESTClient(RESTConfig(protocol="v2", timeout=TIMEOUT, retries=1)) as client:
        if "health" in line:
            states = [client.is_server_live(url), client.is_server_ready(url), client.is_model_ready(url, line["health"])]
            return [await state for state in states]
        request = request_of(line["infer"])
        return answer_of(await client.infer(url, request, model_name=request.model_name))


async def by_grpc(line):
    async with InferenceGRPCClient(f"127.0.0.1:{line['port']}", timeout=TIMEOUT, retries=2) as client:
        if "health" in line:
            return [await state for state in (client.is_server_live(), client.is_server_ready(), client.is_model_ready(line["health"]))]
        return answer_of(await client.infer(request_of(line["infer"])))


async def main():
    logging.disable()
    for text in sys.stdin:
        line = json.loads(text)
        try:
            answer = await (rest if line["client"] == "rest" else by_grpc)(line)
        except (httpx.HTTPStatusError, grpc.RpcError) as refusal:
            answer = {"refusal": str(refusal)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
