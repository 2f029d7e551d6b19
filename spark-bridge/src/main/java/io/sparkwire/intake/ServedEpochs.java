package io.sparkwire.intake;

import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.EpochShare;
import io.sparkwire.history.Replay;
import io.sparkwire.log.Event;
import io.sparkwire.log.LogFields;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * The epochs of all services that one node serves: how readers begin their shares, and what becomes
 * of requests that they leave unfinished.
 *
 * <p>Thread-safe; its methods may block and are not for event loops, but for {@link #check}.
 */
public final class ServedEpochs {

  /** Within that time a reply from another node has arrived, or a notice that the node has it. */
  private static final long REPLY_MILLIS = 1_000;

  private final Node node;
  private final EpochHistory history;
  private final NodeDuties part;
  private final Function<String, ServedService> served;
  private final Dispatcher dispatcher;
  private final UnsettledShares unsettled = new UnsettledShares(System::nanoTime);
  private final Map<QueryName, FailedRequests> failed = new ConcurrentHashMap<>();
  private final SparseLog log =
      SparseLog.of(LoggerFactory.getLogger(ServedEpochs.class), this::later);

  private record QueryName(String service, String query) {}

  /**
   * @param served the service of a name, or null if this node does not serve it
   */
  ServedEpochs(
      Node node,
      EpochHistory history,
      NodeDuties part,
      Function<String, ServedService> served,
      Dispatcher dispatcher) {
    this.node = node;
    this.history = history;
    this.part = part;
    this.served = served;
    this.dispatcher = dispatcher;
  }

  private void later(long millis, Runnable action) {
    node.vertx().setTimer(millis, id -> action.run());
  }

  /**
   * Begins an attempt at one reader's share of an epoch of a service that this node serves. Once
   * the first has what a lost JVM left to it, other nodes may send requests here.
   *
   * @param version of the service's pipeline, whose requests it takes
   */
  public EpochReader reader(ServedService known, int version, EpochShare key, RetryPolicy retry) {
    unsettled.forget(key::equals);
    ServedVersion reads = known.version(version);
    reads.readBy(key.query());
    EpochHistory.Attempt attempt = history.begin(key, retry.replay());
    ServiceObserver observer = known.observer();
    observer.epochBegan(key.query(), key.partition(), key.epoch());
    if (known.readers().begins(key.epoch())) {
      known.offerIn(node.directory());
    }
    return new EpochReader(
        reads.intake(),
        attempt,
        new Quarantine(known.service(), retry, log),
        LeftOut.of(known.service()),
        succeeded -> {
          known.readers().ends();
          observer.epochEnded(key.query(), key.partition(), key.epoch(), succeeded);
          if (!succeeded && part.isExecutor() && retry.replay() == Replay.UNFINISHED) {
            unsettled.add(key);
          }
        });
  }

  /** How many requests that a query has pulled are unfinished. */
  public int unfinished(String service, String query) {
    return history.size(service, query);
  }

  /** Forgets all epochs of a query up to that one, for Spark has committed them. */
  public void committed(String service, String query, long epoch) {
    history.committed(service, query, epoch);
    failed.remove(new QueryName(service, query));
    unsettled.forget(key -> key.belongsTo(service, query) && key.epoch() <= epoch);
  }

  /**
   * Answers the unanswered requests of an epoch that has ended and of those before it: none of
   * their rows is left.
   */
  public void epochEnded(String service, String query, long epoch) {
    List<PendingRequest> left = history.unanswered(service, query, epoch);
    ServedService known = served.apply(service);
    if (left.isEmpty() || known == null) { // a service that has ended has answered its requests
      return;
    }
    LeftOut leftOut = LeftOut.of(known.service());
    if (node.vertx().isClustered()) {
      later(REPLY_MILLIS, () -> left.forEach(leftOut::answer));
    } else {
      left.forEach(leftOut::answer);
    }
  }

  /**
   * A step of the pipeline has failed on the row of one request as often as is allowed, and leaves
   * it out: the request is quarantined, and no other one waits for that.
   */
  public void rowFailed(
      String service, RequestId id, int failures, FailureCause cause, RetryPolicy retry) {
    ServedService known = served.apply(service);
    if (known != null) {
      Quarantine quarantine = new Quarantine(known.service(), retry, log);
      if (dispatcher.answer(id, quarantine.reply(failures, cause))) {
        quarantine.quarantined(id.toString(), failures, cause);
      }
    }
  }

  /** The requests on which tasks of a query have failed that compute what others have read. */
  public FailedRequests failed(String service, String query, RetryPolicy retry) {
    return failed.computeIfAbsent(
        new QueryName(service, query), name -> new FailedRequests(retry.maxAttempts()));
  }

  /**
   * A task has failed on a row that another task has read. That counts against the row's request,
   * which is quarantined at the limit; the task is to be tried again.
   */
  public void taskFailed(
      String service, String query, RequestId id, FailureCause cause, RetryPolicy retry) {
    int failures = failed(service, query, retry).failed(id);
    ServedService known = served.apply(service);
    if (failures >= retry.maxAttempts()) {
      rowFailed(service, id, failures, cause, retry);
    } else if (known != null) {
      new Quarantine(known.service(), retry, log).triedAgain(1, cause);
    }
  }

  /** A step of the pipeline, or one above it, has left out a row. */
  public void rowLeftOut(ServiceSpec service, RowId row) {
    dispatcher.leaveOut(row, LeftOut.of(service).reply());
  }

  /** The pipeline has made another row of one that has its reply; it is dropped. */
  public void secondRow(String service, RowId row) {
    ServedService known = served.apply(service);
    if (known != null) {
      known.service().secondRow();
    }
    LogFields.ofRequest(
        row.request(),
        () ->
            log.write(
                Event.SECOND_ROW_DROPPED,
                "service '%s' dropped a second row of a request".formatted(service),
                "service '%s' dropped a second row of request %s: a request gets one reply, the first one"
                    .formatted(service, row)));
  }

  /**
   * A query has ended, and will not be started again from where it was: what it left unfinished is
   * for the other readers of its service, if there are any.
   */
  public void ended(String service, String query) {
    unsettled.forget(key -> key.belongsTo(service, query));
    failed.remove(new QueryName(service, query));
    giveBack(service, history.reclaim(service, query));
  }

  private void giveBack(String service, List<PendingRequest> left) {
    ServedService known = served.apply(service);
    if (known != null) {
      Intake intake = known.current().intake();
      left.stream().filter(PendingRequest::isOpen).forEach(intake::giveBack);
    }
  }

  /**
   * Gives back what shares have left that no reader returns for.
   *
   * <p>Runs on: event loop.
   */
  void check() {
    unsettled.takeOverdue().forEach(key -> giveBack(key.service(), history.reclaim(key)));
  }

  /** Forgets all epochs of a service that has ended. */
  void release(ServedService ended) {
    String service = ended.service().spec().name();
    ended.queries().forEach(query -> history.release(service, query));
    unsettled.forget(key -> key.service().equals(service));
    failed.keySet().removeIf(name -> name.service().equals(service));
  }
}
