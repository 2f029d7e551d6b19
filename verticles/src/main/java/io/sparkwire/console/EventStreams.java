package io.sparkwire.console;

import io.sparkwire.cluster.Directory;
import io.sparkwire.cluster.Node;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.NodeId;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The browsers that are connected to this node's console. All get the same frames, one a second,
 * and one at once when a node has left; nodes are asked only while there is a browser.
 *
 * <p>Runs on: one event loop, but for {@link #open} and what the directory calls. Thread-safe.
 */
final class EventStreams implements Directory.Listener {

  /** How many there may be. */
  static final int MOST = 16;

  private static final long PERIOD_MILLIS = 1_000;

  private final Context context;
  private final ClusterView view;
  private final Set<EventStream> streams = new LinkedHashSet<>();
  private final Set<EventStream> greeted = new HashSet<>();
  private boolean polling;
  private long timer = -1;
  private long frames;

  EventStreams(Node node, InstantSource clock) {
    this.context = node.vertx().getOrCreateContext();
    this.view = new ClusterView(node, clock);
    node.directory().listen(this);
  }

  /** Answers a browser with events. Runs on: event loop of its connection. */
  void open(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Content-Type", "text/event-stream");
      StrictHttp.end(request, Buffer.buffer());
      return;
    }
    EventStream stream = new EventStream(request);
    context.runOnContext(v -> add(stream));
  }

  private void add(EventStream stream) {
    if (streams.size() >= MOST) {
      stream.refuse();
      return;
    }
    streams.add(stream);
    stream.begin(() -> context.runOnContext(v -> remove(stream)));
    if (timer < 0) {
      timer = context.owner().setPeriodic(PERIOD_MILLIS, tick -> context.runOnContext(v -> poll()));
    }
    poll();
  }

  private void remove(EventStream stream) {
    streams.remove(stream);
    greeted.remove(stream);
    if (streams.isEmpty() && timer >= 0) {
      context.owner().cancelTimer(timer);
      timer = -1;
    }
  }

  private void poll() {
    if (!polling && !streams.isEmpty()) {
      polling = true;
      view.poll().onComplete(frame -> context.runOnContext(v -> polled(frame.result())));
    }
  }

  /**
   * @param frame null if there is none
   */
  private void polled(JsonObject frame) {
    polling = false;
    if (frame == null) {
      return;
    }
    frames++;
    Buffer next = event(frame);
    Buffer whole = streams.equals(greeted) ? null : event(view.whole());
    for (EventStream stream : streams) {
      stream.send(greeted.add(stream) ? whole : next);
    }
  }

  private Buffer event(JsonObject frame) {
    return Buffer.buffer("id: " + frames + "\ndata: " + frame.encode() + "\n\n");
  }

  @Override
  public void changed() {} // the next frame shows it

  @Override
  public void left(NodeId node) {
    context.runOnContext(v -> poll());
  }
}
