package io.sparkwire.admin;

import io.sparkwire.observers.NodeObservers;
import java.util.List;
import java.util.stream.Stream;

/** What the admin server of each node has beside health and status. Stateless. */
public final class AdminRoutes {

  private AdminRoutes() {}

  /**
   * The routes of a node.
   *
   * @param observers what follows its requests
   */
  public static List<AdminRoute> of(NodeObservers observers) {
    return of(observers, List.of());
  }

  /**
   * The same.
   *
   * @param further those of its program
   */
  public static List<AdminRoute> of(NodeObservers observers, List<AdminRoute> further) {
    return Stream.concat(observers.metrics().map(MetricsRoute::of).stream(), further.stream())
        .toList();
  }
}
