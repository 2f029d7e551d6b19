package io.sparkwire.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSecretFileTest {

  private static final String SECRET = "0123456789abcdef";

  @TempDir private Path directory;

  private ClusterSecret read(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), content);
    return ClusterSecret.read("cluster-secret-file", file.toString());
  }

  private static List<String> keys(ClusterSecret secret) {
    return secret.derive("a purpose", 8).stream().map(HexFormat.of()::formatHex).toList();
  }

  /** All nodes of all releases derive the same, so these bytes never change. */
  @Test
  void aKeyIsDerivedBySecretAndPurpose() throws IOException {
    assertThat(keys(read(SECRET))).containsExactly("8334cb8d92153235");
    assertThat(read(SECRET).derive("another", 8))
        .doesNotContainSequence(read(SECRET).derive("a purpose", 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {SECRET + "\n", SECRET + "\r\n", "\n" + SECRET, "  " + SECRET + " \n\n"})
  void lineEndsAndBlanksAroundASecretDoNotCount(String content) throws IOException {
    assertThat(keys(read(content))).isEqualTo(keys(read(SECRET)));
  }

  @Test
  void eachLineIsASecretAndTheFirstOneComesFirst() throws IOException {
    String next = "another secret of 16 bytes";

    assertThat(keys(read(next + "\n" + SECRET + "\n" + next)))
        .containsExactly(keys(read(next)).get(0), keys(read(SECRET)).get(0));
  }

  @Test
  void aSecretThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> read(SECRET + "\n0123456789abcde\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "option 'cluster-secret-file': file '"
                + directory.resolve("secret")
                + "' must have secrets of at least 16 bytes, got 15 bytes");
  }

  @Test
  void aFileWithoutASecretIsRefused() {
    assertThatThrownBy(() -> read("\n \n"))
        .hasMessageEndingWith("must have 1 to 4 secrets, one on each line, got 0");
    assertThatThrownBy(
            () ->
                read((SECRET + "\n1" + SECRET + "\n2" + SECRET + "\n3" + SECRET + "\n4" + SECRET)))
        .hasMessageEndingWith("must have 1 to 4 secrets, one on each line, got 5");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ClusterSecret.read("cluster-secret-file", "nowhere"))
        .hasMessage("option 'cluster-secret-file' must be a file, but there is no 'nowhere'");
  }

  @Test
  void noTextOfItShowsASecret() throws IOException {
    assertThat(read(SECRET).toString()).doesNotContain(SECRET);
  }
}
