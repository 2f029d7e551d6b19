package io.sparkwire.spark.node;

import io.sparkwire.cluster.ClusterAccess;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.secret.ClusterSecret;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkEnv;

/**
 * The secret with which the processes of an application recognise each other.
 *
 * <p>Spark brings it to the executors itself, in a way of each cluster manager's own, so it is in
 * no plan and no property. Runs on: driver, and task thread. Stateless.
 */
final class SparkSecret {

  private static final String SETTING = "spark.authenticate.secret";

  private SparkSecret() {}

  /**
   * The same cluster, with that secret where {@code spark.authenticate} is on and the cluster has
   * none of its own.
   *
   * @throws IllegalStateException if the secret is too short
   */
  static ClusterOptions in(ClusterOptions cluster) {
    SecurityManager security = SparkEnv.get().securityManager();
    return cluster.access().isOpen() && security.isAuthenticationEnabled()
        ? cluster.with(ClusterAccess.by(ClusterSecret.of(SETTING, security.getSecretKey())))
        : cluster;
  }
}
