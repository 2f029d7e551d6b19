package io.sparkwire.access;

import io.sparkwire.auth.Auth;
import io.sparkwire.auth.Principal;
import io.sparkwire.auth.Verdict;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stands before all endpoints of a listener: a request gets to its endpoint if its client has what
 * the endpoint asks for, and gets 401 or 403 otherwise.
 *
 * <p>Runs on: event loop of the request. Thread-safe.
 */
public final class Gate {

  /** Null if all clients are served. */
  private final Auth auth;

  private final boolean namesClients;

  /** Null if clients may send as many requests as they like. */
  private final RateLimits rates;

  private Gate(Auth auth, boolean namesClients, RateLimits rates) {
    this.auth = auth;
    this.namesClients = namesClients;
    this.rates = rates;
  }

  /**
   * The gate of a listener.
   *
   * @param auth empty if all clients are served
   * @param namesClients whether clients show certificates, which have been checked
   * @param rates how many requests each may send; null for as many as it likes
   */
  public static Gate of(Optional<Auth> auth, boolean namesClients, RateLimits rates) {
    return new Gate(auth.orElse(null), namesClients, rates);
  }

  /** Whether it lets every request pass as it is. */
  public boolean isOpen() {
    return auth == null && !namesClients && rates == null;
  }

  /**
   * Lets a request pass, or refuses it; now, or when the keys of its token have been looked for.
   *
   * @param passed gets the request with the names of its client
   * @param refused gets the reply otherwise
   */
  public void pass(
      HttpServerRequest request,
      Access access,
      Consumer<HttpServerRequest> passed,
      Consumer<ServiceReply> refused) {
    String subject = namesClients ? ClientSubjects.of(request.connection()) : null;
    if (auth == null) {
      ServiceReply tooMany = access.isOpen() ? null : tooMany(request, subject);
      if (tooMany == null) {
        passed.accept(subject == null ? request : new KnownRequest(request, null, subject, null));
      } else {
        refused.accept(tooMany);
      }
      return;
    }
    Credentials shown = Credentials.of(request.headers());
    Entry entry = new Entry(this, request, access, subject, shown, passed, refused);
    Future<Verdict> verdict = verdict(shown, subject);
    if (verdict.isComplete()) {
      entry.decide(verdict);
    } else {
      request.pause();
      verdict.onComplete(
          done -> {
            entry.decide(verdict);
            request.resume();
          });
    }
  }

  /** Whose request it is; null in the future if it shows nothing. */
  private Future<Verdict> verdict(Credentials shown, String subject) {
    if (shown != null) {
      return shown.check(auth);
    }
    Optional<Verdict> known = subject == null ? Optional.empty() : auth.subject(subject);
    return Future.succeededFuture(known.orElse(null));
  }

  /**
   * Takes a token of the client, which is known by a name or by its address alone.
   *
   * @return null if it had one
   */
  private ServiceReply tooMany(HttpServerRequest request, String name) {
    if (rates == null) {
      return null;
    }
    String client = name == null ? "@" + request.remoteAddress().hostAddress() : "=" + name;
    return rates.take(client, request.response());
  }

  /** One request in front of the gate. */
  private record Entry(
      Gate gate,
      HttpServerRequest request,
      Access access,
      String subject,
      Credentials shown,
      Consumer<HttpServerRequest> passed,
      Consumer<ServiceReply> refused) {

    void decide(Future<Verdict> checked) {
      Verdict verdict = checked.result();
      boolean isKnown = verdict != null && verdict.isKnown();
      String name = isKnown ? verdict.principal().name() : null;
      ServiceReply tooMany = access.isOpen() ? null : gate.tooMany(request, name);
      if (tooMany != null) {
        refused.accept(tooMany);
      } else if (isKnown) {
        known(verdict.principal());
      } else if (access.isOpen()) {
        pass(Principal.ANONYMOUS);
      } else if (verdict == null) {
        refused.accept(Refused.withoutCredentials());
      } else {
        refused.accept(Refused.with(verdict.refusal()));
      }
    }

    private void known(Principal client) {
      if (access.allows(client)) {
        pass(client);
      } else {
        refused.accept(Refused.forbidden(access));
      }
    }

    private void pass(Principal client) {
      CharSequence secret = shown == null ? null : shown.field();
      passed.accept(new KnownRequest(request, client, subject, secret));
    }
  }
}
