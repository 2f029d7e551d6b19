package io.sparkwire.wire;

import java.util.Arrays;
import java.util.Optional;

/** A datatype of the Open Inference Protocol. */
public enum TensorType {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  FP32(4),
  FP64(8),
  /** Text or bytes of any length. */
  BYTES(0);

  private static final String ALL =
      String.join(", ", Arrays.stream(values()).map(TensorType::name).toList());

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** The datatype of that name; empty if there is none. */
  static Optional<TensorType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** All names, for messages. */
  static String all() {
    return ALL;
  }

  /** How many bytes an element has in binary; 0 if that depends on its value. */
  int bytes() {
    return bytes;
  }

  boolean isReal() {
    return this == FP16 || this == FP32 || this == FP64;
  }

  private boolean isUnsigned() {
    return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
  }

  /** Of whole numbers, the least. */
  long min() {
    return isUnsigned() ? 0 : -1L << (Byte.SIZE * bytes - 1);
  }

  /** Of whole numbers that a {@code long} holds, the greatest. */
  long max() {
    int bits = Byte.SIZE * bytes - (isUnsigned() ? 0 : 1);
    return bits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
  }
}
