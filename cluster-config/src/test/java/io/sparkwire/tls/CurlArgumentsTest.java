package io.sparkwire.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurlArgumentsTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");

  @TempDir private Path directory;

  private static List<String> arguments(Map<String, String> options) {
    return CurlArguments.of(TlsOptions.of(options).orElseThrow());
  }

  @Test
  void aCertificateThatOthersSignNeedsNoArgument() {
    assertThat(arguments(AUTHORITY.issue("CN=node").write(directory))).isEmpty();
    assertThat(arguments(Map.of("tls-cert", "/none", "tls-key", "/none"))).isEmpty();
  }

  @Test
  void oneThatSignsItselfIsTrustedByItsFile() {
    String own = TestIdentity.writeTrust(directory, AUTHORITY.certificate());
    Map<String, String> options = new HashMap<>(Map.of("tls-cert", own, "tls-key", "key.pem"));
    assertThat(arguments(options)).containsExactly("--cacert", own);
    options.put("tls-client-auth", "required");
    options.put("tls-trust", own);
    assertThat(arguments(options))
        .containsExactly("--cacert", own, "--cert", "client.pem", "--key", "client-key.pem");
  }
}
