package io.sparkwire.auth;

import io.sparkwire.log.Event;
import io.sparkwire.reload.Reloaded;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the public keys of an issuer are, and what they are at the moment. Thread-safe. */
interface KeySource {

  KeySet current();

  /**
   * Looks for others, because a token names a key that is not among them.
   *
   * @return completes when there is nothing newer to be had for now
   */
  Future<Void> lookAgain();

  /**
   * Reads them. Blocks until it has.
   *
   * @throws IllegalStateException if there are none
   */
  static KeySource start(Vertx vertx, TokenOptions options, InstantSource clock) {
    return TokenOptions.isUrl(options.keys())
        ? FetchedKeys.start(vertx, options, clock)
        : new InFile(
            new Reloaded<>(
                    () -> ClientFile.read(options.keys()),
                    content -> KeySet.parse(vertx, options, content),
                    new Told(options.keys()))
                .follow(vertx));
  }

  /** Keys in a file, which is looked at every second. */
  record InFile(Reloaded<Buffer, KeySet> file) implements KeySource {

    @Override
    public KeySet current() {
      return file.current();
    }

    @Override
    public Future<Void> lookAgain() {
      return Future.succeededFuture();
    }
  }

  /** Logs changes. */
  record Told(String place) implements Reloaded.Listener<KeySet> {

    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);

    @Override
    public void reloaded(KeySet keys) {
      Event.AUTH_RELOADED.info(
          LOG, "tokens are verified by the keys that {} has now: {}", place, keys.ids());
    }

    @Override
    public void kept(String why) {
      Event.AUTH_NOT_RELOADED.warn(
          LOG, "tokens are verified by the previous keys of {}: {}", place, why);
    }
  }
}
