package io.sparkwire.feed;

import io.sparkwire.metrics.ServiceMetrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one service has done on a node since its start: two of them tell what it did in between.
 * Immutable; nothing changes its histograms.
 *
 * @param requests responses by their kinds
 * @param latencies in microseconds
 */
public record ServiceReading(Map<Kind, Long> requests, Map<Part, Histogram> latencies) {

  /** Nothing was done. */
  public static final ServiceReading NONE = new ServiceReading(Map.of(), Map.of());

  /**
   * A kind of responses.
   *
   * @param version of the pipeline; empty if the response does not name one
   * @param status its class, as in {@code 5xx}
   * @param failure as in {@code deadline-exceeded}; empty if the pipeline replied
   */
  public record Kind(String version, String status, String failure) {

    /** Whether it is the fault of a client, or of the service. */
    public boolean isError() {
      return status.startsWith("4") || status.startsWith("5");
    }
  }

  /** The parts of the time that a request takes. */
  public enum Part {
    TOTAL("total"),
    QUEUE("queue"),
    PIPELINE("pipeline"),
    REPLY("reply");

    public static final List<Part> ALL = List.of(values());

    private final String key;

    Part(String key) {
      this.key = key;
    }

    /** Its name in JSON. */
    public String key() {
      return key;
    }
  }

  static ServiceReading of(ServiceMetrics.Reading reading) {
    Map<Kind, Long> requests = new HashMap<>();
    reading
        .requests()
        .forEach(
            (kind, count) ->
                requests.put(
                    new Kind(kind.version(), kind.statusClass(), kind.failureName()), count));
    return new ServiceReading(
        requests,
        Map.of(
            Part.TOTAL, reading.total(),
            Part.QUEUE, reading.queue(),
            Part.PIPELINE, reading.pipeline(),
            Part.REPLY, reading.reply()));
  }

  JsonObject toJson() {
    JsonArray counts = new JsonArray();
    requests.forEach(
        (kind, count) ->
            counts.add(
                new JsonArray()
                    .add(kind.version())
                    .add(kind.status())
                    .add(kind.failure())
                    .add(count)));
    JsonObject times = new JsonObject();
    latencies.forEach((part, histogram) -> times.put(part.key(), encode(histogram)));
    return new JsonObject().put("requests", counts).put("latencies", times);
  }

  /** Reads what {@link #toJson} has written. */
  public static ServiceReading parse(JsonObject json) {
    Map<Kind, Long> requests = new HashMap<>();
    for (Object each : json.getJsonArray("requests")) {
      JsonArray count = (JsonArray) each;
      requests.put(
          new Kind(count.getString(0), count.getString(1), count.getString(2)), count.getLong(3));
    }
    Map<Part, Histogram> latencies = new EnumMap<>(Part.class);
    JsonObject times = json.getJsonObject("latencies");
    for (Part part : Part.ALL) {
      if (times.containsKey(part.key())) {
        latencies.put(part, decode(times.getString(part.key())));
      }
    }
    return new ServiceReading(requests, latencies);
  }

  private static String encode(Histogram histogram) {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }

  private static Histogram decode(String text) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a histogram of another node cannot be read", e);
    }
  }
}
