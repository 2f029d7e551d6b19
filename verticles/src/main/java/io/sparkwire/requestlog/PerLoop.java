package io.sparkwire.requestlog;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** What each event loop has of its own, made when it is first asked for there. Thread-safe. */
final class PerLoop<T> {

  private final Collection<T> all = new ConcurrentLinkedQueue<>();
  private final FastThreadLocal<T> own;

  /**
   * @param make makes that of one event loop
   */
  PerLoop(Function<EventLoop, T> make) {
    own =
        new FastThreadLocal<>() {
          @Override
          protected T initialValue() {
            T made = make.apply(((ContextInternal) Vertx.currentContext()).nettyEventLoop());
            all.add(made);
            return made;
          }
        };
  }

  /** That of the current event loop. Runs on: event loop. */
  T get() {
    return own.get();
  }

  /** Does something to all that have been made. */
  void forEach(Consumer<T> action) {
    all.forEach(action);
  }
}
