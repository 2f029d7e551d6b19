package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkwire.http.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A request of the Open Inference Protocol, in JSON or in binary, sometimes damaged.
 *
 * @param json how many bytes are JSON, as the head says; negative if the head does not say it
 * @param expected the rows, if it is in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TensorBody(byte[] body, int json, List<String> expected) implements HostileInput {

  private static final String PATH = "/v2/models/" + FuzzedServices.ROWS + "/infer";

  static HostileInput json(Random random) {
    Tensors tensors = Tensors.of(random);
    byte[] body = tensors.json(random).getBytes(UTF_8);
    return random.nextInt(3) > 0
        ? new TensorBody(body, -1, tensors.rows())
        : new TensorBody(Damage.of(body, random), -1, null);
  }

  static HostileInput binary(Random random) {
    Tensors tensors = Tensors.of(random);
    byte[] head = tensors.binaryHead(random).getBytes(UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(tensors.binaryData());
    byte[] body = all.toByteArray();
    return switch (random.nextInt(6)) {
      case 0 -> new TensorBody(Damage.of(body, random), head.length, null);
      case 1 -> new TensorBody(body, random.nextInt(body.length + 3), null);
      case 2 -> new TensorBody(Arrays.copyOf(body, random.nextInt(body.length)), head.length, null);
      default -> new TensorBody(body, head.length, tensors.rows());
    };
  }

  @Override
  public void check(Wire wire) throws IOException {
    String length = json < 0 ? "" : "Inference-Header-Content-Length: " + json + "\r\n";
    RawHttp.Response response = wire.post(wire.rows(), PATH, length, body);
    if (response.status() != 200) {
      Refusals.isInferenceError(response);
      assertThat(expected).as("what was refused: %s", response).isNull();
      return;
    }
    List<String> seen =
        Tensors.rows(RowValues.JSON.readTree(response.body()).path("outputs"), null);
    if (expected != null) {
      assertThat(seen).isEqualTo(expected);
    } else {
      RowValues.read(Arrays.copyOf(body, json < 0 ? body.length : json))
          .ifPresent(head -> assertThat(seen).isEqualTo(rows(head)));
    }
  }

  private List<String> rows(JsonNode head) {
    byte[] data = json < 0 ? null : Arrays.copyOfRange(body, json, body.length);
    return Tensors.rows(head.path("inputs"), data);
  }

  @Override
  public String shown() {
    return json + ": " + Escaped.of(body);
  }
}
