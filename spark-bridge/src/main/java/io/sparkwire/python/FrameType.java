package io.sparkwire.python;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a frame between the JVM and a worker is. */
enum FrameType {
  /** From a worker, at once: the id of its process, as a long. */
  HELLO('H'),

  /** To a worker: the functions, see {@link StartFrame}; or nothing, to run the same again. */
  START('S'),

  /** From a worker: the functions of a run ask for their first batch. */
  READY('R'),

  /** To a worker: what functions read. From a worker: what they have written. */
  DATA('D'),

  /** From a worker: the functions ask for a further batch. */
  NEXT('N'),

  /** To a worker: no more data. */
  END('E'),

  /** From a worker: the functions have returned. */
  RETURNED('Q'),

  /** From a worker: loading or running functions raised an exception, as JSON. */
  EXCEPTION('X');

  private static final Map<Byte, FrameType> BY_CODE =
      Stream.of(values()).collect(Collectors.toMap(FrameType::code, Function.identity()));

  private final byte code;

  FrameType(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static FrameType of(byte code) {
    FrameType type = BY_CODE.get(code);
    if (type == null) {
      throw new IllegalArgumentException("no frame begins with byte " + code);
    }
    return type;
  }
}
