package io.sparkwire.console;

import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The page and its files, by their paths. Nothing else of the class path has one. Immutable. */
final class ConsoleFiles {

  /** The path of the page. */
  static final String PAGE = "/console";

  private static final String VERSIONS = "versions.properties";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "app",
          "charts",
          "cluster",
          "dom",
          "epochs",
          "events",
          "figures",
          "form",
          "format",
          "history",
          "lists",
          "log",
          "schema",
          "services",
          "theme",
          "try",
          "versions");

  private final Map<String, ConsoleFile> files = new HashMap<>();

  ConsoleFiles() {
    files.put(PAGE, new ConsoleFile("console.html", "text/html; charset=utf-8"));
    files.put(PAGE + "/console.css", new ConsoleFile("console.css", STYLE));
    files.put(PAGE + "/icon.svg", new ConsoleFile("icon.svg", "image/svg+xml"));
    SCRIPTS.forEach(
        name -> files.put(PAGE + "/" + name + ".js", new ConsoleFile(name + ".js", SCRIPT)));
    String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
    files.put(PAGE + "/uplot.js", new ConsoleFile(uplot + "uPlot.esm.js", SCRIPT));
    files.put(PAGE + "/uplot.css", new ConsoleFile(uplot + "uPlot.min.css", STYLE));
  }

  private static String uplotVersion() {
    Properties versions = new Properties();
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(VERSIONS)) {
      versions.load(in);
      return versions.getProperty("uplot");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + VERSIONS + " of this jar", e);
    }
  }

  /** Sends the file of a request's path. Runs on: event loop. */
  void send(HttpServerRequest request) {
    ConsoleFile file = files.get(request.path());
    if (file == null) {
      StrictHttp.answer(
          request, ServiceFailure.of(FailureCode.UNKNOWN_PATH, "the console has no such file"));
    } else {
      file.send(request);
    }
  }
}
