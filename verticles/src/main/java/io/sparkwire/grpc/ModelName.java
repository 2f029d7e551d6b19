package io.sparkwire.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.WireFormat;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads from the first bytes of a ModelInferRequest for which model it is, as each service has its
 * own limits for the rest. Writers of messages put that field first. Stateless.
 */
final class ModelName {

  private static final int LONGEST = 1_024;

  /** What a byte of a number has, of which more may follow. */
  private static final int BITS_OF_BYTE = 7;

  private static final int MOST_OF_BYTE = 0x7f;
  private static final int FIELD =
      ModelInferRequest.MODEL_NAME_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private ModelName() {}

  /**
   * The name, if it is there already.
   *
   * @param soFar all bytes of the body until now
   * @throws BadBodyException if the message does not begin with one
   */
  static Optional<String> of(Buffer soFar) throws BadBodyException {
    if (soFar.length() <= GrpcMessages.PREFIX_BYTES) {
      boolean isEmpty = soFar.length() == GrpcMessages.PREFIX_BYTES && soFar.getInt(1) == 0;
      if (isEmpty) {
        throw missing();
      }
      return Optional.empty();
    }
    byte[] sent = soFar.getBytes(0, Math.min(soFar.length(), StartingCall.MOST_BYTES));
    try (InputStream message = GrpcMessages.begun(sent)) {
      return read(message);
    } catch (EOFException e) {
      return Optional.empty(); // gzip has not got so far
    } catch (IOException e) {
      throw BadBodyException.malformed("the message cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> read(InputStream message) throws IOException, BadBodyException {
    int tag = message.read();
    int first = message.read();
    if (tag >= 0 && tag != FIELD) {
      throw missing();
    }
    if (tag < 0 || first < 0) {
      return Optional.empty();
    }
    int length = first;
    if (first > MOST_OF_BYTE) {
      int second = message.read();
      if (second < 0) {
        return Optional.empty();
      }
      length = first - MOST_OF_BYTE - 1 | second << BITS_OF_BYTE;
    }
    if (length > LONGEST) {
      throw BadBodyException.malformed("model_name may have " + LONGEST + " bytes at most");
    }
    byte[] name = message.readNBytes(length);
    return name.length < length ? Optional.empty() : Optional.of(new String(name, UTF_8));
  }

  private static BadBodyException missing() {
    return BadBodyException.malformed("model_name is missing; it must be the first field");
  }
}
