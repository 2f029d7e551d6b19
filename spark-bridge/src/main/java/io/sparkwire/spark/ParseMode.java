package io.sparkwire.spark;

/** How a body that does not fit the schema is treated. */
public enum ParseMode {
  /** It is answered 400 at once, naming the field, and never reaches the pipeline. */
  STRICT,
  /** What cannot be read becomes null, as with {@code from_json}. */
  PERMISSIVE,
  /** The body is not looked at: the schema's one field, STRING or BINARY, holds it as it came. */
  RAW
}
