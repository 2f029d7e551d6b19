package io.sparkwire.console;

import io.sparkwire.cluster.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * One node as the console knows it: its latest answers, and whether it still answers. Not
 * thread-safe.
 */
final class KnownNode {

  /** How many answers its rates and latencies are of: those of the last five seconds. */
  private static final int WINDOW = 6;

  private final Member member;
  private final Deque<NodeAnswer> answers = new ArrayDeque<>();
  private NodeAnswer previous;
  private State state = State.JOINING;
  private long since;

  /** Whether a node takes part. */
  enum State {
    /** It has not answered yet. */
    JOINING,
    UP,
    /** It is a member, and does not answer. */
    SILENT,
    /** It is no member any more. */
    GONE;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  KnownNode(Member member, long now) {
    this.member = member;
    this.since = now;
  }

  Member member() {
    return member;
  }

  boolean isUp() {
    return state == State.UP;
  }

  boolean isGone() {
    return state == State.GONE;
  }

  /** Since when it is in its state, in milliseconds since 1970. */
  long since() {
    return since;
  }

  /**
   * @param answer null if there was none
   */
  void polled(NodeAnswer answer, long now) {
    if (answer == null) {
      become(state == State.JOINING ? State.JOINING : State.SILENT, now);
      return;
    }
    become(State.UP, now);
    previous = latest();
    answers.addLast(answer);
    if (answers.size() > WINDOW) {
      answers.removeFirst();
    }
  }

  void left(long now) {
    become(State.GONE, now);
  }

  private void become(State next, long now) {
    if (state != next) {
      state = next;
      since = now;
    }
  }

  /** Null before it has answered. */
  NodeAnswer latest() {
    return answers.peekLast();
  }

  /** The one before the latest answer; null if that was the first. */
  NodeAnswer previous() {
    return previous;
  }

  /** The earliest of the answers that rates are of. */
  NodeAnswer earliest() {
    return answers.peekFirst();
  }

  /** The time between the earliest answer and the latest; 0 if they are the same. */
  double seconds() {
    return answers.isEmpty() ? 0 : (latest().nanos() - earliest().nanos()) / 1e9;
  }

  /** Where its latest answer ended. */
  JsonObject cursors() {
    return answers.isEmpty() ? new JsonObject() : latest().feed().getJsonObject("cursors");
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("node", member.node().text())
            .put("role", member.role().name().toLowerCase(Locale.ROOT))
            .put("address", member.address())
            .put("state", state.key())
            .put("since", since)
            .put("services", new JsonArray());
    return answers.isEmpty() ? json : json.mergeIn(ofAnswer(latest()));
  }

  private static JsonObject ofAnswer(NodeAnswer latest) {
    JsonObject feed = latest.feed();
    JsonObject json = new JsonObject();
    for (String fact : new String[] {"release", "started", "processors", "heapUsed", "heapMax"}) {
      json.put(fact, feed.getValue(fact));
    }
    for (String fact : new String[] {"driver", "connections", "services"}) {
      json.put(fact, latest.status().getValue(fact));
    }
    return json.put("epochs", feed.getJsonArray("epochs")).put("hasLog", feed.containsKey("log"));
  }
}
