package io.sparkwire.onnx.session;

import ai.onnxruntime.OnnxJavaType;

/**
 * An output that has a map for each row, such as the probabilities of classes by their labels.
 * Immutable.
 *
 * @param key of the maps: {@code INT64} or {@code STRING}
 * @param value of the maps: a number
 */
public record MapsSpec(String name, OnnxJavaType key, OnnxJavaType value) implements ValueSpec {}
