package io.sparkwire.onnx.session;

/** How many rows a network takes in one run. */
public enum Batching {
  /** Any number, on the first axis of all inputs. */
  ANY,
  /** One, on the first axis of all inputs, whose length is fixed. */
  ONE,
  /** Its inputs have no axis of rows: each run is one row. */
  NONE;

  /** What the inputs of a network take. */
  static Batching of(NetworkSignature network) {
    if (network.inputs().stream().allMatch(TensorSpec::hasRows)) {
      return ANY;
    }
    return network.inputs().stream().allMatch(TensorSpec::mayHaveRows) ? ONE : NONE;
  }

  /** Whether the first axis of tensors is that of rows. */
  public boolean hasAxis() {
    return this != NONE;
  }
}
