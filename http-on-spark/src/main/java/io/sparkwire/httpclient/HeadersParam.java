package io.sparkwire.httpclient;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A param that holds header fields, and is saved as an object of JSON. Immutable. */
final class HeadersParam extends Param<Map<String, String>> {

  private static final long serialVersionUID = 1;

  HeadersParam(Params parent, String name, String doc) {
    super(parent, name, doc);
  }

  @Override
  public String jsonEncode(Map<String, String> headers) {
    JsonObject json = new JsonObject();
    headers.forEach(json::put);
    return json.encode();
  }

  @Override
  public Map<String, String> jsonDecode(String json) {
    Map<String, String> headers = new LinkedHashMap<>();
    new JsonObject(json).forEach(entry -> headers.put(entry.getKey(), (String) entry.getValue()));
    return headers;
  }
}
