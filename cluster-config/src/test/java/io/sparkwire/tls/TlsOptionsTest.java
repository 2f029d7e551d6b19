package io.sparkwire.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsOptionsTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");

  @TempDir private Path directory;

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> all = new HashMap<>(some);
    all.put(name, value);
    return all;
  }

  private static TlsOptions options(Map<String, String> values) {
    return TlsOptions.of(values).orElseThrow();
  }

  private static void refused(Map<String, String> values, String why) {
    assertThatThrownBy(() -> TlsOptions.of(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static void unusable(Map<String, String> values, String why) {
    TlsOptions options = options(values);
    assertThatThrownBy(() -> Tls.check(options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why);
  }

  @Test
  void withoutAnyOptionThereIsClearText() {
    assertThat(TlsOptions.of(Map.of())).isEmpty();
  }

  @Test
  void theDefaultsAreTheIntermediateProfileAndNoCertificatesOfClients() {
    TlsOptions options = options(Map.of("tls-cert", "c", "tls-key", "k"));
    assertThat(options.profile().protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    assertThat(options.profile().ciphers())
        .isEqualTo(TlsProfile.INTERMEDIATE)
        .allMatch(name -> name.contains("GCM") || name.contains("POLY1305"))
        .allMatch(name -> name.startsWith("TLS_ECDHE_") || !name.contains("_WITH_"));
    assertThat(options.clients()).isEqualTo(ClientCertificates.OFF);
  }

  @ParameterizedTest
  @CsvSource({
    "tls-cert=c, option 'tls-cert' needs the option 'tls-key'",
    "tls-key=k, option 'tls-cert' needs the option 'tls-key'",
    "tls-keystore=s, option 'tls-keystore' needs the option 'tls-keystore-password-file'",
    "tls-trust=t, 'give ''tls-cert'' and ''tls-key'', or ''tls-keystore'''",
    "tls-cert=c;tls-key=k;tls-keystore=s;tls-keystore-password-file=p, or 'tls-keystore'",
    "tls-cert=c;tls-key=k;tls-client-auth=required, option 'tls-client-auth' needs",
    "tls-cert=c;tls-key=k;tls-client-auth=maybe, off or optional or required",
    "tls-cert=c;tls-key=k;tls-protocols=TLSv1.1, must be TLSv1.2 or TLSv1.3",
    "tls-cert=c;tls-key=k;tls-ciphers=RC4, must be a cipher suite of this JVM",
    "tls-cert=c;tls-key=k;tls-ciphers=TLS_AES_128_GCM_SHA256, one for each version of TLS",
    "tls-cert=c;tls-key=k;tls-certs=c, unknown option 'tls-certs'"
  })
  void whatDoesNotGoTogetherIsRefused(String given, String why) {
    Map<String, String> values = new HashMap<>();
    for (String option : given.split(";", -1)) {
      int equals = option.indexOf('=');
      values.put(option.substring(0, equals), option.substring(equals + 1));
    }
    refused(values, why);
  }

  @Test
  void oneVersionNeedsSuitesOfItAlone() {
    Map<String, String> values =
        Map.of("tls-cert", "c", "tls-key", "k", "tls-protocols", "TLSv1.3");
    assertThat(options(with(values, "tls-ciphers", "TLS_AES_256_GCM_SHA384")).profile())
        .isEqualTo(new TlsProfile(List.of("TLSv1.3"), List.of("TLS_AES_256_GCM_SHA384")));
  }

  @ParameterizedTest
  @CsvSource({"EC", "RSA"})
  void pemFilesAndAKeyStoreAreRead(String type) {
    TestIdentity node = AUTHORITY.issue("CN=node", type);
    Tls.check(options(node.write(directory)));
    Tls.check(options(node.writeStore(directory)));
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Map<String, String> values = AUTHORITY.issue("CN=node").write(directory);
    unusable(
        with(values, "tls-key", "/none/key.pem"),
        "option 'tls-key' must be a file, but there is no '/none/key.pem'");
  }

  @Test
  void aKeyOfAnotherCertificateIsNotUsed() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    String key = AUTHORITY.issue("CN=other").write(other).get("tls-key");
    unusable(
        with(AUTHORITY.issue("CN=node").write(directory), "tls-key", key),
        "the private key is not that of the certificate");
  }

  @Test
  void anExpiredCertificateIsNotUsed() {
    unusable(AUTHORITY.issueExpired("CN=node").write(directory), "NotAfter");
  }

  @Test
  void aWrongPasswordAndAnEmptyBundleAreNotUsed() throws Exception {
    Map<String, String> store = AUTHORITY.issue("CN=node").writeStore(directory);
    Path empty = Files.writeString(directory.resolve("empty"), "");
    unusable(with(store, "tls-keystore-password-file", empty.toString()), "password");
    unusable(with(store, "tls-trust", empty.toString()), "there are no certificates to trust");
  }
}
