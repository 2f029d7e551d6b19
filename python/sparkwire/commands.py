"""The command `sparkwire`: Sparkwire's command line on the jars of PySpark."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path
from typing import NoReturn, Optional, Sequence, Union

from sparkwire import doctor, jar, java

MAIN = "io.sparkwire.app.Main"

_CALLED_WRONGLY = 2

# As in the launcher of the release archive, which says why. A JVM does not start with two collectors.
_UNLESS_CHOSEN = (
    (r"-XX:\+Use[A-Za-z0-9]+GC", ["-XX:+UseParallelGC"]),
    (r"-XX:MetaspaceSize=", ["-XX:MetaspaceSize=256m"]),
    (
        r"-XX:Tier4",
        ["-XX:Tier4InvocationThreshold=50000", "-XX:Tier4MinInvocationThreshold=6000", "-XX:Tier4CompileThreshold=150000"],
    ),
    (
        r"-XX:ThreadPriorityPolicy=",
        ["-XX:ThreadPriorityPolicy=1", "-XX:JavaPriority1_To_OSPriority=10", "-XX:CompilerThreadPriority=10"],
    ),
)


def main(arguments: Optional[Sequence[str]] = None) -> Union[int, NoReturn]:
    """Runs `sparkwire ARGUMENTS`. All commands but `doctor` replace this process by a JVM, which ends with their exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["doctor"]:
        return doctor.main(given[1:])
    try:
        command = java_command(given)
    except (LookupError, FileNotFoundError) as why:
        print(f"sparkwire: {why.args[0]}", file=sys.stderr)
        return _CALLED_WRONGLY
    # Java knows the variables of options alone.
    os.execve(command[0], command, {name: value for name, value in os.environ.items() if name != jar.ONNX_VARIABLE})


def java_command(arguments: Sequence[str]) -> list[str]:
    """The command that runs Sparkwire's command line; raises LookupError if Java or PySpark is missing or does not fit.

    The variable SPARKWIRE_ONNX_JAR names the add-on for deep networks; raises FileNotFoundError if it is not there.
    """
    why = java.refusal()
    if why is not None:
        raise LookupError(why)
    program = java.executable() or "java"
    own = shlex.split(os.environ.get("SPARKWIRE_JAVA_OPTS", ""))
    add_on = jar.onnx()
    class_path = os.pathsep.join([str(jar.path()), *([str(add_on)] if add_on else []), str(spark_jars() / "*")])
    return [program, "-Xshare:auto", *_options(own), *jar.add_opens(), *own, "-cp", class_path, MAIN, *arguments]


def spark_jars() -> Path:
    """The jars of `SPARK_HOME`, otherwise those of PySpark; raises LookupError if there are none."""
    home = os.environ.get("SPARK_HOME")
    if home is None:
        try:
            import pyspark
        except ImportError:
            raise LookupError("needs the jars of PySpark; pip install 'sparkwire[spark]', or set SPARK_HOME") from None
        home = str(Path(pyspark.__file__).parent)
    jars = Path(home) / "jars"
    if not jars.is_dir():
        raise LookupError(f"needs the jars of Spark, but there is no {jars}; install PySpark from PyPI, or set SPARK_HOME")
    return jars


def _options(own: Sequence[str]) -> list[str]:
    """Options of Java that suit a service, but for those that the user has chosen."""
    chosen = " ".join([*own, os.environ.get("JDK_JAVA_OPTIONS", ""), os.environ.get("JAVA_TOOL_OPTIONS", "")])
    options = [option for pattern, options in _UNLESS_CHOSEN if not re.search(pattern, chosen) for option in options]
    if "-XX:ThreadPriorityPolicy=1" in options and os.geteuid() != 0:
        options.append("-XX:-PrintWarnings")  # Java warns that it cannot raise priorities, which nothing here needs
    return options
