"""A class file of Java: its name, its parents, its members, and what it refers to (chapter 4 of the JVM specification)."""

import struct

UTF8, CLASS, FIELD, METHOD, INTERFACE_METHOD = 1, 7, 9, 10, 11
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, CLASS: 2, 8: 2, FIELD: 4, METHOD: 4, INTERFACE_METHOD: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
TWO_PLACES = (5, 6)  # long and double
ABSTRACT = 0x0400


class ClassFile:
    def __init__(self, data):
        self._data = data
        self._at = 8
        self._constants = self._read_constants()
        access, name, parent = self._shorts(3)
        self.name = self._class_name(name)
        self.is_abstract = bool(access & ABSTRACT)
        (count,) = self._shorts(1)
        self.parents = [self._class_name(index) for index in (parent, *self._shorts(count)) if index]
        fields, methods = self._read_members(), self._read_members()
        self.members = {*fields, *methods}
        self.abstract = {member for member, flags in methods.items() if flags & ABSTRACT}
        self.concrete = {*methods} - self.abstract

    def references(self):
        """The classes that it names, with None, and the fields and methods, as name and type."""
        for tag, value in self._constants.values():
            if tag == CLASS and not self._text(value[0]).startswith("["):
                yield self._text(value[0]), None
            elif tag in (FIELD, METHOD, INTERFACE_METHOD):
                owner = self._class_name(value[0])
                if not owner.startswith("["):
                    yield owner, self._pair(value[1])

    def _shorts(self, count):
        found = struct.unpack_from(f">{count}H", self._data, self._at)
        self._at += 2 * count
        return found

    def _read_constants(self):
        constants = {}
        (count,) = self._shorts(1)
        index = 1
        while index < count:
            tag = self._data[self._at]
            self._at += 1
            if tag == UTF8:
                (size,) = self._shorts(1)
                constants[index] = tag, self._data[self._at : self._at + size].decode("utf-8", "replace")
            else:
                size = SIZES[tag]
                constants[index] = tag, struct.unpack_from(f">{size // 2}H", self._data, self._at)
            self._at += size
            index += 2 if tag in TWO_PLACES else 1
        return constants

    def _read_members(self):
        members = {}
        (count,) = self._shorts(1)
        for _ in range(count):
            flags, name, kind, attributes = self._shorts(4)
            members[self._text(name), self._text(kind)] = flags
            for _ in range(attributes):
                (size,) = struct.unpack_from(">I", self._data, self._at + 2)
                self._at += 6 + size
        return members

    def _text(self, index):
        return self._constants[index][1]

    def _class_name(self, index):
        return self._text(self._constants[index][1][0])

    def _pair(self, index):
        name, kind = self._constants[index][1]
        return self._text(name), self._text(kind)
