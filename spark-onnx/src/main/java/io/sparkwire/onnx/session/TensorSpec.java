package io.sparkwire.onnx.session;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;

/**
 * A tensor that a network reads or gives. Immutable.
 *
 * @param type of its elements
 * @param shape the length of each of its axes, {@value #DYNAMIC} where it depends on the input
 * @param axes the names of its axes; empty where one has none
 */
public record TensorSpec(String name, OnnxJavaType type, List<Long> shape, List<String> axes)
    implements ValueSpec {

  /** The length of an axis that depends on the input. */
  public static final long DYNAMIC = -1;

  public TensorSpec {
    shape = List.copyOf(shape);
    axes = List.copyOf(axes);
  }

  /** Whether its first axis may be one of rows: of any length, or of length 1. */
  boolean mayHaveRows() {
    return !shape.isEmpty() && (hasRows() || shape.get(0) == 1);
  }

  /** Whether its first axis takes any number of rows. */
  boolean hasRows() {
    return !shape.isEmpty() && shape.get(0) == DYNAMIC;
  }

  /** Type and shape for people, as in {@code FLOAT[-1,30]}. */
  public String text() {
    return type + shape.toString().replace(" ", "");
  }
}
