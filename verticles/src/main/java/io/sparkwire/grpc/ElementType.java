package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.protobuf.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A datatype whose elements have a field of their own in {@code contents}. */
enum ElementType {
  BOOL(1),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  FP32(4),
  FP64(8),
  BYTES(4);

  private static final int BITS_OF_BYTE = 8;

  private final int bytes;

  /**
   * @param bytes of an element in binary; of BYTES those of its length
   */
  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The datatype of that name; empty if it has no field. */
  static Optional<ElementType> of(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** All names, for messages. */
  static String all() {
    return Arrays.stream(values()).map(ElementType::name).collect(Collectors.joining(", "));
  }

  /** The name of its field. */
  String field() {
    return switch (this) {
      case BOOL -> "bool_contents";
      case INT8, INT16, INT32 -> "int_contents";
      case INT64 -> "int64_contents";
      case UINT8, UINT16, UINT32 -> "uint_contents";
      case UINT64 -> "uint64_contents";
      case FP32 -> "fp32_contents";
      case FP64 -> "fp64_contents";
      case BYTES -> "bytes_contents";
    };
  }

  /** How many elements its field has. */
  int count(InferTensorContents contents) {
    return switch (this) {
      case BOOL -> contents.getBoolContentsCount();
      case INT8, INT16, INT32 -> contents.getIntContentsCount();
      case INT64 -> contents.getInt64ContentsCount();
      case UINT8, UINT16, UINT32 -> contents.getUintContentsCount();
      case UINT64 -> contents.getUint64ContentsCount();
      case FP32 -> contents.getFp32ContentsCount();
      case FP64 -> contents.getFp64ContentsCount();
      case BYTES -> contents.getBytesContentsCount();
    };
  }

  /** How many bytes the elements of its field have in binary. */
  long size(InferTensorContents contents) {
    long size = (long) bytes * count(contents);
    if (this == BYTES) {
      for (ByteString element : contents.getBytesContentsList()) {
        size += element.size();
      }
    }
    return size;
  }

  /** Writes one element of its field in binary. */
  void write(InferTensorContents contents, int at, ByteBuffer to) throws BadBodyException {
    switch (this) {
      case BOOL -> to.put((byte) (contents.getBoolContents(at) ? 1 : 0));
      case INT8 -> to.put((byte) signed(contents.getIntContents(at)));
      case INT16 -> to.putShort((short) signed(contents.getIntContents(at)));
      case INT32 -> to.putInt(contents.getIntContents(at));
      case INT64 -> to.putLong(contents.getInt64Contents(at));
      case UINT8 -> to.put((byte) unsigned(contents.getUintContents(at)));
      case UINT16 -> to.putShort((short) unsigned(contents.getUintContents(at)));
      case UINT32 -> to.putInt(contents.getUintContents(at));
      case UINT64 -> to.putLong(contents.getUint64Contents(at));
      case FP32 -> to.putFloat(contents.getFp32Contents(at));
      case FP64 -> to.putDouble(contents.getFp64Contents(at));
      case BYTES -> {
        ByteString element = contents.getBytesContents(at);
        to.putInt(element.size());
        element.copyTo(to);
      }
    }
  }

  private long signed(int value) throws BadBodyException {
    int most = (1 << (BITS_OF_BYTE * bytes - 1)) - 1;
    return within(value, -most - 1, most);
  }

  private long unsigned(int value) throws BadBodyException {
    return within(Integer.toUnsignedLong(value), 0, (1 << (BITS_OF_BYTE * bytes)) - 1);
  }

  private long within(long value, int least, int most) throws BadBodyException {
    if (value < least || value > most) {
      throw BadBodyException.malformed(
          "must have elements of %s, from %d to %d, got %d".formatted(this, least, most, value));
    }
    return value;
  }

  /** Reads one element in binary to the end of its field. */
  void read(ByteBuffer from, InferTensorContents.Builder to) {
    switch (this) {
      case BOOL -> to.addBoolContents(from.get() != 0);
      case INT8 -> to.addIntContents(from.get());
      case INT16 -> to.addIntContents(from.getShort());
      case INT32 -> to.addIntContents(from.getInt());
      case INT64 -> to.addInt64Contents(from.getLong());
      case UINT8 -> to.addUintContents(Byte.toUnsignedInt(from.get()));
      case UINT16 -> to.addUintContents(Short.toUnsignedInt(from.getShort()));
      case UINT32 -> to.addUintContents(from.getInt());
      case UINT64 -> to.addUint64Contents(from.getLong());
      case FP32 -> to.addFp32Contents(from.getFloat());
      case FP64 -> to.addFp64Contents(from.getDouble());
      case BYTES -> to.addBytesContents(ByteString.copyFrom(from, from.getInt()));
    }
  }
}
