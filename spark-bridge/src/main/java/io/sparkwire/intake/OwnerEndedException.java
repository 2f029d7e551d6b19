package io.sparkwire.intake;

/** A task wants to serve for a query that has ended. */
public final class OwnerEndedException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  OwnerEndedException(String service) {
    super("the query that served '" + service + "' has ended");
  }
}
