package io.sparkwire.app;

import static io.sparkwire.app.SampleBody.quoted;

import io.sparkwire.message.ServiceSpec;
import io.sparkwire.node.ServingNode;
import io.sparkwire.schema.Example;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.tls.CurlArguments;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/**
 * A request that a service understands, as a command to paste into a shell. Immutable.
 *
 * @param body of the request, valid for the service's schema
 * @param contentType of the body
 */
public record SampleRequest(String body, String contentType) {

  private static final String USUAL_METHOD = "POST";
  private static final String JSON = "application/json";

  /** The command line that sends a running service a request that it understands. */
  public static String curl(ServingQuery query) {
    ServiceSpec service = query.spec();
    String schema = service.schema().body();
    Set<String> methods = service.route().methods();
    SampleRequest sample = schema.isEmpty() ? raw() : of(Ddl.columns(schema), Map.of());
    return sample.curl(
        query.url(), methods.contains(USUAL_METHOD) ? USUAL_METHOD : methods.iterator().next());
  }

  /** A JSON object of that schema. */
  static SampleRequest of(StructType schema, Map<String, ?> known) {
    JsonObject body = Example.of(io.sparkwire.schema.Ddl.columns(Ddl.text(schema)));
    known.forEach((name, value) -> body.getMap().replace(name, value));
    return new SampleRequest(body.encode(), JSON);
  }

  static SampleRequest raw() {
    return new SampleRequest("some text", "text/plain");
  }

  /** The command line that sends it. */
  String curl(String url, String method) {
    String verb = method.equals(USUAL_METHOD) ? "" : "-X " + method + " ";
    return "curl "
        + certificates()
        + verb
        + "-H "
        + quoted("Content-Type: " + contentType)
        + " --data-binary "
        + (contentType.equals(JSON) ? new SampleBody(body).argument() : quoted(body))
        + " "
        + quoted(reachable(url));
  }

  /** Where a client on this machine finds it, with something in place of path parameters. */
  private static String reachable(String url) {
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replaceAll("/:(\\w+)", "/$1");
  }

  private static String certificates() {
    return ServingNode.currentTls().stream()
        .flatMap(tls -> CurlArguments.of(tls).stream())
        .map(argument -> argument.startsWith("--") ? argument : quoted(argument))
        .map(argument -> argument + " ")
        .collect(Collectors.joining());
  }
}
