package io.sparkwire.spark.python;

import io.sparkwire.log.Causes;
import io.sparkwire.python.PythonStartException;
import io.sparkwire.spark.node.ExecutorList;
import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.node.SparkNode;
import java.util.Collections;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of Python workers before a query reads: a function that cannot be imported fails the
 * query, and not each of its tasks.
 *
 * <p>Runs on: driver, on a query's own thread. Stateless.
 */
final class PoolStart {

  /** A property of the query's thread, which has another value for each of its operators. */
  private static final String STARTED = "sparkwire.python-started.";

  private static final Logger LOG = LoggerFactory.getLogger(PoolStart.class);

  private PoolStart() {}

  /**
   * Starts workers on this node, or on all executors that there are; others start theirs with their
   * first task.
   *
   * @throws IllegalStateException if they cannot start; its message is one sentence that says why
   */
  static void onDriver(PythonCalls calls) {
    try {
      start(SparkContext.getOrCreate(), calls);
    } catch (RuntimeException e) {
      throw sentence(e).<RuntimeException>map(PoolStart::refused).orElse(e);
    }
  }

  private static Optional<PythonStartException> sentence(Exception failure) {
    return Causes.chain(failure)
        .filter(PythonStartException.class::isInstance)
        .map(PythonStartException.class::cast)
        .findFirst();
  }

  private static IllegalStateException refused(PythonStartException why) {
    LOG.debug("Python workers do not start", why);
    return new IllegalStateException(why.getMessage());
  }

  private static void start(SparkContext context, PythonCalls calls) {
    if (SparkMaster.isLocal(context)) {
      calls.pool(SparkNode.ofDriver(context));
      return;
    }
    String key = STARTED + calls.functions().identity();
    if (context.getLocalProperty(key) == null) {
      onExecutors(context, calls);
      context.setLocalProperty(key, "");
    }
  }

  private static void onExecutors(SparkContext context, PythonCalls calls) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
    int executors = Math.max(1, ExecutorList.of(context).size());
    try {
      spark
          .parallelize(Collections.nCopies(executors, 0), executors)
          .foreach(place -> calls.pool(SparkNode.ofTask()));
    } catch (Exception e) { // SparkException is checked, but not declared
      throw new IllegalStateException("Python workers did not start on all executors", e);
    }
  }
}
