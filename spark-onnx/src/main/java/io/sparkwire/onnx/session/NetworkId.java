package io.sparkwire.onnx.session;

import java.io.Serializable;

/**
 * What sessions are told apart by. Immutable.
 *
 * @param digest of the network's bytes
 */
public record NetworkId(String digest, SessionSettings settings) implements Serializable {}
