package io.sparkwire.httpclient;

import java.io.Serializable;

/**
 * The source of the value of the header {@code Authorization}.
 *
 * <p>It goes to the tasks with the plan and is never saved with a model. It is called once for each
 * call, on a thread that may block, and may be called by several at once.
 */
@FunctionalInterface
public interface AuthorizationProvider extends Serializable {

  /** The header's value, for example {@code Bearer …}; null for none. */
  String authorization() throws Exception;
}
