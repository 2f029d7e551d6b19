package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** The files of saved models: of this machine, or where Spark reads them. Immutable. */
interface SavedFiles {

  /** The name of a file with metadata, of which Spark writes one. */
  String PART = "part-.*(?<!\\.crc)";

  /** Files that Hadoop's codecs decompress. */
  Pattern COMPRESSED = Pattern.compile(".*\\.(gz|bz2|deflate|zst|lz4|snappy)");

  /** The text of the first part in a directory. */
  String firstPart(String directory) throws IOException;

  /**
   * The text of a file; empty if there is none.
   *
   * @throws IllegalStateException if it is there, but cannot be read
   */
  Optional<String> text(String file);

  /** A directory as Spark has to be told of it. */
  String address(String directory);

  /** A directory or file below a directory. */
  default String below(String directory, String name) {
    return directory + "/" + name;
  }

  /** A path of this machine as an address of Hadoop, which does not decode what a URI escapes. */
  static String ofThisMachine(Path path) {
    return "file://" + path.toAbsolutePath();
  }

  /** Those of this machine, which it takes no Spark to read. */
  static SavedFiles local() {
    return new Local();
  }

  /** Those of every file system that Hadoop knows. */
  static SavedFiles of(Configuration hadoop) {
    return new Remote(hadoop);
  }

  private static IllegalStateException unreadable(String file, IOException e) {
    return new IllegalStateException("cannot read '" + file + "': " + FirstLine.of(e), e);
  }

  private static IOException nothing() {
    return new IOException("it has no file part-… in it");
  }

  /** Files of this machine. */
  record Local() implements SavedFiles {
    @Override
    public String firstPart(String directory) throws IOException {
      try (Stream<Path> files = Files.list(Path.of(directory))) {
        Path part =
            files
                .filter(file -> file.getFileName().toString().matches(PART))
                .sorted()
                .findFirst()
                .orElseThrow(SavedFiles::nothing);
        return isCompressed(part)
            ? new StageFiles(new Configuration())
                .text(new org.apache.hadoop.fs.Path(ofThisMachine(part)))
            : Files.readString(part);
      }
    }

    private static boolean isCompressed(Path part) {
      return COMPRESSED.matcher(part.toString()).matches();
    }

    @Override
    public Optional<String> text(String file) {
      try {
        return Files.isRegularFile(Path.of(file))
            ? Optional.of(Files.readString(Path.of(file)))
            : Optional.empty();
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }

    @Override
    public String address(String directory) {
      return ofThisMachine(Path.of(directory));
    }
  }

  /** Files that Hadoop reads. */
  record Remote(Configuration hadoop) implements SavedFiles {
    @Override
    public String firstPart(String directory) throws IOException {
      var path = new org.apache.hadoop.fs.Path(directory);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus part =
          Stream.of(files.listStatus(path))
              .filter(file -> file.getPath().getName().matches(PART))
              .min(Comparator.comparing(FileStatus::getPath))
              .orElseThrow(SavedFiles::nothing);
      return new StageFiles(hadoop).text(part.getPath());
    }

    @Override
    public Optional<String> text(String file) {
      var path = new org.apache.hadoop.fs.Path(file);
      try {
        FileSystem files = path.getFileSystem(hadoop);
        return files.exists(path) ? Optional.of(read(files, path)) : Optional.empty();
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }

    private static String read(FileSystem files, org.apache.hadoop.fs.Path path)
        throws IOException {
      try (FSDataInputStream content = files.open(path)) {
        return IOUtils.toString(content, StandardCharsets.UTF_8);
      }
    }

    @Override
    public String address(String directory) {
      return directory;
    }
  }
}
