package io.sparkwire.spark.source;

import static io.sparkwire.log.Event.TASKS_NOT_RETRIED;

import io.sparkwire.intake.ServedVersion;
import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.version.RunningQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A listener by which a query without a facade takes requests from its start to its end.
 *
 * <p>Spark calls it on the query's own thread before {@code start()} returns, so clients may
 * connect from then on; their requests wait for the first reader. It also releases the service of a
 * query that ended before Spark had made its source. Thread-safe.
 */
public final class QueryWatch extends StreamingQueryListener {

  private static final Logger LOG = LoggerFactory.getLogger(QueryWatch.class);

  private final Map<UUID, Running> running = new ConcurrentHashMap<>();

  /** What a query serves, and as whom. */
  private record Running(String service, String owner) {}

  /** Has all queries watched that start in that session from now on. */
  public static void install(SparkSession session) {
    synchronized (session.streams()) {
      if (Stream.of(session.streams().listListeners()).noneMatch(QueryWatch.class::isInstance)) {
        session.streams().addListener(new QueryWatch());
      }
    }
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    RowPassage.query(event.id().toString()).ifPresent(this::started);
  }

  /** The options of the service whose requests a running query reads; empty if there is none. */
  public static Optional<SparkwireOptions> served(StreamingQuery query) {
    return RowPassage.query(query.id().toString()).stream()
        .flatMap(running -> sources(running.analyzedPlan()).stream())
        .findFirst();
  }

  private void started(RunningQuery query) {
    List<SparkwireOptions> sources = sources(query.analyzedPlan());
    QueryId id = QueryId.ofCurrentThread(QueryCheckpoint.firstSource(query.checkpoint()));
    if (sources.size() == 1 && id.ownsItself()) {
      SparkContext context = SparkContext.getOrCreate();
      String service = sources.get(0).service().name();
      running.put(query.runId(), new Running(service, id.owner()));
      warnOfNoRetries(context, service);
      serve(context, sources.get(0), id);
    }
  }

  private static void serve(SparkContext context, SparkwireOptions source, QueryId id) {
    try {
      SparkNode.ofDriver(context)
          .control(source.service().name())
          .serve(source.service(), id.owner(), ServedVersion.FIRST);
    } catch (RuntimeException e) { // which the query fails with as soon as it makes its source
      LOG.debug("the service of a query that starts cannot be served", e);
    }
  }

  private static void warnOfNoRetries(SparkContext context, String service) {
    if (!SparkMaster.retries(context.master())) {
      TASKS_NOT_RETRIED.warn(
          LOG,
          "master {} tries no task again: a failure that is no single request's, such as one behind"
              + " a shuffle or under the continuous trigger, ends the query of service '{}' for"
              + " good; use a master like local[4, 1000000], or the facade",
          context.master(),
          service);
    }
  }

  /** The options of all sources of requests, if they are the only streams of a query. */
  private static List<SparkwireOptions> sources(LogicalPlan plan) {
    List<LogicalPlan> streams =
        CollectionConverters.asJava(plan.collectLeaves()).stream()
            .filter(LogicalPlan::isStreaming)
            .toList();
    boolean allRequests =
        streams.stream()
            .allMatch(
                s -> s instanceof StreamingRelationV2 r && r.table() instanceof SparkwireTable);
    return allRequests
        ? streams.stream().map(s -> SparkwireOptions.of((StreamingRelationV2) s)).toList()
        : List.of();
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {}

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    Running ended = running.remove(event.runId());
    SparkContext context = SparkContext.getOrCreate();
    if (ended != null && !context.isStopped()) {
      SparkNode.ofDriver(context).control(ended.service()).release(ended.owner());
    }
  }
}
