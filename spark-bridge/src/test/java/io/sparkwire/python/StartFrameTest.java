package io.sparkwire.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.python.PythonUdf.Argument;
import io.sparkwire.python.PythonUdf.BroadcastFile;
import io.sparkwire.python.PythonUdf.Command;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartFrameTest {

  private static final BroadcastFile BROADCAST = new BroadcastFile(4, "/b4");

  private static PythonUdf udf(int offset, Optional<String> name, byte... pickled) {
    return new PythonUdf(
        List.of(new Argument(offset, name)), List.of(new Command(pickled)), List.of(BROADCAST));
  }

  private static PythonFunctions functions(byte last) {
    return new PythonFunctions(
        new PythonEnvironment("python3", "3.11", Map.of()),
        new PythonFiles("/files", List.of("/files/a.zip")),
        new PythonKind(200, Map.of("zone", "UTC"), "{\"type\":\"struct\"}"),
        List.of(
            udf(0, Optional.empty(), (byte) 1, (byte) 2),
            udf(1, Optional.of("by"), (byte) 3, last)),
        512);
  }

  @Test
  void commandsFollowAnObjectThatHasTheirLengths() {
    ByteBuffer frame = StartFrame.of(functions((byte) 4));
    byte[] json = new byte[frame.getInt()];
    frame.get(json);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"evalType\":200,\"confs\":{\"zone\":\"UTC\"},"
                + "\"inputSchema\":\"{\\\"type\\\":\\\"struct\\\"}\","
                + "\"udfs\":[{\"arguments\":[{\"offset\":0}],\"commands\":[2]},"
                + "{\"arguments\":[{\"offset\":1,\"name\":\"by\"}],\"commands\":[2]}],"
                + "\"filesDirectory\":\"/files\",\"includes\":[\"/files/a.zip\"],"
                + "\"broadcasts\":[{\"id\":4,\"path\":\"/b4\"}],\"memoryMegabytes\":512}");
    byte[] commands = new byte[frame.remaining()];
    frame.get(commands);
    assertThat(commands).containsExactly(1, 2, 3, 4);
  }

  @Test
  void functionsAreEqualIfTheirPickledBytesAre() {
    assertThat(functions((byte) 4)).isEqualTo(functions((byte) 4));
    assertThat(functions((byte) 4)).hasSameHashCodeAs(functions((byte) 4));
    assertThat(functions((byte) 4)).isNotEqualTo(functions((byte) 5));
  }
}
