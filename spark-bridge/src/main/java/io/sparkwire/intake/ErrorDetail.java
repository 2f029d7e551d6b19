package io.sparkwire.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much a client learns about the reason why the pipeline failed on its request. Immutable. */
public enum ErrorDetail {
  /** That it failed. */
  NONE,
  /** The type of the exception, and Spark's error condition if it has one. */
  TYPE,
  /** Also its message, which may hold values and parts of the query. */
  MESSAGE;

  /** The members of the problem document with the reason. */
  Map<String, Object> members(FailureCause cause) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (this != NONE && cause != null) {
      members.put("cause", cause.type());
      if (cause.condition() != null) {
        members.put("condition", cause.condition());
      }
      if (this == MESSAGE && cause.message() != null) {
        members.put("message", cause.message());
      }
    }
    return members;
  }
}
