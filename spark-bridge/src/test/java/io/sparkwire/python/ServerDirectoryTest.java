package io.sparkwire.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerDirectoryTest {

  private static final int LONGEST_SOCKET = 103;

  @TempDir private Path temporary;

  @Test
  void itHasTheProgramAndOnlyItsOwnerEntersIt() throws IOException {
    ServerDirectory directory = ServerDirectory.create(temporary);
    assertThat(directory.path()).hasParent(temporary);
    assertThat(directory.program()).content().contains("Usage: sparkwire_worker.py VERSION");
    assertThat(directory.path().resolve("sparkwire_functions.py")).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
        .isEqualTo("rwx------");
  }

  @Test
  void aPathThatIsTooLongForASocketIsReplaced() throws IOException {
    Path longer = Files.createDirectories(temporary.resolve("application_".repeat(8)));
    ServerDirectory directory = ServerDirectory.create(longer);
    assertThat(directory.path()).hasParent(Path.of("/tmp"));
    assertThat(directory.socket().toString()).hasSizeLessThanOrEqualTo(LONGEST_SOCKET);
    directory.delete();
  }

  @Test
  void itIsDeletedWithAllThatIsInIt() throws IOException {
    ServerDirectory directory = ServerDirectory.create(temporary);
    Files.createDirectory(directory.path().resolve("__pycache__"));
    Files.writeString(directory.path().resolve("__pycache__/x.pyc"), "");
    directory.delete();
    assertThat(directory.path()).doesNotExist();
    directory.delete();
  }
}
