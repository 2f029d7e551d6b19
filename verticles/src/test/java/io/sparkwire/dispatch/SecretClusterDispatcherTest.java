package io.sparkwire.dispatch;

import io.sparkwire.cluster.ClusterAccess;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.secret.ClusterSecret;

/** The same where the nodes have a secret. */
class SecretClusterDispatcherTest extends ClusterDispatcherTest {

  @Override
  TestCluster newCluster() {
    return new TestCluster(ClusterAccess.by(ClusterSecret.of("a test", "the secret of this test")));
  }
}
