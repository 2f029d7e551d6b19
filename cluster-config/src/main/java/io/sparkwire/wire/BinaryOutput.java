package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.NumberInput;
import io.sparkwire.wire.TensorColumn.Form;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Writes the values of one output in binary. Confined to one thread. */
final class BinaryOutput {

  private final TensorColumn column;
  private final ByteArrayOutputStream out;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  BinaryOutput(TensorColumn column, ByteArrayOutputStream out) {
    this.column = column;
    this.out = out;
  }

  /** Whether there is a binary form of all values: a null has one among FP32 and FP64 alone. */
  static boolean canHold(OutputTensor output) {
    return output.column().type().isReal()
        || output.values().stream().noneMatch(value -> hasNull(output, value));
  }

  private static boolean hasNull(OutputTensor output, JsonSlice value) {
    return value.isNull()
        || (output.column().isArray() && value.elements().stream().anyMatch(JsonSlice::isNull));
  }

  void write(List<JsonSlice> values) {
    for (JsonSlice value : values) {
      if (column.isArray()) {
        value.elements(this::write);
      } else {
        write(value);
      }
    }
  }

  private void write(JsonSlice value) {
    if (column.type() == TensorType.BYTES) {
      byte[] bytes = bytes(value);
      number.clear().putInt(bytes.length);
      writeNumber();
      out.writeBytes(bytes);
    } else {
      put(value, number.clear());
      writeNumber();
    }
  }

  private void writeNumber() {
    out.write(number.array(), 0, number.position());
  }

  private void put(JsonSlice value, ByteBuffer to) {
    switch (column.type()) {
      case BOOL -> to.put((byte) (value.first() == 't' ? 1 : 0));
      case INT8 -> to.put((byte) whole(value));
      case INT16 -> to.putShort((short) whole(value));
      case INT32 -> to.putInt((int) whole(value));
      case INT64 -> to.putLong(whole(value));
      case FP32 -> to.putFloat((float) real(value));
      default -> to.putDouble(real(value));
    }
  }

  private static long whole(JsonSlice value) {
    return Long.parseLong(value.source());
  }

  private static double real(JsonSlice value) {
    if (value.isNull()) {
      return Double.NaN;
    }
    return value.isString()
        ? NonFinite.of(value.string())
        : NumberInput.parseDouble(value.source(), true);
  }

  private byte[] bytes(JsonSlice value) {
    if (column.form() == Form.NESTED) {
      return value.source().getBytes(UTF_8);
    }
    String text = value.string();
    return column.form() == Form.BASE64 ? Base64.getDecoder().decode(text) : text.getBytes(UTF_8);
  }
}
