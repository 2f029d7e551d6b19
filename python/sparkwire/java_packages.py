"""Names of Java packages, under which PySpark looks for the Python classes of stages that it loads."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any, Collection

_STAGES: dict[str, tuple[str, Collection[str]]] = {
    "io.sparkwire.httpclient": (
        "sparkwire.http",
        ("HttpTransformer", "JsonInputParser", "JsonOutputParser", "ParallelHttpTransformer", "SimpleHttpTransformer", "StringOutputParser"),
    ),
    "io.sparkwire.onnx": ("sparkwire.onnx", ("ImageTensor", "OnnxModel", "TextTokenizer")),
}


class _Package(ModuleType):
    """A Java package as a module. The one with its stages is imported when a stage is asked for: it needs NumPy, as SparkML does."""

    def __init__(self, name: str, module: str, stages: Collection[str]) -> None:
        super().__init__(name)
        self._module = module
        self._stages = stages

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._stages:
            raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")
        return getattr(importlib.import_module(self._module), name)


def register() -> None:
    """Lets PySpark load pipelines with stages of Sparkwire. Python would look for them in its own module `io`."""
    for package, (module, stages) in _STAGES.items():
        sys.modules.setdefault(package, _Package(package, module, stages))
