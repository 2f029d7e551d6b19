package io.sparkwire.spark.catalyst;

import org.apache.spark.ml.linalg.VectorUDT;

/**
 * The type of ML vectors with a given number of values, by which requests are checked.
 *
 * <p>To Spark it is equal to the type of all vectors; it stays with the parser and gets into no
 * plan. Immutable.
 */
final class SizedVector extends VectorUDT {

  private static final long serialVersionUID = 1;

  private final int size;

  SizedVector(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }
}
