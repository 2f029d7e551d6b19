package io.sparkwire.httpclient.calls;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.net.SocketException;
import java.util.List;

/**
 * Failures as they are shown: under names that change neither with a library nor with the place of
 * a class in this one. Stateless.
 */
public final class Failures {

  /** The package of all our failures, for users who compare names. */
  private static final String OURS = "io.sparkwire.httpclient.";

  private static final List<String> LASTING = List.of("java.", "javax.", OURS);

  private Failures() {}

  /** The same failure without what only the HTTP library says so. */
  static Throwable plain(Throwable failure) {
    if (failure instanceof HttpClosedException || failure instanceof StreamResetException) {
      return new SocketException("the connection was closed before the answer was whole");
    }
    if (failure instanceof DecoderException) {
      return new InvalidBodyException("the body cannot be decoded: " + failure.getMessage());
    }
    return failure;
  }

  /** The name of its class, or of the nearest one above that is Java's or ours. */
  public static String name(Throwable failure) {
    Class<?> type = failure.getClass();
    while (type.isAnonymousClass() || LASTING.stream().noneMatch(type.getName()::startsWith)) {
      type = type.getSuperclass();
    }
    return name(type);
  }

  /** The name of a failure's class that is Java's or ours. */
  public static String name(Class<?> type) {
    return type.getName().startsWith(OURS) ? OURS + type.getSimpleName() : type.getName();
  }

  /** What it says, with what its causes say. */
  public static String message(Throwable failure) {
    String own = failure.getMessage() == null ? name(failure) : failure.getMessage();
    Throwable cause = failure.getCause();
    boolean says = cause != null && cause != failure && cause.getMessage() != null;
    return says && !own.contains(cause.getMessage()) ? own + ": " + cause.getMessage() : own;
  }
}
