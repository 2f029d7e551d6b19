/**
 * Networks in ONNX Runtime: their sessions, one for each JVM and network, and tensors. There is no
 * Spark in it.
 */
package io.sparkwire.onnx.session;
