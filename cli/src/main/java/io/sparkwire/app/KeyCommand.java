package io.sparkwire.app;

import io.sparkwire.auth.ApiKey;
import io.sparkwire.auth.ClientFile;
import io.sparkwire.auth.Principal;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command that makes an API key, and adds its digest to a file of clients.
 *
 * <p>The key itself is shown once, and stored nowhere. Runs on: its main thread.
 */
@Command(
    name = "key",
    description = "Makes an API key for a client, and adds it to the file of --auth-file.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class KeyCommand implements Callable<Integer> {

  private static final ConfigOption<String> FILE =
      ConfigOption.computed(
          "auth-file",
          OptionType.texts("FILE", file -> !file.isBlank(), "a file"),
          "none",
          "File of clients, which is made if there is none");

  private static final ConfigOption<String> PRINCIPAL =
      ConfigOption.computed(
          "principal",
          OptionType.texts("NAME", name -> !name.isBlank(), "a name"),
          "none",
          "Name of the client, which pipelines get");

  private static final ConfigOption<List<String>> SCOPES =
      ConfigOption.of(
          "scopes",
          OptionType.lists("SCOPE", "serve:NAME, serve:* or admin"),
          "serve:*",
          "What it may do: serve:NAME, serve:* or admin");

  private static final ConfigOption<Duration> EXPIRES =
      ConfigOption.computed(
          "expires-in", OptionType.durations("1s"), "never", "How long the key is of use");

  @Mixin
  private final OptionArguments arguments =
      new OptionArguments(List.of(FILE, PRINCIPAL, SCOPES, EXPIRES));

  @Spec private CommandSpec spec;

  private final Console console;
  private final InstantSource clock = InstantSource.system();

  KeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path file = Path.of(Usage.checked(spec, () -> required(FILE)));
    String name = Usage.checked(spec, () -> required(PRINCIPAL));
    Principal client = new Principal(name, Set.copyOf(SCOPES.from(arguments.options())));
    Duration time = EXPIRES.from(arguments.options(), Duration.ZERO);
    ApiKey key = ApiKey.random(new SecureRandom());
    Buffer content = Files.exists(file) ? Buffer.buffer(Files.readAllBytes(file)) : null;
    write(
        file,
        ClientFile.withKey(
            content, key, client, time.isZero() ? null : clock.instant().plus(time)));
    console.err().println("Added key " + key.id() + " of '" + name + "' to " + file + ". The key:");
    console.err().flush();
    console.out().println(key.text());
    return spec.exitCodeOnSuccess();
  }

  private String required(ConfigOption<String> option) {
    return arguments
        .options()
        .text(option)
        .map(option::read)
        .orElseThrow(
            () -> new IllegalArgumentException("option '" + option.name() + "' is required"));
  }

  /** Replaces the file as a whole: a node that reads it meanwhile gets the old or the new one. */
  private static void write(Path file, Buffer content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path whole =
        Files.createTempFile(
            directory,
            ".clients",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(whole, content.getBytes());
    if (Files.exists(file)) {
      Files.setPosixFilePermissions(whole, Files.getPosixFilePermissions(file));
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
