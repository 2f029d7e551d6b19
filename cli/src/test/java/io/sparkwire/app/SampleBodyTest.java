package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleBodyTest {

  private static SampleBody of(String ddl) {
    return new SampleBody(SampleRequest.of(Ddl.columns(ddl), Map.of()).body());
  }

  /** What a shell makes of an argument. */
  private static String inShell(String argument) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "printf %s " + argument).start();
    return new String(shell.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void aShortArrayIsWrittenOut() {
    String whole = "{\"a\":[" + "1,".repeat(15) + "1]}";

    assertThat(of("a ARRAY<INT>(16)").shown()).isEqualTo(whole);
    assertThat(of("a ARRAY<INT>(16)").argument()).isEqualTo("'" + whole + "'");
  }

  @Test
  void theElementsOfALongOneAreNot() {
    SampleBody body = of("n INT, ids ARRAY<INT>(2048), `it's` ARRAY<STRING>(17)");

    assertThat(body.shown())
        .isEqualTo("{\"n\":1,\"ids\":[1, ... 2048 in all],\"it's\":[\"text\", ... 17 in all]}");
    assertThat(body.argument())
        .isEqualTo(
            "'{\"n\":1,\"ids\":['\"$(yes '1' | head -n 2048 | paste -sd, -)\"'],"
                + "\"it'\\''s\":['\"$(yes '\"text\"' | head -n 17 | paste -sd, -)\"']}'");
  }

  @Test
  void aShellMakesTheWholeBodyOfIt() throws Exception {
    SampleBody body =
        of("a ARRAY<FLOAT>(2048), `it's $x` ARRAY<STRING>(20), v VECTOR(30), b BOOLEAN");

    assertThat(inShell(body.argument())).isEqualTo(body.json());
  }

  @Test
  void anArrayOfSeveralValuesIsWrittenOut() {
    String several = "{\"a\":[" + "1,".repeat(20) + "2]}";

    assertThat(new SampleBody(several).shown()).isEqualTo(several);
  }
}
