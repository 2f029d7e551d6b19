"""What a worker exchanges with its JVM: frames, and the streams of a run that they carry."""

import io
import json
import struct
import traceback

# Frames: a byte that says what it is, the length of what follows, and that.
HEADER = struct.Struct("!cI")
HELLO, START, READY, DATA, NEXT = b"H", b"S", b"R", b"D", b"N"
END, RETURNED, EXCEPTION = b"E", b"Q", b"X"

# Output beyond that is sent before the functions ask for more.
FLUSH_BYTES = 1 << 20


def describe(error):
    """What the JVM is told of an exception."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = kind.__module__ + "." + name
    try:
        message = str(error)
    except Exception:
        message = ""
    trace = "".join(traceback.format_exception(kind, error, error.__traceback__))
    return {"type": name, "message": message, "traceback": trace}


class Channel:
    """Frames over the connection with the JVM."""

    def __init__(self, connection):
        self.connection = connection
        self.stream = connection.makefile("rb", 1 << 16)

    def send(self, *frames):
        self.connection.sendall(
            b"".join(part for kind, body in frames for part in (HEADER.pack(kind, len(body)), body))
        )

    def fail(self, error):
        self.send((EXCEPTION, json.dumps(describe(error)).encode("utf-8")))

    def receive(self):
        """The next frame; one that says END if the JVM has closed the connection."""
        header = self.stream.read(HEADER.size)
        if len(header) < HEADER.size:
            return END, b""
        kind, length = HEADER.unpack(header)
        body = self.stream.read(length)
        return (kind, body) if len(body) == length else (END, b"")


class Input(io.RawIOBase):
    """What functions read in one run: the data that the JVM sends, until it says END."""

    def __init__(self, channel, output):
        super().__init__()
        self.channel = channel
        self.output = output
        self.data = b""
        self.position = 0
        self.ended = False
        self.asked = False

    def readable(self):
        return True

    def read(self, size=-1):
        if size == 0:
            return b""
        if self.position == len(self.data) and not self.ended:
            self.next()
        if size < 0 or len(self.data) - self.position >= size or self.ended:
            return self.take(size)
        parts = self.take(size)
        while len(parts) < size and not self.ended:
            self.next()
            parts += self.take(size - len(parts))
        return parts

    def take(self, size):
        end = len(self.data) if size < 0 else min(len(self.data), self.position + size)
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def next(self):
        """Sends what the functions have written, and waits for more input."""
        self.output.send(NEXT if self.asked else READY)
        self.asked = True
        kind, self.data = self.channel.receive()
        self.position = 0
        self.ended = kind != DATA


class Output(io.RawIOBase):
    """What functions write in one run."""

    def __init__(self, channel):
        super().__init__()
        self.channel = channel
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        if len(self.data) > FLUSH_BYTES:
            self.channel.send((DATA, self.data))
            self.data = bytearray()
        return len(data)

    def send(self, kind, body=b""):
        """Sends all that was written, and then a frame."""
        if self.data:
            self.channel.send((DATA, self.data), (kind, body))
            self.data = bytearray()
        else:
            self.channel.send((kind, body))
