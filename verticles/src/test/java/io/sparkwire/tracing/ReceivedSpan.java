package io.sparkwire.tracing;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A span as a receiver got it. Immutable.
 *
 * @param parentId empty if it has none
 * @param start in nanoseconds since 1970, as {@code end}
 * @param attributes its own
 * @param resource attributes of what made it
 */
public record ReceivedSpan(
    String name,
    String kind,
    String traceId,
    String spanId,
    String parentId,
    long start,
    long end,
    boolean isError,
    Map<String, String> attributes,
    Map<String, String> resource) {

  static ReceivedSpan of(Span span, Resource resource) {
    return new ReceivedSpan(
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        hex(span.getTraceId().toByteArray()),
        hex(span.getSpanId().toByteArray()),
        hex(span.getParentSpanId().toByteArray()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCodeValue() == 2,
        attributes(span.getAttributesList()),
        attributes(resource.getAttributesList()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Map<String, String> attributes(List<KeyValue> list) {
    return list.stream()
        .collect(Collectors.toMap(KeyValue::getKey, field -> text(field.getValue())));
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
  }

  /** How long it took. */
  public long nanos() {
    return end - start;
  }

  /** Whether all of the other one is within its time. */
  public boolean covers(ReceivedSpan other) {
    return start <= other.start && other.end <= end;
  }
}
