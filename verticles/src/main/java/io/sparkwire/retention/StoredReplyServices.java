package io.sparkwire.retention;

import io.sparkwire.cluster.Directory;
import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Service;
import io.sparkwire.log.Event;
import io.sparkwire.message.NodeId;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All services of one node that keep replies. When another node leaves, it takes over what that one
 * had in hand. Thread-safe.
 */
public final class StoredReplyServices implements Directory.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(StoredReplyServices.class);
  private static final int NAME_BYTES = 16;
  private static final int POLLS = 10;
  private static final long POLL_MILLIS = 1_000;

  private final DetachedLoop loop;
  private final SecureRandom random = new SecureRandom();
  private final Map<Service, Entrance> services = new ConcurrentHashMap<>();

  /** Begins to listen for nodes that leave. */
  public StoredReplyServices(Node node, Exchanges exchanges) {
    this.loop = new DetachedLoop(node, exchanges);
    node.directory().listen(this);
  }

  /**
   * The way in for the requests of a service that keeps replies, until it is closed.
   *
   * @param next the way of all that need not be kept
   */
  public Entrance open(Service service, HandOff next) {
    AsyncRequests async =
        service.spec().retention().hasAsync()
            ? new AsyncRequests(service, loop, next, this::newName)
            : null;
    HandOff inner = async == null ? next : async;
    HandOff outer =
        service.spec().retention().hasIdempotency()
            ? new IdempotentRequests(service, loop, inner)
            : inner;
    Entrance kept = new Entrance(outer, async);
    services.put(service, kept);
    return kept;
  }

  private String newName() {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  /** Takes nothing more over for a service. */
  public void close(Service service) {
    services.remove(service);
  }

  @Override
  public void changed() {
    // Who offers what makes no difference to what is kept.
  }

  @Override
  public void left(NodeId gone) {
    takeOverFrom(gone, POLLS);
  }

  /** The shared map may be in the middle of a change itself: then a little later. */
  private void takeOverFrom(NodeId gone, int polls) {
    loop.context()
        .executeBlocking(() -> loop.replies().leftBy(gone))
        .onSuccess(this::takeOver)
        .onFailure(
            e -> {
              Event.TAKE_OVER_FAILED.warn(
                  LOG, e, "the kept requests of lost node {} could not be read", gone);
              if (polls > 1) {
                loop.context()
                    .owner()
                    .setTimer(POLL_MILLIS, timer -> takeOverFrom(gone, polls - 1));
              }
            });
  }

  private void takeOver(Collection<String> keys) {
    services.values().stream()
        .map(Entrance::async)
        .filter(async -> async != null)
        .forEach(
            async ->
                keys.stream()
                    .filter(key -> key.startsWith(async.prefix()))
                    .forEach(async::takeOver));
  }
}
