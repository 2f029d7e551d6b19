package io.sparkwire.spark;

import io.sparkwire.spark.metrics.SparkMetrics;
import io.sparkwire.spark.node.ExecutorPlan;
import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.node.SparkNode;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Starts the nodes of an application with its driver and its executors, and not only when a query
 * needs them, and adds their metrics to Spark's: {@code
 * spark.plugins=io.sparkwire.spark.SparkwirePlugin}.
 *
 * <p>Under a local master it starts no node. Stateless.
 */
public final class SparkwirePlugin implements SparkPlugin {

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {

    /** Runs on: the thread that starts Spark. */
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      SparkMetrics.register(plugin.metricRegistry());
      if (SparkMaster.isLocal(context)) {
        return Map.of();
      }
      SparkNode.ofDriver(context);
      return Map.of(SparkNode.PLAN, context.getLocalProperty(SparkNode.PLAN));
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {

    /** Runs on: the thread that starts the executor. */
    @Override
    public void init(PluginContext plugin, Map<String, String> extraConf) {
      String plan = extraConf.get(SparkNode.PLAN);
      if (plan != null) { // otherwise the driver is in this JVM, and has done all
        SparkMetrics.register(plugin.metricRegistry());
        SparkNode.ofExecutor(ExecutorPlan.parse(plan));
      }
    }
  }
}
