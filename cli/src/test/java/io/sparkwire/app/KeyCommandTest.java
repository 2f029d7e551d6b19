package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.auth.Auth;
import io.sparkwire.auth.AuthOptions;
import io.sparkwire.auth.Principal;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Path file() {
    return directory.resolve("clients.json");
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of("key"));
    all.addAll(List.of(args));
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
    return new Sparkwire(Map.of(), console, new StopSignals(code -> {}))
        .run(all.toArray(String[]::new));
  }

  /** Adds a key; returns it. */
  private String add(String... args) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("--auth-file", file().toString()));
    all.addAll(List.of(args));
    assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
    return out.toString().strip();
  }

  private Principal owner(String key) {
    Map<String, String> options = Map.of("auth-file", file().toString());
    return Auth.start(vertx, AuthOptions.of(options).orElseThrow()).key(key).principal();
  }

  @Test
  void aKeyIsShownOnceAndItsDigestIsInTheFile() throws IOException {
    String alice = add("--principal", "alice", "--scopes", "serve:churn,admin");
    String bob = add("--principal", "bob", "--expires-in", "1h");
    assertThat(owner(alice).name()).isEqualTo("alice");
    assertThat(owner(alice).scopes()).containsExactlyInAnyOrder("serve:churn", "admin");
    assertThat(owner(bob).scopes()).containsExactly("serve:*");
    assertThat(Files.readString(file()))
        .doesNotContain(alice, bob, alice.substring(16), bob.substring(16));
    assertThat(err.toString()).contains(" of 'alice' to ").doesNotContain(alice);
  }

  @Test
  void theFileIsForItsUserAloneUnlessItIsThereAlready() throws IOException {
    add("--principal", "alice");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    add("--principal", "bob");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r-----");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void wrongArgumentsChangeNothing() throws IOException {
    add("--principal", "alice");
    String before = Files.readString(file());
    for (String[] wrong :
        new String[][] {
          {"--principal", "bob", "--scopes", "root"},
          {"--principal", "a\nb"},
          {"--scopes", "admin"},
          {"--principal", "bob", "--expires-in", "soon"},
        }) {
      List<String> all = new ArrayList<>(List.of("--auth-file", file().toString()));
      all.addAll(List.of(wrong));
      assertThat(run(all.toArray(String[]::new))).isNotZero();
    }
    assertThat(Files.readString(file())).isEqualTo(before);
    assertThat(err.toString())
        .contains(
            "a scope must be 'admin', 'serve:*' or 'serve:NAME', got 'root'",
            "option 'principal' is required");
  }
}
