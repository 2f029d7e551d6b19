"""Deep networks in the format ONNX, and what goes before them, as stages of SparkML.

docs/deep-networks.md says what they promise. They need the add-on `sparkwire-onnx.jar` in the session (`sparkwire.session(onnx=PATH)`). Stages are
saved and loaded within a PipelineModel, also by `sparkwire serve --model`.
"""

from __future__ import annotations

from os import PathLike
from typing import Mapping, Optional, Sequence, Union

from sparkwire.functions import active_session
from sparkwire.session import networks
from sparkwire.stages import JavaStage

JAVA_PACKAGE = "io.sparkwire.onnx"

File = Union[str, "PathLike[str]"]
"""A file of the driver's machine, or an address that Spark reads, such as `hdfs://…`."""


class _Stage(JavaStage):
    _java_package = JAVA_PACKAGE

    @classmethod
    def _check_jvm(cls) -> None:
        networks(active_session())


class OnnxModel(_Stage):
    """A network: columns go into its inputs, and its outputs become columns.

    Params may be named here, as in `OnnxModel(modelFile="model.onnx", miniBatchSize=8)`. What is wrong with a file is said at once, and
    what is wrong with a param when the stage is used: PipelineError.
    """

    def __init__(
        self,
        *,
        modelFile: Optional[File] = None,
        modelBytes: Optional[bytes] = None,
        feedDict: Optional[Mapping[str, str]] = None,
        fetchDict: Optional[Mapping[str, str]] = None,
        softMaxDict: Optional[Mapping[str, str]] = None,
        argMaxDict: Optional[Mapping[str, str]] = None,
        meanPoolingDict: Optional[Mapping[str, str]] = None,
        maskInput: Optional[str] = None,
        normalizeMean: Optional[bool] = None,
        paddedInputs: Optional[Sequence[str]] = None,
        vectorCols: Optional[Sequence[str]] = None,
        miniBatchSize: Optional[int] = None,
        threads: Optional[int] = None,
        executionProvider: Optional[str] = None,
        optimizationLevel: Optional[str] = None,
    ) -> None:
        super().__init__(
            modelFile=modelFile, modelBytes=modelBytes, feedDict=feedDict, fetchDict=fetchDict, softMaxDict=softMaxDict,
            argMaxDict=argMaxDict, meanPoolingDict=meanPoolingDict, maskInput=maskInput, normalizeMean=normalizeMean,
            paddedInputs=paddedInputs, vectorCols=vectorCols, miniBatchSize=miniBatchSize, threads=threads,
            executionProvider=executionProvider, optimizationLevel=optimizationLevel,
        )

    def inputs(self) -> dict[str, str]:
        """What the network reads, as in `{"pixels": "FLOAT[-1,3,224,224]"}`; -1 is an axis of any length."""
        return {tensor.name(): str(tensor.text()) for tensor in self._java_obj.signature().inputs()}

    def outputs(self) -> list[str]:
        """The names of what the network gives."""
        return [str(value.name()) for value in self._java_obj.signature().outputs()]

    def setModelFile(self, value: File) -> OnnxModel:
        """Reads the network, now."""
        return self._with(modelFile=value)

    def setModelBytes(self, value: bytes) -> OnnxModel:
        """Takes the network from memory."""
        return self._with(modelBytes=value)

    def setFeedDict(self, value: Mapping[str, str]) -> OnnxModel:
        """Inputs of the network and their columns; an input without one has the column of its name."""
        return self._with(feedDict=value)

    def setFetchDict(self, value: Mapping[str, str]) -> OnnxModel:
        """Columns and the outputs that they get; by default a column for each output of which nothing else is made."""
        return self._with(fetchDict=value)

    def setSoftMaxDict(self, value: Mapping[str, str]) -> OnnxModel:
        """Outputs, or the columns that fetch them, and the columns of their softmax: ML vectors."""
        return self._with(softMaxDict=value)

    def setArgMaxDict(self, value: Mapping[str, str]) -> OnnxModel:
        """Outputs, or the columns that fetch them, and the columns of the place of their largest number, from 0: doubles."""
        return self._with(argMaxDict=value)

    def setMeanPoolingDict(self, value: Mapping[str, str]) -> OnnxModel:
        """Outputs with the axes row, token and feature, and the columns of their means over tokens: arrays of floats."""
        return self._with(meanPoolingDict=value)

    def setMaskInput(self, value: str) -> OnnxModel:
        """The input that says which tokens count in a mean (`attention_mask`)."""
        return self._with(maskInput=value)

    def setNormalizeMean(self, value: bool) -> OnnxModel:
        """Whether means are divided by their Euclidean length (False)."""
        return self._with(normalizeMean=value)

    def setPaddedInputs(self, *value: str) -> OnnxModel:
        """Inputs whose shorter arrays get zeros at their ends, so that rows of several lengths are computed at once."""
        return self._with(paddedInputs=value)

    def setVectorCols(self, *value: str) -> OnnxModel:
        """Fetched columns that are ML vectors, and not arrays."""
        return self._with(vectorCols=value)

    def setMiniBatchSize(self, value: int) -> OnnxModel:
        """How many rows are computed at once at most, from 1 (64)."""
        return self._with(miniBatchSize=value)

    def setThreads(self, value: int) -> OnnxModel:
        """How many threads share the work of one operator, from 1; 0 for one on each core (1)."""
        return self._with(threads=value)

    def setExecutionProvider(self, value: str) -> OnnxModel:
        """`CPU` or `CUDA` (`CPU`)."""
        return self._with(executionProvider=value)

    def setOptimizationLevel(self, value: str) -> OnnxModel:
        """`ALL_OPT`, `EXTENDED_OPT`, `BASIC_OPT` or `NO_OPT` (`ALL_OPT`)."""
        return self._with(optimizationLevel=value)


class TextTokenizer(_Stage):
    """Turns a text, or a pair of texts, into tokens by a `tokenizer.json`: ids, attention mask and type ids, of a row's own length."""

    def __init__(
        self,
        *,
        tokenizerFile: Optional[File] = None,
        tokenizerBytes: Optional[bytes] = None,
        inputCol: Optional[str] = None,
        pairCol: Optional[str] = None,
        idsCol: Optional[str] = None,
        maskCol: Optional[str] = None,
        typesCol: Optional[str] = None,
        maxLength: Optional[int] = None,
        addSpecialTokens: Optional[bool] = None,
    ) -> None:
        super().__init__(
            tokenizerFile=tokenizerFile, tokenizerBytes=tokenizerBytes, inputCol=inputCol, pairCol=pairCol, idsCol=idsCol,
            maskCol=maskCol, typesCol=typesCol, maxLength=maxLength, addSpecialTokens=addSpecialTokens,
        )

    def setTokenizerFile(self, value: File) -> TextTokenizer:
        """Reads a `tokenizer.json`, now."""
        return self._with(tokenizerFile=value)

    def setTokenizerBytes(self, value: bytes) -> TextTokenizer:
        """Takes the content of a `tokenizer.json` from memory."""
        return self._with(tokenizerBytes=value)

    def setInputCol(self, value: str) -> TextTokenizer:
        """The column of texts."""
        return self._with(inputCol=value)

    def setPairCol(self, value: str) -> TextTokenizer:
        """The column of second texts, for a network of pairs."""
        return self._with(pairCol=value)

    def setIdsCol(self, value: str) -> TextTokenizer:
        """The column of tokens' ids (`input_ids`)."""
        return self._with(idsCol=value)

    def setMaskCol(self, value: str) -> TextTokenizer:
        """The column of attention masks (`attention_mask`)."""
        return self._with(maskCol=value)

    def setTypesCol(self, value: str) -> TextTokenizer:
        """The column of type ids (`token_type_ids`)."""
        return self._with(typesCol=value)

    def setMaxLength(self, value: int) -> TextTokenizer:
        """The most tokens of a row, special ones included; 0 for what the file says (0)."""
        return self._with(maxLength=value)

    def setAddSpecialTokens(self, value: bool) -> TextTokenizer:
        """Whether tokens such as [CLS] are added, as the file says (True)."""
        return self._with(addSpecialTokens=value)


class ImageTensor(_Stage):
    """Turns an image, the content of a JPEG, PNG, GIF or BMP file, into an array of `3 * height * width` floats."""

    def __init__(
        self,
        *,
        inputCol: Optional[str] = None,
        outputCol: Optional[str] = None,
        height: Optional[int] = None,
        width: Optional[int] = None,
        resize: Optional[str] = None,
        scale: Optional[float] = None,
        mean: Optional[Sequence[float]] = None,
        std: Optional[Sequence[float]] = None,
        channelOrder: Optional[str] = None,
        layout: Optional[str] = None,
        maxPixels: Optional[int] = None,
    ) -> None:
        super().__init__(
            inputCol=inputCol, outputCol=outputCol, height=height, width=width, resize=resize, scale=scale, mean=mean, std=std,
            channelOrder=channelOrder, layout=layout, maxPixels=maxPixels,
        )

    def setInputCol(self, value: str) -> ImageTensor:
        """The column of images' files."""
        return self._with(inputCol=value)

    def setOutputCol(self, value: str) -> ImageTensor:
        """The column of numbers that is added."""
        return self._with(outputCol=value)

    def setHeight(self, value: int) -> ImageTensor:
        """1 to 4096 (224)."""
        return self._with(height=value)

    def setWidth(self, value: int) -> ImageTensor:
        """1 to 4096 (224)."""
        return self._with(width=value)

    def setResize(self, value: str) -> ImageTensor:
        """`crop`: in proportion, then cut; `stretch`: both sides by themselves (`crop`)."""
        return self._with(resize=value)

    def setScale(self, value: float) -> ImageTensor:
        """By what values of 0 to 255 are multiplied (1/255)."""
        return self._with(scale=float(value))

    def setMean(self, *value: float) -> ImageTensor:
        """What is then subtracted in each channel (0)."""
        return self._with(mean=value)

    def setStd(self, *value: float) -> ImageTensor:
        """By what the rest is divided in each channel (1)."""
        return self._with(std=value)

    def setChannelOrder(self, value: str) -> ImageTensor:
        """`RGB` or `BGR` (`RGB`)."""
        return self._with(channelOrder=value)

    def setLayout(self, value: str) -> ImageTensor:
        """`CHW`: channel by channel; `HWC`: pixel by pixel (`CHW`)."""
        return self._with(layout=value)

    def setMaxPixels(self, value: int) -> ImageTensor:
        """The most pixels of an image that is decoded (50 million)."""
        return self._with(maxPixels=value)
