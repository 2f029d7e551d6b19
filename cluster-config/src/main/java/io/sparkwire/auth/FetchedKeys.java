package io.sparkwire.auth;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The public keys at a URL, which are fetched every five minutes, and when a token names another
 * key, but not again within ten seconds. Redirects are not followed. Thread-safe.
 */
final class FetchedKeys implements KeySource {

  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1_048_576;
  private static final int OK = 200;

  private final Vertx vertx;
  private final TokenOptions options;
  private final InstantSource clock;
  private final HttpClient client;
  private final Told told;
  private volatile KeySet current;

  /** The last content that was judged, or why there was none. */
  private volatile Object judged;

  private Future<Void> looking;
  private Instant lookedAt;

  private FetchedKeys(Vertx vertx, TokenOptions options, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.options = options;
    this.told = new Told(options.keys());
    HttpClientOptions http =
        new HttpClientOptions()
            .setConnectTimeout((int) TIMEOUT.toMillis())
            .setMaxHeaderSize(16_384);
    if (!options.trust().isEmpty()) {
      http.setTrustOptions(new PemTrustOptions().addCertPath(options.trust()));
    }
    this.client = vertx.createHttpClient(http);
  }

  static FetchedKeys start(Vertx vertx, TokenOptions options, InstantSource clock) {
    FetchedKeys keys = new FetchedKeys(vertx, options, clock);
    try {
      Buffer content = keys.fetch().await(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      keys.current = KeySet.parse(vertx, options, content);
      keys.judged = content;
      keys.lookedAt = clock.instant();
    } catch (TimeoutException e) {
      throw failed(options, "no answer", e);
    } catch (Exception e) { // await() throws what the future failed with, checked or not
      throw failed(options, e.getMessage(), e);
    }
    vertx.setPeriodic(PERIOD.toMillis(), timer -> keys.look());
    return keys;
  }

  private static IllegalStateException failed(TokenOptions options, String why, Exception e) {
    return new IllegalStateException("no keys at '" + options.keys() + "': " + why, e);
  }

  private Future<Buffer> fetch() {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(options.keys())
            .setTimeout(TIMEOUT.toMillis());
    return client
        .request(request)
        .compose(asked -> asked.send().compose(FetchedKeys::body))
        .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != OK) {
      return Future.failedFuture("got status " + response.statusCode());
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MOST_BYTES) {
            whole.tryFail("more than " + MOST_BYTES + " bytes");
            response.request().reset();
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  @Override
  public KeySet current() {
    return current;
  }

  @Override
  public synchronized Future<Void> lookAgain() {
    boolean soon = clock.instant().isBefore(lookedAt.plus(PAUSE));
    if (looking == null && soon) {
      return Future.succeededFuture();
    }
    return look();
  }

  private synchronized Future<Void> look() {
    if (looking == null) {
      lookedAt = clock.instant();
      Future<Void> look = fetch().onComplete(this::judge).otherwiseEmpty().mapEmpty();
      looking = look;
      look.onComplete(done -> looked());
    }
    return looking == null ? Future.succeededFuture() : looking;
  }

  private synchronized void looked() {
    looking = null;
  }

  private void judge(AsyncResult<Buffer> fetched) {
    Object now = fetched.succeeded() ? fetched.result() : "" + fetched.cause().getMessage();
    if (now.equals(judged)) {
      return;
    }
    judged = now;
    if (fetched.failed()) {
      told.kept(fetched.cause().getMessage());
      return;
    }
    try {
      current = KeySet.parse(vertx, options, fetched.result());
    } catch (IllegalStateException e) {
      told.kept(e.getMessage());
      return;
    }
    told.reloaded(current);
  }
}
