package io.sparkwire.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.tls.TrustedCertificates;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class NodeCertificateTest {

  private static final String OLD = "the old secret of this test";
  private static final String NEW = "the new secret of this test";

  private static ClusterSecret secret(String... secrets) {
    return ClusterSecret.of("a test", String.join("\n", secrets));
  }

  private static NodeCertificate node(String secrets) {
    return NodeCertificate.of(secret(secrets.split(",")), "n1");
  }

  private static X509Certificate[] chain(NodeCertificate node) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(
            new ByteArrayInputStream(node.keys().getCertValues().get(0).getBytes()))
        .toArray(X509Certificate[]::new);
  }

  private static void trusts(String one, String other) throws Exception {
    X509TrustManager trust = TrustedCertificates.manager(node(one).trust());
    trust.checkServerTrusted(chain(node(other)), "ECDHE_ECDSA");
    trust.checkClientTrusted(chain(node(other)), "ECDHE_ECDSA");
  }

  @Test
  void nodesThatKnowTheSecretTrustEachOther() throws Exception {
    trusts(OLD, OLD);
  }

  @Test
  void nodesTrustEachOtherWhileASecretIsReplaced() throws Exception {
    trusts(OLD, NEW + ',' + OLD);
    trusts(NEW + ',' + OLD, OLD);
    trusts(NEW, NEW + ',' + OLD);
    trusts(NEW + ',' + OLD, NEW);
    trusts(OLD, "a third secret of this test," + NEW + ',' + OLD);
  }

  @Test
  void nodesOfDifferentSecretsDoNotTrustEachOther() {
    assertThatThrownBy(() -> trusts(OLD, NEW)).isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trusts(NEW, OLD)).isInstanceOf(CertificateException.class);
  }

  /** Only the authority may sign: a node that has a certificate is none. */
  @Test
  void aCertificateOfANodeSignsNoOther() throws Exception {
    X509Certificate own = chain(node(OLD))[0];

    assertThat(own.getBasicConstraints()).isEqualTo(-1);
    assertThat(own.getKeyUsage()).startsWith(true, false, false, false, false, false);
  }

  /** All nodes of all releases derive the same, so this key never changes. */
  @Test
  void theAuthorityFollowsFromTheSecret() {
    SecretAuthority authority = SecretAuthority.of(secret(OLD)).get(0);

    assertThat(HexFormat.of().formatHex(authority.publicKey().getEncoded()))
        .isEqualTo(
            "302a300506032b6570032100"
                + "a33838f4f3dc2e205516793f9eb883b42b68b6d16530f1a2f428a618a9bbcee8");
    assertThat(authority.toString()).doesNotContain(OLD);
  }
}
