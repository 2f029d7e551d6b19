package io.sparkwire.spark;

/** How a body that does not fit the schema is treated. */
public enum ParseMode {
  /** It gets a 400 at once that names the field, and never reaches the pipeline. */
  STRICT,
  /** What cannot be read becomes null, as with {@code from_json}. */
  PERMISSIVE,
  /** The body is not parsed: the schema's one field, STRING or BINARY, holds it as received. */
  RAW
}
