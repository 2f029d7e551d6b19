package io.sparkwire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ModelNameTest {

  private static final String LONG = "n".repeat(300);

  private static byte[] message(String name) {
    return GrpcMessages.of(ModelInferRequest.newBuilder().setModelName(name).setId("7").build());
  }

  private static byte[] compressed(byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(message, GrpcMessages.PREFIX_BYTES, message.length - GrpcMessages.PREFIX_BYTES);
    }
    ByteBuffer whole = ByteBuffer.allocate(GrpcMessages.PREFIX_BYTES + out.size());
    return whole.put((byte) 1).putInt(out.size()).put(out.toByteArray()).array();
  }

  /** After how many bytes the name is known. */
  private static int known(byte[] sent, String name) throws BadBodyException {
    for (int length = 0; length <= sent.length; length++) {
      var found = ModelName.of(Buffer.buffer(sent).slice(0, length));
      if (found.isPresent()) {
        assertThat(found).contains(name);
        return length;
      }
    }
    throw new AssertionError("the name was not found");
  }

  @Test
  void aNameIsKnownWithItsLastByte() throws Exception {
    assertThat(known(message("m"), "m")).isEqualTo(GrpcMessages.PREFIX_BYTES + 3);
    assertThat(known(message(LONG), LONG)).isEqualTo(GrpcMessages.PREFIX_BYTES + 303);
  }

  @Test
  void aNameIsReadFromACompressedMessage() throws Exception {
    byte[] sent = compressed(message(LONG));
    assertThat(known(sent, LONG)).isLessThanOrEqualTo(sent.length);
  }

  @Test
  void aMessageMustBeginWithAName() {
    for (byte[] sent : new byte[][] {new byte[5], message("")}) {
      assertThatThrownBy(() -> ModelName.of(Buffer.buffer(sent)))
          .isInstanceOf(BadBodyException.class)
          .hasMessage("model_name is missing; it must be the first field");
    }
    assertThatThrownBy(() -> ModelName.of(Buffer.buffer(message("n".repeat(1_025)))))
        .hasMessage("model_name may have 1024 bytes at most");
    assertThatThrownBy(() -> ModelName.of(Buffer.buffer(new byte[] {7, 0, 0, 0, 9, 9})))
        .hasMessage("the first byte of a message is 0 or 1, got 7");
  }
}
