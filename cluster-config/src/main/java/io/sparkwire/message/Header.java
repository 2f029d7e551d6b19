package io.sparkwire.message;

import java.io.Serializable;

/** One HTTP header field. Immutable. */
public record Header(String name, String value) implements Serializable {}
