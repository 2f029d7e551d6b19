"""What Sparkwire's classes refer to that a release of Spark does not have: linkage.py JAR [DIRECTORY OF SPARK'S JARS]

Prints a line for each class, field and method that is missing, and for each method that a class of ours leaves abstract. Classes
that are named only after a check that they are there are known, and not printed.
"""

import pathlib
import sys
import zipfile

from class_file import ClassFile

OURS = "io/sparkwire/"
BUNDLED = ("io/sparkwire/io/netty/", "io/sparkwire/snakeyaml/")
LIBRARIES = tuple(f"io/sparkwire/{name}/" for name in ("vertx", "HdrHistogram", "bouncycastle", "caffeine"))
SPARKS = ("org/apache/", "scala/", "com/fasterxml/", "org/slf4j/", "org/json4s/", "py4j/", "net/razorvine/")
JDK = ("java/", "javax/", "jdk/", "sun/", "com/sun/", "org/w3c/", "org/xml/")
# Classes of Java of which it is known what they have.
MEMBERS = {
    "java/lang/Object": (),
    "java/io/Serializable": (),
    "java/lang/Cloneable": (),
    "java/lang/AutoCloseable": ("close",),
    "java/io/Closeable": ("close",),
    "java/io/Flushable": ("flush",),
    "java/lang/Comparable": ("compareTo",),
}

# Our classes that are loaded only where Spark has what they name, or that name it only after a check.
CHECKED = (
    "io/sparkwire/spark/version/",
    "io/sparkwire/spark/LocalCheckpointFileManager",
    "io/sparkwire/spark/source/RealTime",
)
# Values of types that requests do not have: their getters are never called.
NEVER_CALLED = ("getBinaryView", "getTimestampLTZNanos", "getTimestampNTZNanos", "GeographyVal", "GeometryVal")


class ClassPath:
    """The classes of some jars; the first jar that has one wins."""

    def __init__(self, jars):
        self._places = {}
        for jar in map(zipfile.ZipFile, jars):
            for entry in jar.namelist():
                if entry.endswith(".class") and not entry.startswith("META-INF"):
                    self._places.setdefault(entry[: -len(".class")], jar)
        self._read = {}

    def get(self, name):
        """A class; None if no jar has it."""
        if name not in self._read:
            jar = self._places.get(name)
            self._read[name] = ClassFile(jar.read(f"{name}.class")) if jar else None
        return self._read[name]

    def hierarchy(self, name):
        """A class and all above it, with their names; None for those that no jar has, as of Java itself."""
        seen, names = set(), [name]
        while names:
            name = names.pop(0)
            if name not in seen:
                seen.add(name)
                found = self.get(name)
                yield name, found
                names += found.parents if found else []

    def has(self, owner, member):
        """Whether a class has a field or method, or may have it from a class of Java."""
        if member[0] == "<init>":
            return member in self.get(owner).members
        above = list(self.hierarchy(owner))
        return any(found and member in found.members for _, found in above) or any(
            found is None and member[0] in MEMBERS.get(name, [member[0]]) for name, found in above
        )


def missing(path, ours):
    """What a class of ours refers to in vain."""
    for owner, member in ours.references():
        if not owner.startswith(JDK) and (not owner.startswith(OURS)) and owner.startswith(SPARKS):
            if path.get(owner) is None:
                yield owner
            elif member and not path.has(owner, member) and not is_of_every_object(member):
                yield f"{owner}.{member[0]}{member[1]}"


def is_of_every_object(member):
    return member[0] in ("getClass", "hashCode", "equals", "toString", "clone", "notify", "notifyAll", "wait", "invoke", "invokeExact")


def left_abstract(path, ours):
    """Methods that a class of ours must have, and has not."""
    if ours.is_abstract:
        return
    above = [found for _, found in path.hierarchy(ours.name) if found]
    made = {(name, kind.partition(")")[0]) for found in above for name, kind in found.concrete}
    for found in above:
        for name, kind in found.abstract:
            if (name, kind.partition(")")[0]) not in made:
                yield f"{ours.name} has no {name}{kind} of {found.name}"


def main(jar, jars):
    path = ClassPath([jar, *sorted(pathlib.Path(jars).glob("*.jar"))])
    lines = set()
    for entry in zipfile.ZipFile(jar).namelist():
        if entry.endswith(".class") and entry.startswith(OURS) and not entry.startswith((*BUNDLED, *CHECKED)):
            ours = path.get(entry[: -len(".class")])
            lines |= {f"{ours.name} refers to {reference}" for reference in missing(path, ours)}
            if not entry.startswith(LIBRARIES):
                lines |= set(left_abstract(path, ours))
    for line in sorted(line for line in lines if not any(word in line for word in NEVER_CALLED)):
        print(line)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(sys.argv[1], sys.argv[2])
    else:
        import pyspark

        main(sys.argv[1], pathlib.Path(pyspark.__file__).parent / "jars")
