package io.sparkwire.spark;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.auth.TestClients;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.http.RawHttp;
import io.sparkwire.node.ServingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service of the facade on a node that knows its clients. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class KnownClientsTest {

  private static final NodeOptions USUAL =
      NodeOptions.forCores(Runtime.getRuntime().availableProcessors());

  @TempDir private Path directory;

  private final SparkSession spark;

  KnownClientsTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void serveAllAgain() {
    ServingNode.alone(USUAL);
  }

  private static RawHttp.Response ask(ServingQuery query, String key) throws IOException {
    try (RawHttp http = new RawHttp(query.port())) {
      return http.send(
              "POST /known HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nX-API-Key: "
                  + key
                  + "\r\n\r\nx")
          .receive();
    }
  }

  @Test
  void rowsNameTheirPrincipalsAndHaveNoCredentials() throws Exception {
    TestClients clients = new TestClients(directory);
    String alice = clients.add("alice", "serve:known");
    String bob = clients.add("bob", "serve:*");
    String carol = clients.add("carol", "serve:other");
    ServingNode.alone(USUAL.with(clients.options()));
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "known")
            .option("partitions", 1)
            .load()
            .transform(
                rows ->
                    rows.select(
                        col("id"),
                        concat_ws(
                                " ",
                                ServingFunctions.principal(),
                                lit("with"),
                                array_join(col("request.headers.value"), " "))
                            .as("client")))
            .makeReply("client")
            .replyTo("known")
            .warmUp("text/plain", "x".getBytes(StandardCharsets.UTF_8))
            .start()) {
      assertThat(ask(query, alice).body()).startsWith("alice with ").doesNotContain(alice);
      assertThat(ask(query, bob).body()).startsWith("bob with ").doesNotContain(bob);
      assertThat(ask(query, carol).status()).isEqualTo(403);
      assertThat(ask(query, "x").status()).isEqualTo(401);
    }
  }
}
