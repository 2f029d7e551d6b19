package io.sparkwire.httpclient;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataType;

/** A stage that turns values into requests. Runs on: driver. Not thread-safe. */
public abstract class HttpInputParser<S extends HttpInputParser<S>> extends HttpParser<S> {

  private static final long serialVersionUID = 1;

  private final Param<String> url;
  private final Param<String> method;
  private final HeadersParam headers;

  HttpInputParser(String uid) {
    super(uid);
    this.url = new Param<>(this, "url", "where requests go: absolute, http or https");
    this.method = new Param<>(this, "method", "the HTTP method (default: POST)");
    this.headers = new HeadersParam(this, "headers", "header fields of every request");
    setDefault(method, "POST");
    setDefault(headers, Map.of());
  }

  public final Param<String> url() {
    return url;
  }

  public final Param<String> method() {
    return method;
  }

  public final Param<Map<String, String>> headers() {
    return headers;
  }

  public final S setUrl(String value) {
    return with(url, value);
  }

  public final S setMethod(String value) {
    return with(method, value);
  }

  public final S setHeaders(Map<String, String> value) {
    return with(headers, new LinkedHashMap<>(value));
  }

  /** Whether bodies are JSON, so that several may travel as one array. */
  abstract boolean sendsJson();

  @Override
  final DataType valueType() {
    return HttpSchema.REQUEST;
  }
}
