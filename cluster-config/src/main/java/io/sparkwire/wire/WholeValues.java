package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** The elements of a tensor of whole numbers or of BOOL, which are 0 and 1 in binary. */
final class WholeValues extends TensorValues {

  /** Beyond this, not every whole number is a {@code double}. */
  private static final double LARGEST_EXACT = 1L << 53;

  private final long[] values;

  WholeValues(TensorType type, int elements) {
    super(type);
    this.values = new long[elements];
  }

  @Override
  String readValue(JsonParser json, int at) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE, VALUE_FALSE -> readTruth(json, at);
      case VALUE_NUMBER_INT -> readDigits(json, at);
      case VALUE_NUMBER_FLOAT -> readFraction(json, at);
      default -> type.name();
    };
  }

  private String readTruth(JsonParser json, int at) {
    values[at] = json.currentToken() == JsonToken.VALUE_TRUE ? 1 : 0;
    return type == TensorType.BOOL ? null : type.name();
  }

  private String readDigits(JsonParser json, int at) throws IOException {
    if (type == TensorType.BOOL) {
      return type.name();
    }
    if (json.getNumberType() == NumberType.BIG_INTEGER) {
      BigInteger number = json.getBigIntegerValue();
      values[at] = number.longValue();
      boolean fits =
          type == TensorType.UINT64 && number.signum() > 0 && number.bitLength() <= Long.SIZE;
      return fits ? null : range();
    }
    return put(json.getLongValue(), at);
  }

  /** JSON has one kind of number, so 3.0 is 3. */
  private String readFraction(JsonParser json, int at) throws IOException {
    double number = json.getDoubleValue();
    boolean isWhole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT;
    if (type == TensorType.BOOL || !isWhole) {
      return type == TensorType.BOOL ? type.name() : type + ", a whole number";
    }
    return put((long) number, at);
  }

  private String put(long number, int at) {
    values[at] = number;
    return number < type.min() || number > type.max() ? range() : null;
  }

  private String range() {
    String max = type == TensorType.UINT64 ? Long.toUnsignedString(-1) : Long.toString(type.max());
    return type + ", from " + type.min() + " to " + max;
  }

  @Override
  String read(ByteBuffer binary, int at) {
    values[at] =
        switch (type) {
          case BOOL, INT8 -> binary.get();
          case UINT8 -> Byte.toUnsignedLong(binary.get());
          case INT16 -> binary.getShort();
          case UINT16 -> Short.toUnsignedLong(binary.getShort());
          case INT32 -> binary.getInt();
          case UINT32 -> Integer.toUnsignedLong(binary.getInt());
          default -> binary.getLong();
        };
    boolean isTruth = values[at] == 0 || values[at] == 1;
    return type == TensorType.BOOL && !isTruth ? "BOOL, a byte of 0 or 1" : null;
  }

  @Override
  PackedType packedType() {
    return switch (type) {
      case BOOL -> PackedType.BOOL;
      case UINT64 -> PackedType.UINT64;
      default -> PackedType.INT64;
    };
  }

  @Override
  void pack(int at, ByteBuffer row) {
    if (type == TensorType.BOOL) {
      row.put((byte) values[at]);
    } else {
      row.putLong(values[at]);
    }
  }

  @Override
  void writeValue(int at, JsonGenerator json) throws IOException {
    if (type == TensorType.BOOL) {
      json.writeBoolean(values[at] == 1);
    } else if (type == TensorType.UINT64) {
      json.writeRawValue(Long.toUnsignedString(values[at]));
    } else {
      json.writeNumber(values[at]);
    }
  }
}
