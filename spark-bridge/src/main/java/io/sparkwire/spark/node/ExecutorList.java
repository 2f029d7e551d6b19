package io.sparkwire.spark.node;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The executors that Spark has at the moment, as it wants them named for the place of a task.
 *
 * <p>Spark puts tasks where there is a free slot; without a wish, one executor may get all readers
 * of a service. Stateless. Runs on: driver.
 */
public final class ExecutorList {

  private ExecutorList() {}

  /** In a lasting order; empty under a local master. */
  public static List<String> of(SparkContext context) {
    BlockManager driver = context.env().blockManager();
    return CollectionConverters.asJava(driver.master().getPeers(driver.blockManagerId())).stream()
        .sorted(
            Comparator.comparing(BlockManagerId::host).thenComparing(BlockManagerId::executorId))
        .map(executor -> "executor_" + executor.host() + "_" + executor.executorId())
        .toList();
  }
}
