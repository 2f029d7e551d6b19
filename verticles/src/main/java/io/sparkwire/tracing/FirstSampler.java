package io.sparkwire.tracing;

/**
 * The sampler of OpenTelemetry's settings, asked before anything is made of a request. For the
 * samplers of the specification it decides as they do; others it lets decide themselves.
 *
 * <p>It needs no more of a trace than the lower half of its id, which is random: a request that
 * begins a trace gets its id only if it is sampled. Immutable.
 *
 * @param followsParent whether a caller's decision counts, where there is one
 * @param bound the lower half of a trace's id must be less than that, without its sign
 */
record FirstSampler(boolean followsParent, long bound) {

  private static final String PARENT_BASED = "parentbased_";
  private static final long NEVER = Long.MIN_VALUE;
  private static final long ALWAYS = Long.MAX_VALUE;

  /**
   * Reads the settings.
   *
   * @param name of the sampler, as {@code OTEL_TRACES_SAMPLER} has it
   * @param ratio its argument, if it takes one
   */
  static FirstSampler of(String name, double ratio) {
    boolean followsParent = name.startsWith(PARENT_BASED);
    return switch (followsParent ? name.substring(PARENT_BASED.length()) : name) {
      case "always_on" -> new FirstSampler(followsParent, ALWAYS);
      case "always_off" -> new FirstSampler(followsParent, NEVER);
      case "traceidratio" -> new FirstSampler(followsParent, bound(ratio));
      default -> new FirstSampler(false, ALWAYS); // each span asks the sampler itself
    };
  }

  /** As in OpenTelemetry's own sampler. */
  private static long bound(double ratio) {
    if (ratio <= 0) {
      return NEVER;
    }
    return ratio >= 1 ? ALWAYS : (long) (ratio * Long.MAX_VALUE);
  }

  /** Whether a trace is sampled that begins here. */
  boolean samples(long low) {
    return Math.abs(low) < bound;
  }

  /** Whether a request with a caller's valid {@code traceparent} is sampled. */
  boolean samples(String traceparent) {
    return followsParent
        ? Traceparent.isSampled(traceparent)
        : samples(Traceparent.low(traceparent));
  }
}
