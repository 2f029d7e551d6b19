package io.sparkwire.httpclient;

import static io.sparkwire.httpclient.FaultyCalls.OURS;
import static io.sparkwire.httpclient.FaultyCalls.calls;
import static io.sparkwire.httpclient.FaultyCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.TestPorts;
import io.sparkwire.spark.TestSpark;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Faults of a connection: the job continues, no row is lost, and the error column names the fault.
 */
@ExtendWith(TestSpark.class)
@Timeout(60)
class ConnectionFaultsTest {

  private final FaultyCalls rows;

  ConnectionFaultsTest(SparkSession spark) {
    this.rows = new FaultyCalls(spark);
  }

  @Test
  void connectionRefused() {
    rows.everyRowFails(
        calls("http://127.0.0.1:" + TestPorts.next(1) + "/"),
        error(null, 3, java.net.ConnectException.class.getName(), "Connection refused", null));
  }

  @Test
  void aNameThatDoesNotExist() {
    rows.everyRowFails(
        calls("http://nobody.invalid/"),
        error(null, 3, java.net.UnknownHostException.class.getName(), "nobody.invalid", null));
  }

  @Test
  void resetInTheMiddleOfTheBody() {
    try (TestService service =
        TestService.raw(
            socket -> {
              socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"twice\"");
              socket.close();
            })) {
      rows.everyRowFails(
          calls(service.url()),
          error(200, 3, java.net.SocketException.class.getName(), "closed before", "{\"twice\""));
    }
  }

  @Test
  void timeOutOfEachAttempt() {
    try (TestService service = TestService.http(request -> {})) {
      rows.everyRowFails(
          calls(service.url()).setRequestTimeout(Duration.ofMillis(100)),
          error(null, 3, OURS + "CallTimeoutException", "no whole answer within 100 ms", null));
    }
  }

  @Test
  void timeOutInTheMiddleOfTheBody() {
    try (TestService service =
        TestService.http(r -> r.response().setChunked(true).write("{\"twi"))) {
      rows.everyRowFails(
          calls(service.url()).setRequestTimeout(Duration.ofMillis(300)).setRetries(0),
          error(200, 1, OURS + "CallTimeoutException", "no whole answer within", "{\"twi"));
    }
  }

  @Test
  void timeOutOfTheWholeCall() {
    try (TestService service = TestService.http(request -> {})) {
      rows.everyRowFails(
          calls(service.url()).setTotalTimeout(Duration.ofMillis(200)).setRetries(100),
          error(null, 1, OURS + "CallTimeoutException", "no whole answer within", null));
    }
  }

  @Test
  void noHttpAtAll() {
    try (TestService service = TestService.raw(s -> s.end(Buffer.buffer("SSH-2.0-nope\r\n\r\n")))) {
      assertThat(rows.run(calls(service.url()).setRetries(0)))
          .allSatisfy(row -> assertThat(row.getStruct(2).<Object>getAs("exception")).isNotNull());
    }
  }

  @Test
  void tlsWithAnUntrustedCertificate() {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    try (TestService service = TestService.tls(certificate, FaultyCalls::ok)) {
      rows.everyRowFails(
          calls(service.url()),
          error(null, 1, javax.net.ssl.SSLHandshakeException.class.getName(), "certif", null));
      assertThat(service.requests()).isZero();
    } finally {
      certificate.delete();
    }
  }

  @Test
  void tlsWithACertificateThatIsTrusted() throws IOException {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    try (TestService service = TestService.tls(certificate, FaultyCalls::ok)) {
      rows.everyRowSucceeds(
          calls(service.url()).setTrustedPem(Path.of(certificate.certificatePath())));
    } finally {
      certificate.delete();
    }
  }
}
