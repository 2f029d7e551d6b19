package io.sparkwire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys and tokens, with files that change and an issuer that is asked over HTTP. */
class AuthTest {

  private static final TestIssuer ISSUER = TestIssuer.of("one");

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Auth start(Map<String, String> options) {
    return Auth.start(vertx, AuthOptions.of(options).orElseThrow(), now::get);
  }

  private static Verdict verdict(Auth auth, String text) {
    try {
      return auth.bearer(text).await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysThatAreAddedAndRemovedAreNoticed() {
    TestClients clients = new TestClients(directory);
    String first = clients.add("alice", "serve:s");
    Auth auth = start(clients.options());
    assertThat(verdict(auth, first).principal().name()).isEqualTo("alice");
    String second = clients.add("bob", "serve:s");
    clients.remove("alice");
    await().until(() -> verdict(auth, second).isKnown() && !verdict(auth, first).isKnown());
  }

  @Test
  void aTokenNamesItsSubjectAndItsScopes() {
    Auth auth = start(ISSUER.options(directory));
    String token = ISSUER.sign(TestIssuer.claims("carol", "openid serve:iris admin"));
    Principal carol = verdict(auth, token).principal();
    assertThat(carol.name()).isEqualTo("carol");
    assertThat(carol.scopes()).containsExactlyInAnyOrder("serve:iris", "admin");
    assertThat(verdict(auth, token).principal()).isEqualTo(carol); // from what is kept
  }

  @Test
  void scopesMayBeAnArrayOfAnotherClaim() {
    Map<String, String> options = new HashMap<>(ISSUER.options(directory));
    options.put("auth-jwt-scope-claim", "roles");
    JsonObject claims = TestIssuer.claims("carol", "admin");
    claims.put("roles", new JsonArray().add("serve:iris").add(7));
    assertThat(verdict(start(options), ISSUER.sign(claims)).principal().scopes())
        .containsExactly("serve:iris");
  }

  @Test
  void aTokenIsOfUseForItsTimeAndTheSkew() {
    Auth auth = start(ISSUER.options(directory));
    Instant end = Instant.ofEpochSecond(now.get().getEpochSecond() + 100);
    JsonObject claims =
        TestIssuer.claims("carol", "admin")
            .put("nbf", end.getEpochSecond() - 10)
            .put("exp", end.getEpochSecond());
    String token = ISSUER.sign(claims);
    now.set(end.minusSeconds(71));
    assertThat(verdict(auth, token).refusal()).isEqualTo(Tokens.EARLY);
    now.set(end.minusSeconds(70));
    assertThat(verdict(auth, token).isKnown()).isTrue();
    now.set(end.plusSeconds(60).minusMillis(1));
    assertThat(verdict(auth, token).isKnown()).isTrue();
    now.set(end.plusSeconds(60));
    assertThat(verdict(auth, token).refusal()).isEqualTo(Tokens.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'iss':'https://other.example/'}",
        "{'iss':null}",
        "{'aud':'other'}",
        "{'aud':['other','more']}",
        "{'aud':null}",
        "{'aud':7}",
        "{'exp':null}",
        "{'exp':'never'}",
        "{'exp':1e300}",
        "{'exp':9223372036854775807}",
        "{'nbf':'now'}",
        "{'sub':null}",
        "{'sub':''}",
        "{'sub':7}",
        "{'sub':'a\\nb'}",
      })
  void aClaimThatIsNotWhatItMustBeIsRefused(String change) {
    Auth auth = start(ISSUER.options(directory));
    JsonObject claims = TestIssuer.claims("carol", "admin");
    claims.mergeIn(new JsonObject(change.replace('\'', '"')));
    assertThat(verdict(auth, ISSUER.sign(claims)).refusal()).isEqualTo(Tokens.INVALID);
    String good = ISSUER.sign(TestIssuer.claims("carol", "admin"));
    assertThat(verdict(auth, good).isKnown()).isTrue();
  }

  @Test
  void aTokenThatTheIssuerHasNotSignedIsRefused() {
    Auth auth = start(ISSUER.options(directory));
    JsonObject claims = TestIssuer.claims("carol", "admin");
    String good = ISSUER.sign(claims);
    String[] parts = good.split("\\.", -1);
    String head = TestIssuer.base64(new JsonObject().put("alg", "none"));
    String hmac = TestIssuer.base64(new JsonObject().put("alg", "HS256").put("kid", "one"));
    for (String wrong :
        new String[] {
          TestIssuer.of("one").sign(claims),
          head + "." + parts[1],
          head + "." + parts[1] + ".",
          head + "." + parts[1] + "." + parts[2],
          hmac + "." + parts[1] + "." + parts[2],
          parts[0] + "." + TestIssuer.base64(claims.copy().put("sub", "root")) + "." + parts[2],
          parts[0] + "." + parts[1],
          parts[0] + "." + parts[1] + ".",
          good + "." + parts[2],
          "x",
          "..",
          "a.b.c",
          good + "x".repeat(20_000)
        }) {
      assertThat(verdict(auth, wrong).refusal()).as(wrong).isEqualTo(Tokens.INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'keys':[]}",
        "{'keys':[{'kty':'oct','k':'c2VjcmV0','alg':'HS256'}]}",
        "{'keys':[{'kty':'RSA','n':'x'}]}",
        "{'keys':[7]}",
        "[]",
        "keys"
      })
  void aKeySetWithoutPublicKeysIsRefusedAtTheStart(String set) throws Exception {
    Path file = directory.resolve("jwks.json");
    Files.writeString(file, set.replace('\'', '"'));
    assertThatThrownBy(() -> start(TestIssuer.options(file.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the key set");
  }

  @Test
  void keysAtAnUrlAreFetchedAgainWhenATokenNamesAnotherOne() {
    AtomicReference<String> keys = new AtomicReference<>(TestIssuer.jwks(ISSUER));
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  asked.incrementAndGet();
                  request.response().end(keys.get());
                })
            .listen(0, "127.0.0.1")
            .await();
    Auth auth = start(TestIssuer.options("http://127.0.0.1:" + server.actualPort() + "/keys"));
    JsonObject claims = TestIssuer.claims("carol", "admin");
    assertThat(verdict(auth, ISSUER.sign(claims)).isKnown()).isTrue();
    TestIssuer next = TestIssuer.of("two");
    keys.set(TestIssuer.jwks(ISSUER, next));
    assertThat(verdict(auth, next.sign(claims)).isKnown()).isFalse(); // they are new enough
    assertThat(asked).hasValue(1);
    now.set(now.get().plusSeconds(10));
    assertThat(verdict(auth, next.sign(claims)).isKnown()).isTrue();
    assertThat(verdict(auth, ISSUER.sign(claims)).isKnown()).isTrue();
    assertThat(asked).hasValue(2);
    keys.set("no keys");
    now.set(now.get().plusSeconds(10));
    assertThat(verdict(auth, TestIssuer.of("three").sign(claims)).isKnown()).isFalse();
    assertThat(verdict(auth, next.sign(claims)).isKnown()).isTrue();
    keys.set(TestIssuer.jwks(next)); // the first key is withdrawn
    now.set(now.get().plusSeconds(10));
    assertThat(verdict(auth, TestIssuer.of("three").sign(claims)).isKnown()).isFalse();
    assertThat(verdict(auth, ISSUER.sign(claims)).isKnown()).isFalse();
    assertThat(verdict(auth, next.sign(claims)).isKnown()).isTrue();
  }

  @Test
  void anIssuerThatDoesNotAnswerStopsTheStart() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().setStatusCode(404).end())
            .listen(0, "127.0.0.1")
            .await();
    String url = "http://127.0.0.1:" + server.actualPort() + "/keys";
    assertThatThrownBy(() -> start(TestIssuer.options(url)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no keys at '" + url + "': got status 404");
  }
}
