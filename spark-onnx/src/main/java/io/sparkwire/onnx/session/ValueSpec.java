package io.sparkwire.onnx.session;

import java.io.Serializable;

/** An input or an output of a network, as the network declares it. */
public sealed interface ValueSpec extends Serializable permits TensorSpec, MapsSpec {

  String name();
}
