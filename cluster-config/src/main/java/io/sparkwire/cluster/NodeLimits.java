package io.sparkwire.cluster;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.Options;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/**
 * What clients may take of a node, however they behave. Immutable.
 *
 * <p>It belongs to the node and not to a service, because services share connections.
 */
public record NodeLimits(ConnectionLimits connections, TransferLimits transfers, RateLimit rate) {

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          ConnectionLimits.MAX_CONNECTIONS,
          ConnectionLimits.MAX_CONNECTIONS_PER_ADDRESS,
          ConnectionLimits.MAX_STREAMS,
          ConnectionLimits.HEAD_TIMEOUT,
          ConnectionLimits.IDLE_TIMEOUT,
          TransferLimits.BODY_TIMEOUT,
          TransferLimits.WRITE_TIMEOUT,
          TransferLimits.MAX_UNFINISHED,
          TransferLimits.MAX_UNFINISHED_BYTES,
          TransferLimits.MAX_UNREAD_BYTES,
          RateLimit.PER_SECOND,
          RateLimit.BURST);

  /** As many files as any system gives, where this one does not say. */
  private static final long MANY_FILES = 1L << 20;

  /** The limits of a node for which none were chosen. */
  public static NodeLimits defaults() {
    return of(Map.of());
  }

  /**
   * Reads them by their kebab-case keys. Defaults depend on the files and the heap of this process.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static NodeLimits of(Map<String, String> values) {
    return of(values, files(), Runtime.getRuntime().maxMemory());
  }

  static NodeLimits of(Map<String, String> values, long files, long heap) {
    Options options = new Options(values, ALL);
    return new NodeLimits(
        ConnectionLimits.of(options, files),
        TransferLimits.of(options, heap),
        RateLimit.of(options));
  }

  /** How many files this process may open. */
  static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : MANY_FILES;
  }
}
