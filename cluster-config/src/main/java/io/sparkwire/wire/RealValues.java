package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The elements of a tensor of FP16, FP32 or FP64. In JSON, what is not finite is one of the strings
 * that Spark's {@code to_json} writes.
 */
final class RealValues extends TensorValues {

  private static final int EXPONENT_OF_HALF = 0x1F;
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION_OF_HALF = (1 << FRACTION_BITS) - 1;
  private static final int BIAS_OF_HALF = 15;

  private final double[] values;

  RealValues(TensorType type, int elements) {
    super(type);
    this.values = new double[elements];
  }

  @Override
  String readValue(JsonParser json, int at) throws IOException {
    JsonToken token = json.currentToken();
    if (!token.isNumeric()) {
      return readText(token == JsonToken.VALUE_STRING ? json.getText() : "", at);
    }
    double number = json.getDoubleValue();
    double value = type == TensorType.FP64 ? number : (float) number;
    if (Double.isInfinite(value)) {
      return type + ", within its range";
    }
    boolean negativeZero =
        value == 0 && json.getTextCharacters()[json.getTextOffset()] == '-'; // lost by Jackson
    values[at] = negativeZero ? -0.0 : value;
    return null;
  }

  private String readText(String text, int at) {
    Double value = NonFinite.of(text);
    if (value == null) {
      return type.name();
    }
    values[at] = value;
    return null;
  }

  @Override
  String read(ByteBuffer binary, int at) {
    values[at] =
        switch (type) {
          case FP16 -> ofHalf(binary.getShort());
          case FP32 -> binary.getFloat();
          default -> binary.getDouble();
        };
    return null;
  }

  /** The value of a half-precision number by IEEE 754, section 3.4. */
  static double ofHalf(short bits) {
    int exponent = bits >> FRACTION_BITS & EXPONENT_OF_HALF;
    int fraction = bits & FRACTION_OF_HALF;
    double magnitude;
    if (exponent == EXPONENT_OF_HALF) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, 1 - BIAS_OF_HALF - FRACTION_BITS);
    } else {
      magnitude =
          Math.scalb(
              (double) (fraction + FRACTION_OF_HALF + 1), exponent - BIAS_OF_HALF - FRACTION_BITS);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  @Override
  PackedType packedType() {
    return PackedType.FP64;
  }

  @Override
  void pack(int at, ByteBuffer row) {
    row.putDouble(values[at]);
  }

  @Override
  void writeValue(int at, JsonGenerator json) throws IOException {
    json.writeNumber(values[at]);
  }
}
