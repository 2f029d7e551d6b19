package io.sparkwire.spark.catalyst;

import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * An expression that answers requests which it refuses, and is null for them: their rows have
 * nothing to reply any more.
 */
public interface Refuses {

  /** Whether the plan leaves out these rows already. */
  boolean isLeftOut();

  /** The same expression in a plan that does. */
  Expression leftOut();
}
