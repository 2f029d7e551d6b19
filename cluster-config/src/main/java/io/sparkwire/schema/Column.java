package io.sparkwire.schema;

/**
 * A column of a row, or a field of a struct. Immutable.
 *
 * @param name as it is in JSON
 * @param nullable whether a value may be null or missing
 */
public record Column(String name, ColumnType type, boolean nullable) {}
