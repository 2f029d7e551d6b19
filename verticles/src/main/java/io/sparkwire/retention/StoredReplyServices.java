package io.sparkwire.retention;

import io.sparkwire.cluster.Directory;
import io.sparkwire.cluster.Node;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Service;
import io.sparkwire.log.Event;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ReplyRetention;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
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

  private final Node node;
  private final Exchanges exchanges;
  private final SecureRandom random = new SecureRandom();
  private final Map<Service, AsyncRequests> async = new ConcurrentHashMap<>();

  /** Null until a service keeps replies. */
  private volatile DetachedLoop loop;

  /** Does nothing until a service keeps replies. */
  public StoredReplyServices(Node node, Exchanges exchanges) {
    this.node = node;
    this.exchanges = exchanges;
  }

  /**
   * Puts what keeps the replies of a service before the hand-off of its requests, until the service
   * is closed.
   *
   * @param next takes the requests whose replies are not kept, and the others afterwards
   * @return takes all requests of the service; {@code next} itself if it keeps no replies
   */
  public synchronized HandOff open(Service service, HandOff next) {
    ReplyRetention retention = service.spec().retention();
    HandOff handOff = next;
    if (retention.hasAsync()) {
      AsyncRequests requests = new AsyncRequests(service, begun(), next, this::newName);
      async.put(service, requests);
      handOff = requests;
    }
    return retention.hasIdempotency() ? new IdempotentRequests(service, begun(), handOff) : handOff;
  }

  /** The endpoints of an open service beside its own. */
  public List<Endpoint> endpoints(Service service) {
    AsyncRequests requests = async.get(service);
    return requests == null ? List.of() : List.of(AsyncEndpoint.of(service.spec(), requests));
  }

  /** The event loop, which the first service that keeps replies begins to use. */
  private DetachedLoop begun() {
    if (loop == null) {
      loop = new DetachedLoop(node, exchanges);
      node.directory().listen(this);
    }
    return loop;
  }

  private String newName() {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  /** Takes nothing more over for a service. */
  public void close(Service service) {
    async.remove(service);
  }

  @Override
  public void changed() {
    // Changed offers make no difference to what is kept.
  }

  @Override
  public void left(NodeId lost) {
    if (!async.isEmpty()) {
      takeOverFrom(lost, POLLS);
    }
  }

  /** The shared map may be in the middle of a change itself: then a little later. */
  private void takeOverFrom(NodeId lost, int polls) {
    loop.context()
        .executeBlocking(() -> loop.replies().leftBy(lost))
        .onSuccess(this::takeOver)
        .onFailure(
            e -> {
              Event.TAKE_OVER_FAILED.warn(
                  LOG, e, "the kept requests of lost node {} could not be read", lost);
              if (polls > 1) {
                loop.context()
                    .owner()
                    .setTimer(POLL_MILLIS, timer -> takeOverFrom(lost, polls - 1));
              }
            });
  }

  private void takeOver(Collection<String> keys) {
    async
        .values()
        .forEach(
            requests ->
                keys.stream()
                    .filter(key -> key.startsWith(requests.prefix()))
                    .forEach(requests::takeOver));
  }
}
