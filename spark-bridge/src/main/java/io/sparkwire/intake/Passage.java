package io.sparkwire.intake;

/** How rows pass through a pipeline from their reader to their writer, if both are in one task. */
public enum Passage {
  /** A row has come out, or was left out, before the next one goes in. */
  ONE_BY_ONE,
  /** The same between steps that do their work elsewhere, each of which reads ahead. */
  BY_STEPS,
  /** Something may collect rows, or read ahead. */
  UNKNOWN,
  /** A step returns no row before it has all of its input, so that epochs have to be drained. */
  COLLECTED
}
