package io.sparkwire.reload;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A value that is made of the content of files, which may change at any time.
 *
 * <p>It looks at them every second. When they have changed, and are the same twice in a row, the
 * value is made anew; so files that belong together may be replaced one by one. If what they have
 * is of no use, it says so once, and keeps the value. Reads files on worker threads. Thread-safe.
 *
 * @param <C> the content; two are equal if they have the same bytes
 * @param <T> the value
 */
public final class Reloaded<C, T> {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Supplier<C> reader;
  private final Function<C, T> maker;
  private final Listener<T> listener;
  private volatile T current;

  /** What was read last, or why there is nothing. Only {@link #poll} uses these two. */
  private Object seen;

  /** What was last put in use, or refused. */
  private Object judged;

  /** Is told of changes. Called on worker threads. */
  public interface Listener<T> {

    /** There is another value from now on. */
    void reloaded(T value);

    /** The files have changed, and the value stays as it was. */
    void kept(String why);
  }

  /**
   * Reads the files.
   *
   * @param reader reads them; throws an {@link IllegalStateException} if it cannot
   * @param maker makes the value; throws an {@link IllegalStateException} if they are of no use
   */
  public Reloaded(Supplier<C> reader, Function<C, T> maker, Listener<T> listener) {
    this.reader = reader;
    this.maker = maker;
    this.listener = listener;
    C content = reader.get();
    this.seen = content;
    this.judged = content;
    this.current = maker.apply(content);
  }

  /** Looks at the files again and again as long as Vert.x runs. */
  public Reloaded<C, T> follow(Vertx vertx) {
    vertx.setPeriodic(
        PERIOD.toMillis(), timer -> vertx.executeBlocking(this::polled)); // one after the other
    return this;
  }

  private Void polled() {
    poll();
    return null;
  }

  /** Looks at the files once. */
  public void poll() {
    Read<C> now = read();
    boolean settled = now.judgedBy().equals(seen);
    seen = now.judgedBy();
    if (settled && !now.judgedBy().equals(judged)) {
      judged = now.judgedBy();
      replace(now);
    }
  }

  /** A content, or why there is none. */
  private record Read<C>(C content, String why) {

    Object judgedBy() {
      return content == null ? why : content;
    }
  }

  private Read<C> read() {
    try {
      return new Read<>(reader.get(), null);
    } catch (IllegalStateException e) {
      return new Read<>(null, e.getMessage());
    }
  }

  private void replace(Read<C> now) {
    if (now.content() == null) {
      listener.kept(now.why());
      return;
    }
    try {
      current = maker.apply(now.content());
    } catch (IllegalStateException e) {
      listener.kept(e.getMessage());
      return;
    }
    listener.reloaded(current);
  }

  /** The value of now. */
  public T current() {
    return current;
  }
}
