package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The metadata of saved stages as Spark reads them, from any file system of Hadoop.
 *
 * <p>Spark takes the first line of any file in the directory, and which file is the first depends
 * on their sizes. So there must be only one line in all of them. Immutable.
 */
record StageFiles(Configuration hadoop) {

  /** Metadata of Spark have some kilobytes. */
  private static final int MOST_BYTES = 64 << 20;

  List<FileStatus> list(Path directory) throws IOException {
    return Stream.of(directory.getFileSystem(hadoop).listStatus(directory)).sorted().toList();
  }

  /**
   * The metadata in a directory, or in a file.
   *
   * @throws IOException if Spark could read several of them, or they are no JSON
   */
  StageMetadata metadata(FileStatus place) throws IOException {
    List<String> lines = new ArrayList<>();
    for (FileStatus file : place.isDirectory() ? list(place.getPath()) : List.of(place)) {
      if (!file.isFile()) {
        throw new IOException("'" + file.getPath().getName() + "' in it is no file");
      }
      if (isRead(file.getPath().getName())) {
        text(file.getPath()).lines().filter(line -> !line.isBlank()).forEach(lines::add);
      }
    }
    if (lines.size() != 1) {
      throw new IOException("one line is expected, got " + lines.size());
    }
    try {
      return StageMetadata.parse(lines.get(0));
    } catch (IOException e) {
      throw new IOException("its line is no JSON that all read alike: " + FirstLine.of(e), e);
    }
  }

  /** Whether Spark may read a file of such a name. */
  private static boolean isRead(String name) {
    return !name.startsWith(".") && !name.matches("_(SUCCESS|committed_|started_)[^=]*");
  }

  /** The text of a file, decompressed as the end of its name says. */
  String text(Path file) throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream stored = files.open(file);
        InputStream content = codec == null ? stored : codec.createInputStream(stored)) {
      byte[] bytes = content.readNBytes(MOST_BYTES);
      if (content.read() != -1) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      return IOUtils.toString(bytes, StandardCharsets.UTF_8.name());
    }
  }
}
