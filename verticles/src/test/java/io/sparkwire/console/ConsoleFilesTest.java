package io.sparkwire.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from \"(\\./|/console/)([a-z]+\\.js)\"");

  private final ServedConsole console = new ServedConsole(Map.of());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    console.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(console.to(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void allFilesOfThePageAreServed() throws Exception {
    Set<String> left = new TreeSet<>(Set.of("/console"));
    Set<String> seen = new TreeSet<>();
    while (!left.isEmpty()) {
      String path = left.iterator().next();
      left.remove(path);
      seen.add(path);
      HttpResponse<String> file = get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      LINK.matcher(file.body()).results().map(found -> found.group(1)).forEach(left::add);
      IMPORT
          .matcher(file.body())
          .results()
          .map(found -> "/console/" + found.group(2))
          .forEach(left::add);
      left.removeAll(seen);
    }
    assertThat(seen)
        .contains("/console/uplot.js", "/console/uplot.css", "/console/console.css")
        .hasSize(22);
  }

  @Test
  void browsersRunNoOtherScriptAndAskNoOtherHost() throws Exception {
    HttpResponse<String> page = get("/console");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.body()).doesNotContain("<script>", "style=", "onclick", "http:", "https:");
  }

  @Test
  void nothingElseOfTheClassPathIsServed() throws Exception {
    for (String path :
        new String[] {
          "/console/ClusterView.class", "/console/../console/x", "/console/versions.properties"
        }) {
      assertThat(get(path).statusCode()).isEqualTo(404);
    }
  }
}
