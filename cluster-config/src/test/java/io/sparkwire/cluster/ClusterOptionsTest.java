package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterOptionsTest {

  @Test
  void byDefaultItIsAClusterOnThisMachineAlone() {
    assertThat(ClusterOptions.of(Map.of()))
        .isEqualTo(new ClusterOptions("sparkwire", "127.0.0.1", 5701, List.of(), ""));
  }

  @Test
  void everyKeyHasItsPlace() {
    Map<String, String> values =
        Map.of(
            "cluster-name", "c1",
            "cluster-host", "127.0.0.2",
            "cluster-port", "5800",
            "join", "10.0.0.7:5701, 10.0.0.8");

    assertThat(ClusterOptions.of(values))
        .isEqualTo(
            new ClusterOptions("c1", "127.0.0.2", 5800, List.of("10.0.0.7:5701", "10.0.0.8"), ""));
    assertThat(ClusterOptions.of(Map.of("kubernetes-service", "nodes.ns")).kubernetesService())
        .isEqualTo("nodes.ns");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> ClusterOptions.of(Map.of("cluster-prot", "1")))
        .hasMessage("unknown option 'cluster-prot'; the nearest known one is 'cluster-port'");
  }

  @ParameterizedTest
  @CsvSource({
    "cluster-name, a b, 'letters, digits, ''.'', ''-'' and ''_'''",
    "cluster-port, 0, 1 to 65415",
    "cluster-port, 65416, 1 to 65415",
    "cluster-host, 0.0.0.0, one address of this machine",
    "cluster-host, '', one address of this machine",
  })
  void whatIsOutOfItsRangeIsRefused(String key, String value, String allowed) {
    assertThatThrownBy(() -> ClusterOptions.of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option '" + key + "' must be " + allowed + ", got '" + value + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {":5701", "host:", "host:0", "host:65536", "host:port"})
  void aMemberIsAHostWithOrWithoutAPort(String member) {
    assertThatThrownBy(() -> ClusterOptions.of(Map.of("join", member)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "option 'join' must be host or host:port, as in 10.0.0.7:5701, got '" + member + "'");
  }

  @Test
  void othersAreFoundInOneWayOnly() {
    assertThatThrownBy(() -> ClusterOptions.of(Map.of("join", "a:1", "kubernetes-service", "k")))
        .hasMessage("option 'kubernetes-service' must be left out where 'join' is given, got 'k'");
  }

  @Test
  void aClusterIsOpenWithoutASecret() {
    assertThat(ClusterOptions.of(Map.of()).access()).isEqualTo(ClusterAccess.OPEN);
    assertThat(ClusterAccess.OPEN.isOpen()).isTrue();
  }

  @Test
  void theFilesOfASecretAndOfCertificatesAreNotReadBeforeANodeJoins() {
    Map<String, String> files =
        Map.of(
            "cluster-secret-file", "/secrets/cluster",
            "cluster-tls-cert", "/certs/tls.crt",
            "cluster-tls-key", "/certs/tls.key",
            "cluster-tls-trust", "/certs/ca.crt");

    assertThat(ClusterOptions.of(files).access()).isEqualTo(ClusterAccess.by(files));
    assertThat(ClusterAccess.by(files).isOpen()).isFalse();
  }
}
