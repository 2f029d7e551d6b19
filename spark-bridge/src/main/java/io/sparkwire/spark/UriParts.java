package io.sparkwire.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What generated code calls to read a request's query string.
 *
 * <p>Public only because generated code lives in a package of Spark. Stateless.
 */
public final class UriParts implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int MOST_PARAMETERS = 1_024;

  /**
   * The first value of a query parameter, decoded; null if the URI has none of that name, or if its
   * query cannot be decoded. Parameters are divided by {@code &} alone; {@code ;} is a character
   * like others.
   */
  public UTF8String queryParam(UTF8String uri, UTF8String name) {
    List<String> values = parameters(uri.toString()).get(name.toString());
    return values == null ? null : UTF8String.fromString(values.get(0));
  }

  /** A stranger wrote the URI, so what is wrong with it must not fail the task. */
  private static Map<String, List<String>> parameters(String uri) {
    try {
      return new QueryStringDecoder(uri, UTF_8, true, MOST_PARAMETERS, true).parameters();
    } catch (IllegalArgumentException undecodable) {
      return Map.of();
    }
  }
}
