package io.sparkwire.cluster;

import io.sparkwire.cluster.tls.RefusedStrangers;
import io.sparkwire.message.NodeId;
import io.sparkwire.secret.ClusterSecret;
import io.sparkwire.secret.NodeCertificate;
import io.sparkwire.secret.SealedValues;
import io.sparkwire.secret.ValueSeal;
import io.sparkwire.tls.PemIdentity;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What protects a node's connections to others, and the values in the maps that they share.
 * Immutable.
 *
 * @param certificate by which nodes recognise each other; empty if they take any program for one
 * @param refused the log of those that are none
 */
record ClusterKeys(
    ValueSeal seal, Optional<NodeCertificate> certificate, RefusedStrangers refused) {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedStrangers.class);

  /**
   * @throws IllegalStateException if the secret is of no use; says why
   */
  static ClusterKeys of(ClusterAccess access, NodeId node) {
    return of(access, node, LOG);
  }

  static ClusterKeys of(ClusterAccess access, NodeId node, Logger log) {
    Optional<ClusterSecret> secret = access.secret();
    if (access.hasCertificates() && secret.isEmpty()) {
      throw new IllegalStateException(
          "option 'cluster-tls-cert' needs the option 'cluster-secret-file'");
    }
    return new ClusterKeys(
        secret.<ValueSeal>map(SealedValues::new).orElse(ValueSeal.NONE),
        secret.map(
            each ->
                access.hasCertificates()
                    ? certificate(access.files())
                    : NodeCertificate.of(each, node.text())),
        new RefusedStrangers(log, System::nanoTime));
  }

  private static NodeCertificate certificate(Map<String, String> files) {
    return NodeCertificate.of(
        PemIdentity.read(
            new PemIdentity.File(ClusterAccess.CERT, files),
            new PemIdentity.File(ClusterAccess.KEY, files),
            new PemIdentity.File(ClusterAccess.TRUST, files)));
  }
}
