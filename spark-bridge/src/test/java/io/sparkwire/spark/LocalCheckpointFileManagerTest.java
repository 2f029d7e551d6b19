package io.sparkwire.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;
import org.apache.spark.sql.execution.streaming.checkpointing.FileContextBasedCheckpointFileManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointFileManagerTest {

  @TempDir java.nio.file.Path directory;
  private CheckpointFileManager own;

  @BeforeEach
  void asSparkMakesIt() {
    Configuration hadoop = new Configuration();
    hadoop.set(LocalCheckpointFileManager.SETTING, LocalCheckpointFileManager.class.getName());
    own = CheckpointFileManager.create(root(), hadoop);
  }

  private Path root() {
    return new Path(directory.toUri());
  }

  private static void write(CheckpointFileManager manager, Path file, String text)
      throws IOException {
    try (CancellableFSDataOutputStream out = manager.createAtomic(file, true)) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private static String read(CheckpointFileManager manager, Path file) throws IOException {
    try (FSDataInputStream in = manager.open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private String[] names() {
    return directory.toFile().list();
  }

  @Test
  void aFileIsThereOnceItIsComplete() throws IOException {
    CancellableFSDataOutputStream out = own.createAtomic(new Path(root(), "7"), false);
    out.write("v1".getBytes(UTF_8));
    assertThat(names()).hasSize(1).doesNotContain("7");

    out.close();

    assertThat(names()).containsExactly("7");
    assertThat(read(own, new Path(root(), "7"))).isEqualTo("v1");
  }

  @Test
  void aFileThatIsGivenUpLeavesNothing() throws IOException {
    CancellableFSDataOutputStream out = own.createAtomic(new Path(root(), "7"), false);
    out.write("v1".getBytes(UTF_8));

    out.cancel();

    assertThat(names()).isEmpty();
  }

  @Test
  void aFileOfAnotherWriterStays() throws IOException {
    Path file = new Path(root(), "7");
    CancellableFSDataOutputStream late = own.createAtomic(file, false);
    write(own, file, "first");

    assertThatThrownBy(late::close).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(own, file)).isEqualTo("first");
  }

  @Test
  void aFileIsReplacedWhereThatIsMeant() throws IOException {
    Path file = new Path(root(), "7");
    write(own, file, "first");

    write(own, file, "second");

    assertThat(read(own, file)).isEqualTo("second");
  }

  @Test
  void checkpointsOfSparksManagerGoOn() throws IOException {
    CheckpointFileManager sparks =
        new FileContextBasedCheckpointFileManager(root(), new Configuration());
    Path kept = new Path(root(), "7");
    Path replaced = new Path(root(), "8");
    write(sparks, kept, "first");
    write(sparks, replaced, "first");

    write(own, replaced, "second, and longer");

    assertThat(read(own, kept)).isEqualTo("first");
    assertThat(read(own, replaced)).isEqualTo("second, and longer");
    assertThat(read(sparks, replaced)).isEqualTo("second, and longer");
  }

  @Test
  void aMissingDirectoryIsReported() {
    Path file = new Path(new Path(root(), "gone"), "7");

    assertThatThrownBy(() -> own.createAtomic(file, false)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void otherFileSystemsAreLeftToSpark() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.viewfs.mounttable.any.link./checkpoints", directory.toUri().toString());
    Path file = new Path("viewfs://any/checkpoints/7");
    CheckpointFileManager manager = new LocalCheckpointFileManager(file.getParent(), hadoop);

    write(manager, file, "v1");

    assertThat(read(manager, file)).isEqualTo("v1");
    assertThat(names()).contains("7");
  }
}
