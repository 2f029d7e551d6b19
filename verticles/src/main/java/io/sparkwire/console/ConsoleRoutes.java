package io.sparkwire.console;

import io.sparkwire.access.Access;
import io.sparkwire.admin.AdminRoute;
import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.NodeRequests;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;

/** What the admin server of a node serves of the console. Stateless. */
public final class ConsoleRoutes {

  private ConsoleRoutes() {}

  /** The page, its events, and where it sends requests to services. */
  public static List<AdminRoute> of(Node node, NodeRequests requests) {
    InstantSource clock = InstantSource.system();
    EventStreams streams = new EventStreams(node, clock);
    ConsoleFiles files = new ConsoleFiles();
    Trials trials = new Trials(node, requests, System::nanoTime, clock);
    return List.of(
        AdminRoute.get(ConsoleFiles.PAGE, Access.ADMIN, files::send),
        AdminRoute.get(ConsoleFiles.PAGE + "/events", Access.ADMIN, streams::open),
        new AdminRoute(Trials.PATH + "*", HttpMethod.POST, Access.ADMIN, trials::handle),
        AdminRoute.get(ConsoleFiles.PAGE + "/*", Access.ADMIN, files::send));
  }
}
