"""A runtime of MLServer for a network, as its documentation says to write one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceRequest, InferenceResponse


class Network(MLModel):
    """Runs the network for each request: on the event loop, or on worker threads, where ONNX Runtime lets go of Python's lock."""

    async def load(self) -> bool:
        extra = self.settings.parameters.extra
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = extra["threads"]
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(self.settings.parameters.uri, options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        workers = extra["workers"]
        self._workers = ThreadPoolExecutor(workers) if workers else None
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        inputs = {each.name: NumpyCodec.decode_input(each) for each in payload.inputs}
        if self._workers:
            outputs = await asyncio.get_running_loop().run_in_executor(self._workers, self._session.run, None, inputs)
        else:
            outputs = self._session.run(None, inputs)
        encoded = [NumpyCodec.encode_output(name, output) for name, output in zip(self._outputs, outputs)]
        return InferenceResponse(id=payload.id, model_name=self.name, outputs=encoded)
