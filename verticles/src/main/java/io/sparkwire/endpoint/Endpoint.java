package io.sparkwire.endpoint;

import io.sparkwire.access.Access;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ServicePath;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One path of a listener with its methods and what handles their requests. Immutable.
 *
 * <p>Each feature of a service adds its own endpoints. The listener routes by path and method
 * alone; from all endpoints together follow 404, 405 and its {@code Allow}. Where no endpoint names
 * them, {@code HEAD} goes to the endpoint for {@code GET}, and the listener itself answers {@code
 * OPTIONS}.
 *
 * @param access what it asks of clients, on a node that knows its clients
 * @param methods in capitals, at least one
 * @param responses what its responses are like
 * @param handlers makes the handler of one event loop; runs on that event loop, and once for each
 *     event loop of the listener
 */
public record Endpoint(
    ServicePath path,
    Access access,
    Set<String> methods,
    ResponseOptions responses,
    Function<ExchangeLoop, EndpointHandler> handlers) {

  private static final String GET = "GET";
  private static final String HEAD = "HEAD";
  private static final String OPTIONS = "OPTIONS";

  public Endpoint {
    Objects.requireNonNull(access, "access");
    methods = Set.copyOf(methods);
  }

  /** One whose responses are the usual ones. */
  public Endpoint(
      ServicePath path,
      Access access,
      Set<String> methods,
      Function<ExchangeLoop, EndpointHandler> handlers) {
    this(path, access, methods, ResponseOptions.DEFAULT, handlers);
  }

  /**
   * Whether it gets requests with {@code HEAD} that it does not name.
   *
   * @param all of the listener
   */
  public boolean impliesHead(Collection<Endpoint> all) {
    return methods.contains(GET)
        && all.stream().noneMatch(e -> e.methods.contains(HEAD) && hasPathsOf(e));
  }

  private boolean hasPathsOf(Endpoint other) {
    return path.shape().equals(other.path.shape());
  }

  /** What the path answers because of this endpoint: its methods, and what they imply. */
  public Set<String> allowed() {
    Set<String> allowed = new TreeSet<>(methods);
    allowed.add(OPTIONS);
    if (methods.contains(GET)) {
      allowed.add(HEAD);
    }
    return allowed;
  }

  /** Whether it takes requests that the other one, whose path has less in common, would take. */
  public boolean covers(Endpoint other) {
    return path.pattern().matcher(other.path.example()).matches()
        && !Collections.disjoint(methods, other.methods);
  }

  /**
   * Whether the two match the same paths and share a method, so that a listener cannot have both.
   */
  public boolean conflictsWith(Endpoint other) {
    return hasPathsOf(other) && !Collections.disjoint(methods, other.methods);
  }
}
