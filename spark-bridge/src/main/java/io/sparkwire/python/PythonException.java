package io.sparkwire.python;

/** An exception of Python. The worker is as good as before, once it is restarted. */
public final class PythonException extends WorkerException {

  private static final long serialVersionUID = 1L;

  private final String type;
  private final String traceback;

  PythonException(String type, String message, String traceback) {
    super(message.isEmpty() ? type : type + ": " + message);
    this.type = type;
    this.traceback = traceback;
  }

  /** The name of its class, like {@code ValueError}; with its module unless that is builtins. */
  public String type() {
    return type;
  }

  /** What Python shows of it, in several lines. */
  public String traceback() {
    return traceback;
  }
}
