package io.sparkwire.console;

import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.ServiceOffer;
import io.sparkwire.message.NodeId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What all nodes of a cluster do, as frames: each has the state of all nodes and services, and what
 * has happened since the frame before.
 *
 * <p>A node that has left stays in the frames for {@value #GONE_MINUTES} minutes. Runs on: one
 * event loop, or one thread that waits for each frame; the frame is made on a worker thread. Not
 * thread-safe: it is left alone while a frame is made.
 */
public final class ClusterView {

  static final long GONE_MINUTES = 10;

  private static final long GONE_MILLIS = TimeUnit.MINUTES.toMillis(GONE_MINUTES);

  private final Node node;
  private final NodePoll poll;
  private final InstantSource clock;
  private final Map<NodeId, KnownNode> nodes = new LinkedHashMap<>();
  private final RecentEvents recent = new RecentEvents();
  private JsonObject latest = new JsonObject();

  /**
   * @param node that asks the others
   */
  public ClusterView(Node node, InstantSource clock) {
    this.node = node;
    this.poll = new NodePoll(node);
    this.clock = clock;
  }

  /** The next frame. The one before must have been made. */
  public Future<JsonObject> poll() {
    notice();
    List<KnownNode> asked = nodes.values().stream().filter(known -> !known.isGone()).toList();
    List<Future<NodePoll.Raw>> answers =
        asked.stream().map(known -> poll.ask(known.member(), known.cursors())).toList();
    return Future.join(answers)
        .compose(
            all ->
                node.vertx()
                    .executeBlocking(
                        () -> frame(asked, answers.stream().map(Future::result).toList())));
  }

  private JsonObject frame(List<KnownNode> asked, List<NodePoll.Raw> answers) {
    List<JsonObject> events = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      NodePoll.Raw answer = answers.get(i);
      answered(asked.get(i), answer == null ? null : answer.read(), events);
    }
    return frame(events);
  }

  /** The latest frame, with all events that a page shows. Not while the next one is made. */
  JsonObject whole() {
    return latest.copy().put("whole", true).put("events", recent.toJson());
  }

  /** Adds new members; those that are members no more have left. */
  private void notice() {
    long now = clock.millis();
    List<Member> members = node.directory().members();
    members.stream()
        .filter(member -> member.role() != Role.OBSERVER)
        .forEach(m -> nodes.computeIfAbsent(m.node(), id -> new KnownNode(m, now)));
    nodes.values().stream()
        .filter(known -> !members.contains(known.member()))
        .forEach(known -> known.left(now));
    nodes.values().removeIf(known -> known.isGone() && now - known.since() > GONE_MILLIS);
  }

  private void answered(KnownNode known, NodeAnswer answer, List<JsonObject> events) {
    long now = clock.millis();
    known.polled(answer, now);
    if (answer == null) {
      return;
    }
    String id = known.member().node().text();
    boolean isOwn = known.member().node().equals(node.id());
    answer.events().stream()
        .filter(event -> isOwn || !"member".equals(event.getString("kind"))) // all nodes see these
        .forEach(event -> events.add(event.copy().put("node", id)));
    answer.log().forEach(line -> events.add(line.copy().put("kind", "log").put("node", id)));
    events.addAll(replays(known, now));
  }

  /** Requests that went into a pipeline of that node again since its answer before. */
  private static List<JsonObject> replays(KnownNode known, long now) {
    NodeAnswer before = known.previous();
    List<JsonObject> replays = new ArrayList<>();
    if (before == null) {
      return replays;
    }
    for (JsonObject service : known.latest().services()) {
      String name = service.getString("name");
      long more = known.latest().replayed(name) - before.replayed(name);
      if (more > 0) {
        replays.add(
            new JsonObject()
                .put("kind", "replayed")
                .put("time", now)
                .put("node", known.member().node().text())
                .put("service", name)
                .put("requests", more));
      }
    }
    return replays;
  }

  private JsonObject frame(List<JsonObject> events) {
    recent.add(events);
    latest =
        new JsonObject()
            .put("time", clock.millis())
            .put("node", node.id().text())
            .put("cluster", node.vertx().isClustered())
            .put("nodes", nodes())
            .put("services", services());
    return latest.copy().put("events", new JsonArray(List.copyOf(events)));
  }

  private JsonArray nodes() {
    JsonArray all = new JsonArray();
    nodes.values().stream()
        .sorted(
            Comparator.comparing((KnownNode known) -> known.member().role())
                .thenComparing(known -> known.member().address()))
        .forEach(known -> all.add(known.toJson()));
    return all;
  }

  private JsonArray services() {
    Map<String, ServiceSum> sums = new TreeMap<>();
    nodes.values().stream()
        .filter(KnownNode::isUp)
        .forEach(
            known ->
                known.latest().services().forEach(status -> sum(sums, status).add(known, status)));
    for (ServiceOffer offer : node.directory().offers()) {
      ServiceSum sum = sums.get(offer.spec().name());
      if (sum != null) {
        sum.describe(offer.spec());
      }
    }
    JsonArray all = new JsonArray();
    sums.values().forEach(sum -> all.add(sum.toJson()));
    return all;
  }

  private static ServiceSum sum(Map<String, ServiceSum> sums, JsonObject status) {
    return sums.computeIfAbsent(status.getString("name"), ServiceSum::new);
  }
}
