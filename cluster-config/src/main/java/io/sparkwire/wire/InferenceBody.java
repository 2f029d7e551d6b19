package io.sparkwire.wire;

import io.sparkwire.message.ServiceRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The body of a request: JSON, and what follows it if the header field says that the JSON ends
 * before the body does.
 *
 * @param jsonLength of the JSON, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record InferenceBody(byte[] bytes, int jsonLength) {

  /** Says how many bytes of a body are JSON, where tensors in binary follow. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  /**
   * @throws BadRowsException if the field is no length within the body
   */
  static InferenceBody of(ServiceRequest request) throws BadRowsException {
    byte[] bytes = request.body();
    String length = request.headers().get(JSON_LENGTH);
    if (length == null) {
      return new InferenceBody(bytes, bytes.length);
    }
    boolean isNumber = length.matches("[0-9]{1,9}");
    if (!isNumber || Integer.parseInt(length) > bytes.length) {
      throw BadRowsException.malformed(
          JSON_LENGTH + " must be 0 to " + bytes.length + ", got '" + length + "'");
    }
    return new InferenceBody(bytes, Integer.parseInt(length));
  }

  /** What follows the JSON. */
  ByteBuffer binary() {
    return ByteBuffer.wrap(bytes, jsonLength, bytes.length - jsonLength)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
