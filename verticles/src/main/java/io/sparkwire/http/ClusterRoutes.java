package io.sparkwire.http;

import io.sparkwire.cluster.Directory;
import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.ServiceOffer;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.log.Event;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.thread.DaemonThreads;
import io.vertx.core.json.JsonArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of one listener, kept in step with the services of the cluster.
 *
 * <p>The route of a service that its last worker has withdrawn is removed at once. If the last
 * worker was lost, the route stays for {@value #LOST_SECONDS} s, and requests wait for a worker,
 * which is most likely being restarted. Runs on: one thread of its own, for opening a route blocks.
 * Thread-safe.
 */
final class ClusterRoutes implements Directory.Listener {

  static final long LOST_SECONDS = 60;

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRoutes.class);

  private final Directory directory;
  private final HttpListeners listeners;
  private final Exchanges exchanges;
  private final ListenAddress address;
  private final LongSupplier nanoTime;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();

  /** Why services have no route, by their names. */
  private final Map<String, String> refused = new HashMap<>();

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, DaemonThreads.named("sparkwire-routes"), new DiscardPolicy());
  private ScheduledFuture<?> following;

  /** One service, its latest offer, and since when there is none. */
  private static final class Route {

    final Service service;
    Set<NodeId> workers;
    long lostAt;
    boolean lost;

    Route(Service service) {
      this.service = service;
    }

    /** Whether the same service is offered still, whose schema may be another by now. */
    boolean follows(List<ServiceSpec> offered) {
      ServiceSpec known = service.spec();
      List<ServiceSpec> same =
          offered.stream().filter(spec -> spec.withSchema(known.schema()).equals(known)).toList();
      if (!same.isEmpty() && !same.contains(known)) {
        service.describe(same.get(0).schema());
      }
      return !same.isEmpty();
    }
  }

  /**
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  ClusterRoutes(
      Directory directory,
      HttpListeners listeners,
      Exchanges exchanges,
      ListenAddress address,
      LongSupplier nanoTime) {
    this.directory = directory;
    this.listeners = listeners;
    this.exchanges = exchanges;
    this.address = address;
    this.nanoTime = nanoTime;
  }

  /** Begins; the routes of what is known already are there when this returns. */
  void follow() {
    directory.listen(this);
    update();
    following = thread.scheduleWithFixedDelay(this::update, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void changed() {
    thread.execute(this::update);
  }

  @Override
  public void left(NodeId node) {
    thread.execute(this::update);
  }

  private synchronized void update() {
    try {
      Map<String, List<ServiceOffer>> offers =
          directory.offers().stream().collect(Collectors.groupingBy(o -> o.spec().name()));
      Set<NodeId> there =
          directory.members().stream().map(Member::node).collect(Collectors.toSet());
      List.copyOf(routes.values()).stream()
          .filter(route -> !offers.containsKey(route.service.spec().name()))
          .filter(route -> isOver(route, there))
          .forEach(this::close);
      refused.keySet().retainAll(offers.keySet());
      offers.forEach(this::offered);
    } catch (RuntimeException e) {
      Event.ROUTES_NOT_UPDATED.warn(LOG, e, "the routes could not be updated from the cluster");
    }
  }

  private boolean isOver(Route route, Set<NodeId> there) {
    if (route.workers.stream().anyMatch(there::contains)) {
      return true; // that worker is still here, so it has withdrawn the service
    }
    long now = nanoTime.getAsLong();
    if (!route.lost) {
      route.lost = true;
      route.lostAt = now;
    }
    return now - route.lostAt > TimeUnit.SECONDS.toNanos(LOST_SECONDS);
  }

  private void close(Route route) {
    String name = route.service.spec().name();
    routes.remove(name);
    route.service.stopAdmitting();
    listeners.close(route.service);
    exchanges.answerAll(
        route.service,
        ServiceFailure.of(FailureCode.UNAVAILABLE, "service '" + name + "' has stopped").toReply());
  }

  private void offered(String name, List<ServiceOffer> offers) {
    List<ServiceSpec> specs = offers.stream().map(o -> o.spec().at(address)).toList();
    Route route = routes.get(name);
    try {
      if (route == null || !route.follows(specs)) {
        route = replace(route, specs.get(0));
      }
      refused.remove(name);
    } catch (IllegalStateException e) { // its path is another one's; the others are still served
      if (!e.getMessage().equals(refused.put(name, e.getMessage()))) {
        Event.ROUTES_NOT_UPDATED.warn(LOG, e, "service '{}' has no route here", name);
      }
      return;
    }
    route.workers = offers.stream().map(ServiceOffer::node).collect(Collectors.toSet());
    route.lost = false;
  }

  /** Opens a route; what the one before has in flight is not disturbed. */
  private Route replace(Route before, ServiceSpec spec) {
    if (before != null) {
      listeners.close(before.service);
      routes.remove(spec.name());
    }
    Route route = new Route(exchanges.service(spec));
    listeners.open(route.service);
    routes.put(spec.name(), route);
    return route;
  }

  /** What each of them has in flight, for the cluster's status. */
  synchronized JsonArray status() {
    JsonArray services = new JsonArray();
    routes.values().forEach(route -> services.add(route.service.status()));
    return services;
  }

  /** Whether there is a service, and it takes requests. */
  boolean isReady() {
    return routes.values().stream().anyMatch(route -> !route.service.isStopping());
  }

  /** Refuses new requests from now on. */
  void stop() {
    following.cancel(false);
    thread.shutdown();
    synchronized (this) {
      routes.values().forEach(route -> route.service.stopAdmitting());
    }
  }
}
