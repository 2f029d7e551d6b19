package io.sparkwire.spark.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.cluster.ClusterAccess;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.message.NodeId;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorPlanTest {

  private static SparkConf conf() {
    return new SparkConf(false).set("spark.driver.host", "127.0.0.1");
  }

  @Test
  void theDefaultsListenWhereSparkDoes() {
    SparkNodeOptions options = SparkNodeOptions.of(conf());

    assertThat(options.cluster())
        .isEqualTo(new ClusterOptions("sparkwire", "127.0.0.1", 5701, List.of(), ""));
    assertThat(options.history()).isEqualTo(HistoryMode.ASYNC);
    assertThat(options.ingress()).isEqualTo(IngressMode.WORKERS);
    assertThat(options.admin()).isEmpty();
  }

  @Test
  void everySettingIsRead() {
    SparkNodeOptions options =
        SparkNodeOptions.of(
            conf()
                .set("spark.sparkwire.cluster-name", "c")
                .set("spark.sparkwire.cluster-host", "127.0.0.2")
                .set("spark.sparkwire.cluster-port", "6000")
                .set("spark.sparkwire.join", "10.0.0.9:5701")
                .set("spark.sparkwire.history", "sync")
                .set("spark.sparkwire.ingress", "driver")
                .set("spark.sparkwire.admin-port", "7000")
                .set("spark.sparkwire.admin-host", "127.0.0.3")
                .set("spark.sparkwire.max-connections", "77"));

    assertThat(options.cluster())
        .isEqualTo(new ClusterOptions("c", "127.0.0.2", 6000, List.of("10.0.0.9:5701"), ""));
    assertThat(options.history()).isEqualTo(HistoryMode.SYNC);
    assertThat(options.ingress()).isEqualTo(IngressMode.DRIVER);
    assertThat(options.admin()).contains(new AdminOptions("127.0.0.3", 7000));
    assertThat(options.node().limits().connections().connections()).isEqualTo(77);
  }

  @Test
  void anUnknownOrUnreadableSettingIsRefused() {
    assertThatThrownBy(() -> SparkNodeOptions.of(conf().set("spark.sparkwire.ingres", "none")))
        .hasMessage("unknown option 'ingres'; the nearest known one is 'ingress'");
    assertThatThrownBy(() -> SparkNodeOptions.of(conf().set("spark.sparkwire.ingress", "all")))
        .hasMessage(
            "option 'spark.sparkwire.ingress' must be workers or driver or none, got 'all'");
  }

  @Test
  void aPlanTravelsAsText() {
    SparkNodeOptions options =
        SparkNodeOptions.of(conf().set("spark.sparkwire.admin-port", "7000"));
    List<String> join = List.of("127.0.0.1:5701", "10.0.0.9:5701");
    String text = new ExecutorPlan(new NodeId("d1"), options, join).text();
    ExecutorPlan read = ExecutorPlan.parse(text);

    assertThat(text)
        .isEqualTo(
            "{\"driver\":\"d1\",\"name\":\"sparkwire\",\"host\":\"127.0.0.1\",\"port\":5701,"
                + "\"join\":[\"127.0.0.1:5701\",\"10.0.0.9:5701\"],\"history\":\"ASYNC\","
                + "\"ingress\":\"WORKERS\",\"adminHost\":\"127.0.0.1\",\"adminPort\":7000,"
                + "\"adminTls\":true,\"adminClients\":\"OFF\"}");
    assertThat(read.text()).isEqualTo(text);
    assertThat(read.cluster("127.0.0.7"))
        .isEqualTo(new ClusterOptions("sparkwire", "127.0.0.7", 5701, join, ""));
  }

  @Test
  void thoseLimitsTravelThatAreGiven() {
    SparkConf conf = conf().set("spark.sparkwire.write-timeout", "7s");
    SparkNodeOptions options = SparkNodeOptions.of(conf);
    String text = new ExecutorPlan(new NodeId("d1"), options, List.of()).text();

    assertThat(text).endsWith("\"listeners\":{\"write-timeout\":\"7s\"}}");
    assertThat(ExecutorPlan.parse(text).options()).isEqualTo(options);
    assertThat(SparkNodeOptions.local(conf)).isEqualTo(options.node());
  }

  @Test
  void filesOfCertificatesTravelByTheirNames() {
    SparkConf conf =
        conf()
            .set("spark.sparkwire.tls-cert", "/certs/tls.crt")
            .set("spark.sparkwire.tls-key", "/certs/tls.key")
            .set("spark.sparkwire.tls-trust", "/certs/ca.crt")
            .set("spark.sparkwire.admin-port", "7000")
            .set("spark.sparkwire.admin-client-auth", "required");
    SparkNodeOptions options = SparkNodeOptions.of(conf);
    String text = new ExecutorPlan(new NodeId("d1"), options, List.of()).text();

    assertThat(options.node().tls().orElseThrow().files().cert()).isEqualTo("/certs/tls.crt");
    assertThat(ExecutorPlan.parse(text).options()).isEqualTo(options);
    assertThat(SparkNodeOptions.local(conf)).isEqualTo(options.node());
    assertThatThrownBy(
            () ->
                SparkNodeOptions.of(
                    conf()
                        .set("spark.sparkwire.admin-port", "7000")
                        .set("spark.sparkwire.admin-client-auth", "required")))
        .hasMessage("option 'admin-client-auth' needs the option 'tls-trust'");
  }

  @Test
  void theFileOfTheSecretTravelsByItsName() {
    SparkNodeOptions options =
        SparkNodeOptions.of(conf().set("spark.sparkwire.cluster-secret-file", "/secrets/cluster"));
    String text = new ExecutorPlan(new NodeId("d1"), options, List.of()).text();

    assertThat(options.cluster().access())
        .isEqualTo(ClusterAccess.by(Map.of("cluster-secret-file", "/secrets/cluster")));
    assertThat(text).endsWith("\"access\":{\"cluster-secret-file\":\"/secrets/cluster\"}}");
    assertThat(ExecutorPlan.parse(text).options()).isEqualTo(options);
    assertThat(ExecutorPlan.parse(text).cluster("127.0.0.7").access())
        .isEqualTo(options.cluster().access());
  }

  @Test
  void aLimitOutOfItsRangeIsRefused() {
    assertThatThrownBy(() -> SparkNodeOptions.of(conf().set("spark.sparkwire.max-streams", "0")))
        .hasMessage("option 'max-streams' must be 1 to 65536, got '0'");
  }
}
