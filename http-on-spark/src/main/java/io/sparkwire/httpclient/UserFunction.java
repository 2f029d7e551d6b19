package io.sparkwire.httpclient;

import java.io.Serializable;

/**
 * A user's function from one value to another.
 *
 * <p>It is sent to the tasks. To be saved with a model, it must be a class of its own with a public
 * constructor without parameters: its name is what is saved.
 */
@FunctionalInterface
public interface UserFunction<A, B> extends Serializable {

  /** May throw: the row's value is null then, and its error says why. */
  B apply(A value) throws Exception;
}
