package io.sparkwire.spark.node;

import io.sparkwire.admin.AdminServer;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.message.NodeId;
import io.sparkwire.node.ServingNode;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access to the node of a Spark JVM, which starts it if needed.
 *
 * <p>Under a local master there is one JVM with one node. Otherwise the driver has a node that
 * gives commands, and each executor one that serves: started by the Spark plugin with the executor,
 * or by the first task that needs it. Stateless.
 */
public final class SparkNode {

  /** The local property that carries an {@link ExecutorPlan}. */
  public static final String PLAN = "sparkwire.executor-plan";

  private static final Logger LOG = LoggerFactory.getLogger(SparkNode.class);

  private SparkNode() {}

  /** The node for the task of the calling thread. Runs on: task thread; blocks while it starts. */
  public static ServingNode ofTask() {
    TaskContext task = TaskContext.get();
    String plan = task == null ? null : task.getLocalProperty(PLAN);
    return plan == null ? ServingNode.current() : ofExecutor(ExecutorPlan.parse(plan));
  }

  /** The node of this executor, which joins its driver's cluster when it starts. */
  public static synchronized ServingNode ofExecutor(ExecutorPlan plan) {
    Optional<ServingNode> running = ServingNode.running().filter(node -> follows(node, plan));
    if (running.isPresent()) {
      return running.get();
    }
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    Node node = join(plan.cluster(host), Role.WORKER, plan.options());
    LOG.info("node {} of executor {} has joined", node.id(), SparkEnv.get().executorId());
    return started(
        node, plan.options(), NodeDuties.executor(plan.driver(), plan.options().ingress()));
  }

  private static ServingNode started(Node node, SparkNodeOptions options, NodeDuties part) {
    ServingNode serving = ServingNode.start(node, options.history(), part);
    serving.observers().feed().show(LogAppender.attach());
    options.admin().map(serving::administrate).ifPresent(SparkNode::logPort);
    return serving;
  }

  private static void logPort(AdminServer admin) {
    LOG.info("the admin server listens on port {}", admin.port());
  }

  private static boolean follows(ServingNode node, ExecutorPlan plan) {
    return plan.driver().equals(node.driver());
  }

  /**
   * The node on which queries are steered. Tasks that the calling thread starts, or threads that it
   * starts, know it as their driver's.
   *
   * <p>Runs on: driver; blocks while it starts.
   */
  public static synchronized ServingNode ofDriver(SparkContext context) {
    if (context.isStopped()) {
      return ServingNode.current(); // which serves nothing any more
    }
    if (SparkMaster.isLocal(context)) {
      return ServingNode.running()
          .orElseGet(() -> ServingNode.alone(SparkNodeOptions.local(context.conf())));
    }
    SparkNodeOptions options = SparkNodeOptions.of(context.conf());
    ServingNode node =
        ServingNode.running()
            .filter(ServingNode::isDriver)
            .orElseGet(() -> startDriver(context, options));
    context.setLocalProperty(PLAN, ExecutorPlan.of(node, options).text());
    return node;
  }

  private static ServingNode startDriver(SparkContext context, SparkNodeOptions options) {
    Node joined = join(options.cluster(), Role.DRIVER, options);
    ServingNode node = started(joined, options, NodeDuties.driver(options.ingress()));
    context.addSparkListener(
        new SparkListener() {
          @Override
          public void onApplicationEnd(SparkListenerApplicationEnd end) {
            node.leave();
          }
        });
    return node;
  }

  private static Node join(ClusterOptions cluster, Role role, SparkNodeOptions options) {
    return Node.clustered(
        NodeId.random(new SecureRandom()), options.node(), SparkSecret.in(cluster), role);
  }
}
