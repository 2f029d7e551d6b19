package io.sparkwire.auth;

import io.sparkwire.log.Event;
import io.sparkwire.reload.Reloaded;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node knows of its clients: it tells the credentials of a known client from all others. Its
 * file is looked at every second. Thread-safe; never blocks once it has started.
 */
public final class Auth {

  static final String NO_KEYS = "API keys are not accepted here";

  private static final Logger LOG = LoggerFactory.getLogger(Auth.class);

  /** Null if there is no file, and then {@link #tokens} is there. */
  private final Supplier<ClientList> clients;

  /** Null if none are accepted. */
  private final Tokens tokens;

  private final InstantSource clock;

  private Auth(Supplier<ClientList> clients, Tokens tokens, InstantSource clock) {
    this.clients = clients;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Reads the file and the keys of tokens. Blocks until it has.
   *
   * @throws IllegalStateException if one of them cannot be read, or is of no use
   */
  public static Auth start(Vertx vertx, AuthOptions options) {
    return start(vertx, options, InstantSource.system());
  }

  static Auth start(Vertx vertx, AuthOptions options, InstantSource clock) {
    Supplier<ClientList> clients =
        options.clients().isEmpty() ? null : clients(options).follow(vertx)::current;
    Tokens tokens =
        options.tokens().map(it -> new Tokens(KeySource.start(vertx, it, clock), it)).orElse(null);
    return new Auth(clients, tokens, clock);
  }

  /** Knows one API key, which may do nothing but use one service. */
  public static Auth only(ApiKey key, String service) {
    Principal owner = new Principal(service, Set.of(Scope.of(service)));
    ClientList one =
        new ClientList(
            Map.of(key.id(), new ClientList.Client(key.digest(), owner, Instant.MAX)), Map.of());
    return new Auth(() -> one, null, InstantSource.system());
  }

  private static Reloaded<Buffer, ClientList> clients(AuthOptions options) {
    return new Reloaded<>(
        () -> ClientFile.read(options.clients()), ClientFile::parse, new Told(options.clients()));
  }

  /**
   * Checks that the file is there and of use.
   *
   * @throws IllegalStateException if not; says why
   */
  public static void check(AuthOptions options) {
    if (!options.clients().isEmpty()) {
      try {
        ClientFile.parse(ClientFile.read(options.clients()));
      } catch (IllegalStateException e) {
        throw new IllegalStateException("option 'auth-file': " + e.getMessage(), e);
      }
    }
  }

  /** Whose API key or token that text is. */
  public Future<Verdict> bearer(String text) {
    if (ApiKey.isMeant(text) || tokens == null) {
      return Future.succeededFuture(key(text));
    }
    return tokens.check(text, clock.instant());
  }

  /** Whose API key that text is. */
  public Verdict key(String text) {
    return clients == null ? Verdict.refused(NO_KEYS) : clients.get().key(text, clock.instant());
  }

  /** The client with that subject; empty if certificates say nothing here. */
  public Optional<Verdict> subject(String name) {
    return clients == null
        ? Optional.empty()
        : Optional.of(clients.get().subject(name, clock.instant()));
  }

  /** Logs changes of the file. */
  private record Told(String file) implements Reloaded.Listener<ClientList> {

    @Override
    public void reloaded(ClientList clients) {
      Event.AUTH_RELOADED.info(LOG, "{} clients of {} are known now", clients.size(), file);
    }

    @Override
    public void kept(String why) {
      Event.AUTH_NOT_RELOADED.warn(LOG, "the previous clients of {} stay known: {}", file, why);
    }
  }
}
