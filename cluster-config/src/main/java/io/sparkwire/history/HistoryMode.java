package io.sparkwire.history;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.util.List;

/** How far the memory of a cluster's workers reaches. */
public enum HistoryMode {
  /** As far as the JVM: it is on the heap, and lost with it. */
  LOCAL,
  /** Other nodes have it a few milliseconds later; no request waits for that. */
  ASYNC,
  /** Other nodes have it before a request enters the pipeline. */
  SYNC;

  /** The option that chooses it. */
  public static final ConfigOption<HistoryMode> OPTION =
      ConfigOption.of(
          "history",
          OptionType.choice(List.of(values())),
          "async",
          "Whether other nodes know what a reader has pulled and not finished: not at all, a few"
              + " milliseconds later, or before it is computed");
}
