package io.sparkwire.console;

import io.sparkwire.admin.AdminRoute;
import io.sparkwire.admin.MetricsRoute;
import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.NodeRequests;
import io.sparkwire.observers.NodeObservers;
import java.util.List;
import java.util.stream.Stream;

/** What the admin server of each node has beside health and status. Stateless. */
public final class OperatorRoutes {

  private OperatorRoutes() {}

  /**
   * The routes of a node: its metrics if it keeps some, the console, and those of its program.
   *
   * @param observers what follows its requests
   * @param requests takes requests that the console sends
   * @param further those of its program
   */
  public static List<AdminRoute> of(
      Node node, NodeObservers observers, NodeRequests requests, List<AdminRoute> further) {
    return Stream.of(
            observers.metrics().map(MetricsRoute::of).stream(),
            ConsoleRoutes.of(node, requests).stream(),
            further.stream())
        .<AdminRoute>flatMap(routes -> routes)
        .toList();
  }
}
