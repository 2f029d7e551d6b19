package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the responses of a service are like, beyond what its pipeline says.
 *
 * <p>Immutable.
 *
 * @param noRow the status of a request whose row the pipeline leaves out: 204, 404 or 422
 * @param compressAbove how many bytes a body has at most that is never compressed, 0 or more
 * @param overloadStatus the status of a refusal for lack of room: 503 or 429
 * @param requestId which responses name their request
 * @param serverTiming whether they say how long each part of the work took
 */
public record ResponseOptions(
    int noRow, long compressAbove, int overloadStatus, RequestIds requestId, boolean serverTiming)
    implements Serializable {

  public static final ConfigOption<Integer> NO_ROW =
      ConfigOption.of(
          "no-row",
          OptionType.numbers(List.of(204, 404, 422)),
          "204",
          "Status for a request whose row the pipeline leaves out");

  public static final ConfigOption<Long> COMPRESS_ABOVE =
      ConfigOption.of(
          "compress-above",
          OptionType.sizesOrOff(0, Integer.MAX_VALUE),
          "1KB",
          "Compress larger bodies of responses for clients that accept gzip");

  public static final ConfigOption<Integer> OVERLOAD_STATUS =
      ConfigOption.of(
          "overload-status",
          OptionType.numbers(List.of(503, 429)),
          "503",
          "Status for a request that is refused for lack of room");

  public static final ConfigOption<RequestIds> REQUEST_ID =
      ConfigOption.of(
          "request-id",
          OptionType.choice(List.of(RequestIds.values())),
          "echo",
          "X-Request-Id in responses: where the client sent one, or always");

  public static final ConfigOption<Boolean> SERVER_TIMING =
      ConfigOption.of(
          "server-timing",
          OptionType.onOrOff(),
          "off",
          "Server-Timing in responses: the time in the queue, in the pipeline and for the reply");

  /** Which responses have the field {@code X-Request-Id}. */
  public enum RequestIds {
    /** Those to requests that have it. */
    ECHO,
    ALWAYS
  }

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      List.of(NO_ROW, COMPRESS_ABOVE, OVERLOAD_STATUS, REQUEST_ID, SERVER_TIMING);

  public static final ResponseOptions DEFAULT = of(new Options(Map.of(), ALL));

  public ResponseOptions {
    NO_ROW.check(noRow);
    COMPRESS_ABOVE.check(compressAbove);
    OVERLOAD_STATUS.check(overloadStatus);
  }

  public static ResponseOptions of(Options options) {
    return new ResponseOptions(
        NO_ROW.from(options),
        COMPRESS_ABOVE.from(options),
        OVERLOAD_STATUS.from(options),
        REQUEST_ID.from(options),
        SERVER_TIMING.from(options));
  }
}
