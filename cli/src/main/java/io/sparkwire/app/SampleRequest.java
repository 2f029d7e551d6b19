package io.sparkwire.app;

import io.sparkwire.message.ServiceSpec;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.catalyst.Ddl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A request that a service understands, as a command to paste into a shell. Immutable.
 *
 * @param body of the request, valid for the service's schema
 * @param contentType of the body
 */
public record SampleRequest(String body, String contentType) {

  /** Of a vector whose size only the model knows. */
  private static final int ANY_SIZE = 3;

  private static final String USUAL_METHOD = "POST";

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
    return new SampleRequest(object(schema, known).encode(), "application/json");
  }

  static SampleRequest raw() {
    return new SampleRequest("some text", "text/plain");
  }

  private static JsonObject object(StructType schema, Map<String, ?> known) {
    JsonObject object = new JsonObject();
    for (StructField field : schema.fields()) {
      Object value =
          known.containsKey(field.name()) ? known.get(field.name()) : value(field.dataType());
      object.put(field.name(), value);
    }
    return object;
  }

  /** Some value of that type; null if it is one that only the service's author can think of. */
  private static Object value(DataType type) {
    if (type instanceof StructType struct) {
      return object(struct, Map.of());
    }
    if (type instanceof ArrayType array) {
      return JsonArray.of(value(array.elementType()));
    }
    if (type instanceof MapType map) {
      return new JsonObject().put("key", value(map.valueType()));
    }
    if (Ddl.isVector(type)) {
      int size = Ddl.vectorSize(type).orElse(ANY_SIZE);
      return new JsonArray(Collections.nCopies(size, 1));
    }
    if (type instanceof NumericType) {
      return 1;
    }
    if (type instanceof StringType) {
      return "text";
    }
    return special(type);
  }

  private static Object special(DataType type) {
    if (type instanceof BooleanType) {
      return true;
    }
    if (type instanceof DateType) {
      return "2026-01-31";
    }
    if (type instanceof TimestampType) {
      return "2026-01-31T12:00:00Z";
    }
    if (type instanceof TimestampNTZType) {
      return "2026-01-31T12:00:00";
    }
    return type instanceof BinaryType ? "AQID" : null;
  }

  /** The command line that sends it. */
  String curl(String url, String method) {
    String verb = method.equals(USUAL_METHOD) ? "" : "-X " + method + " ";
    return "curl "
        + verb
        + "-H "
        + quoted("Content-Type: " + contentType)
        + " --data-binary "
        + quoted(body)
        + " "
        + quoted(reachable(url));
  }

  /** Where a client on this machine finds it, with something in place of path parameters. */
  private static String reachable(String url) {
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replaceAll("/:(\\w+)", "/$1");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
