"""Stages of SparkML that are written in Java."""

from __future__ import annotations

import os
from typing import Any, Mapping, Sequence, TypeVar

from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer
from pyspark.sql import DataFrame

from sparkwire.errors import PipelineError, java_errors
from sparkwire.functions import active_session
from sparkwire.session import jvm

Stage = TypeVar("Stage", bound="JavaStage")


class _Reader(JavaMLReader[Any]):
    @classmethod
    def _java_loader_class(cls, clazz: Any) -> str:
        return f"{clazz._java_package}.{clazz.__name__}"


class JavaStage(JavaTransformer, JavaMLWritable, JavaMLReadable[Any]):
    """A stage whose params are those of its Java object, of the same class name."""

    _java_package: str

    def __init__(self, **params: Any) -> None:
        self._check_jvm()
        super().__init__()
        self._java_obj: Any = self._new_java_obj(f"{self._java_package}.{type(self).__name__}")
        self._resetUid(self._java_obj.uid())
        self.set_params(**params)

    @classmethod
    def _check_jvm(cls) -> None:
        """Raises SessionError if the JVM lacks the class."""
        jvm(active_session())

    def set_params(self, **params: Any) -> Any:
        """Sets params by the names that the documentation has; None leaves one as it is. Raises PipelineError for a wrong value."""
        with java_errors(PipelineError):
            for name, value in params.items():
                if value is not None:
                    setter = getattr(self._java_obj, f"set{name[0].upper()}{name[1:]}")
                    setter(_java_value(value))
        return self

    def _with(self: Stage, **params: Any) -> Stage:
        self.set_params(**params)
        return self

    def explain_params(self) -> str:
        """All params with their meaning, default and value."""
        return str(self._java_obj.explainParams())

    def _transform(self, dataset: DataFrame) -> DataFrame:
        with java_errors(PipelineError):
            return super()._transform(dataset)

    @classmethod
    def read(cls) -> _Reader:
        cls._check_jvm()
        return _Reader(cls)


def _java_value(value: Any) -> Any:
    if isinstance(value, JavaStage):
        return value._java_obj
    if isinstance(value, Mapping):
        return _map(value)
    if isinstance(value, (list, tuple)):
        return _array(value)
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _map(value: Mapping[str, str]) -> Any:
    """In its order, which Py4J's own conversion loses."""
    java = jvm(active_session()).java.util.LinkedHashMap()
    for key, part in value.items():
        java.put(key, part)
    return java


def _array(value: Sequence[Any]) -> Any:
    """An array of texts, or of doubles."""
    gateway: Any = active_session().sparkContext._gateway
    are_texts = all(isinstance(part, str) for part in value)
    java = gateway.new_array(gateway.jvm.String if are_texts else gateway.jvm.double, len(value))
    for place, part in enumerate(value):
        java[place] = part if are_texts else float(part)
    return java
