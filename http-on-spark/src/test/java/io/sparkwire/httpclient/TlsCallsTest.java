package io.sparkwire.httpclient;

import static io.sparkwire.httpclient.FaultyCalls.calls;
import static io.sparkwire.httpclient.FaultyCalls.error;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.spark.TestSpark;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What calls trust, and the certificate that they show, with servers that speak TLS. */
@ExtendWith(TestSpark.class)
@Timeout(60)
class TlsCallsTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");
  private static final TestAuthority OTHER = TestAuthority.named("other");

  @TempDir private Path ofServer;
  @TempDir private Path ofClient;

  private final SparkSession spark;
  private final FaultyCalls rows;
  private final Collection<String> clients = new ConcurrentLinkedQueue<>();
  private String trusted;

  TlsCallsTest(SparkSession spark) {
    this.spark = spark;
    this.rows = new FaultyCalls(spark);
  }

  @BeforeEach
  void trustTheAuthority() throws IOException {
    trusted = Files.readString(Path.of(TestIdentity.writeTrust(ofClient, AUTHORITY.certificate())));
  }

  private TestService service(TestIdentity identity, ClientAuth asks) {
    Map<String, String> files = identity.write(ofServer);
    return TestService.tls(
        new HttpServerOptions()
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(files.get("tls-cert"))
                    .setKeyPath(files.get("tls-key")))
            .setTrustOptions(
                new PemTrustOptions()
                    .addCertPath(TestIdentity.writeTrust(ofServer, AUTHORITY.certificate())))
            .setClientAuth(asks),
        this::answer);
  }

  private TestService service() {
    return service(AUTHORITY.issue("CN=server"), ClientAuth.NONE);
  }

  private void answer(HttpServerRequest request) {
    try {
      clients.add(request.connection().sslSession().getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException none) {
      clients.add("none");
    }
    FaultyCalls.ok(request);
  }

  private SimpleHttpTransformer trusting(TestService service) {
    return calls(service.url()).setTrustedPem(trusted);
  }

  private void isRefused(TestService service, SimpleHttpTransformer stage) {
    rows.everyRowFails(stage, error(null, 1, SSLHandshakeException.class.getName(), "", null));
    assertThat(service.requests()).isZero();
  }

  @Test
  void aServerIsCalledWhoseAuthorityIsTrusted() throws IOException {
    Path store =
        TestIdentity.writeTrustStore(ofClient, OTHER.certificate(), AUTHORITY.certificate());
    try (TestService service = service()) {
      rows.everyRowSucceeds(trusting(service));
      rows.everyRowSucceeds(calls(service.url()).setTrustedKeystore(store, TestIdentity.PASSWORD));
      assertThat(clients).containsOnly("none");
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotCalled() {
    try (TestService service = service(OTHER.issue("CN=server"), ClientAuth.NONE)) {
      isRefused(service, trusting(service));
      isRefused(service, calls(service.url()));
    }
  }

  @Test
  void aServerWithTheCertificateOfAnotherHostIsNotCalled() {
    try (TestService service = service(AUTHORITY.issueForHost("elsewhere"), ClientAuth.NONE)) {
      isRefused(service, trusting(service));
      isRefused(
          service, calls(service.url().replace("localhost", "127.0.0.1")).setTrustedPem(trusted));
    }
  }

  @Test
  void aServerThatAsksForACertificateGetsIt() {
    TestIdentity client = AUTHORITY.issue("CN=caller");
    Map<String, String> pem = client.write(ofClient);
    Map<String, String> store = client.writeStore(ofClient);
    try (TestService service = service(AUTHORITY.issue("CN=server"), ClientAuth.REQUIRED)) {
      rows.everyRowSucceeds(
          trusting(service).setClientCert(pem.get("tls-cert"), pem.get("tls-key")));
      rows.everyRowSucceeds(
          trusting(service)
              .setClientKeystore(
                  store.get("tls-keystore"), store.get("tls-keystore-password-file")));
      assertThat(clients).hasSize(2 * FaultyCalls.ROWS).containsOnly("CN=caller");
    }
  }

  @Test
  void aServerThatAsksForACertificateServesNoCallWithoutOrWithAnother() {
    Map<String, String> files = OTHER.issue("CN=caller").write(ofClient);
    try (TestService service = service(AUTHORITY.issue("CN=server"), ClientAuth.REQUIRED)) {
      rows.everyRowFails(trusting(service), e -> assertThat(e.<Integer>getAs("status")).isNull());
      rows.everyRowFails(
          trusting(service).setClientCert(files.get("tls-cert"), files.get("tls-key")),
          e -> assertThat(e.<Integer>getAs("status")).isNull());
      assertThat(service.requests()).isZero();
    }
  }

  @Test
  void theCertificateIsNotShownToAServerThatARedirectNames() {
    Map<String, String> files = AUTHORITY.issue("CN=caller").write(ofClient);
    try (TestService there = service(AUTHORITY.issue("CN=server"), ClientAuth.REQUEST);
        TestService here =
            TestService.tls(
                new HttpServerOptions()
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(ofServer.resolve("cert.pem").toString())
                            .setKeyPath(ofServer.resolve("key.pem").toString())),
                r -> r.response().setStatusCode(302).putHeader("Location", there.url()).end())) {
      rows.everyRowSucceeds(
          trusting(here)
              .setInputParser(new CustomInputParser().setFunction(getOf(here.url())))
              .setClientCert(files.get("tls-cert"), files.get("tls-key")));
      assertThat(clients).containsOnly("none");
    }
  }

  private static UserFunction<Object, HttpCall> getOf(String url) {
    return value -> HttpCall.get(url);
  }

  @Test
  void aFileThatIsNotThereIsTheErrorOfEachRow() {
    try (TestService service = service()) {
      rows.everyRowFails(
          trusting(service).setClientCert("/nowhere/cert.pem", "/nowhere/key.pem"),
          error(
              null,
              0,
              IllegalArgumentException.class.getName(),
              "param 'clientCert' must be a file, but there is no '/nowhere/cert.pem'",
              null));
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsRefusedAtOnce() {
    SimpleHttpTransformer stage = calls("https://localhost/");
    stage.set(stage.clientCert(), "cert.pem");
    assertThatThrownBy(() -> rows.run(stage))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("param 'clientCert' needs the param 'clientKey', and the other way round");
  }

  @Test
  void functionsHaveTheSameOptions() {
    Map<String, String> files = AUTHORITY.issue("CN=caller").write(ofClient);
    try (TestService service = service(AUTHORITY.issue("CN=server"), ClientAuth.REQUIRED)) {
      Row called =
          spark
              .range(1)
              .select(
                  HttpFunctions.httpCall(
                          HttpFunctions.httpRequest(lit("GET"), lit(service.url())),
                          Map.of(
                              "trustedPem", trusted,
                              "clientCert", files.get("tls-cert"),
                              "clientKey", files.get("tls-key")))
                      .as("called"))
              .first()
              .getStruct(0);
      assertThat(called.getStruct(0).<Integer>getAs("statusCode")).isEqualTo(200);
      assertThat(clients).containsOnly("CN=caller");
    }
  }
}
