package io.sparkwire.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.node.ServingNode;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service of the facade on a node that has a certificate. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class TlsServingTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");
  private static final NodeOptions USUAL =
      NodeOptions.forCores(Runtime.getRuntime().availableProcessors());

  @TempDir private Path directory;

  private final SparkSession spark;

  TlsServingTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void speakTls() {
    Map<String, String> options = new HashMap<>(AUTHORITY.issue("CN=node").write(directory));
    options.put("tls-client-auth", "optional");
    options.put("tls-trust", TestIdentity.writeTrust(directory, AUTHORITY.certificate()));
    assertThat(ServingNode.alone(USUAL.with(options)).scheme()).isEqualTo("https");
  }

  @AfterEach
  void speakClearTextAgain() {
    assertThat(ServingNode.alone(USUAL).scheme()).isEqualTo("http");
  }

  private static String ask(SSLContext tls, String url) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void itsUrlIsOfTlsAndItsRowsNameTheirClients() throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "tls")
            .option("partitions", 1)
            .load()
            .transform(
                rows ->
                    rows.select(
                        col("id"),
                        coalesce(ServingFunctions.clientSubject(), lit("none")).as("client")))
            .makeReply("client")
            .replyTo("tls")
            .warmUp("text/plain", "x".getBytes(StandardCharsets.UTF_8))
            .start()) {
      assertThat(query.url()).startsWith("https://127.0.0.1:").endsWith("/tls");
      SSLContext alice = AUTHORITY.issue("CN=alice").trustingAs(AUTHORITY.certificate());
      assertThat(ask(alice, query.url())).isEqualTo("CN=alice");
      assertThat(ask(TestIdentity.trusting(AUTHORITY.certificate()), query.url()))
          .isEqualTo("none");
    }
  }
}
