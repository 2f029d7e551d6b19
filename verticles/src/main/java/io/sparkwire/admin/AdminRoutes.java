package io.sparkwire.admin;

import io.sparkwire.observers.NodeObservers;
import java.util.List;

/** What the admin server of each node has beside health and status. Stateless. */
public final class AdminRoutes {

  private AdminRoutes() {}

  /**
   * The routes of a node.
   *
   * @param observers what follows its requests
   */
  public static List<AdminRoute> of(NodeObservers observers) {
    return observers.metrics().map(MetricsRoute::of).stream().toList();
  }
}
