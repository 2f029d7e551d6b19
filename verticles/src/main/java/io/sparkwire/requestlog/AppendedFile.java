package io.sparkwire.requestlog;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows at its end, by whole records: of a write that fails nothing is left, as far as
 * the file can be made shorter again. Not thread-safe.
 */
final class AppendedFile implements Closeable {

  /** Opens files, as {@link AppendedFile#open} does. */
  @FunctionalInterface
  interface Opener {
    AppendedFile open(Path path) throws IOException;
  }

  private final FileChannel channel;

  AppendedFile(FileChannel channel) {
    this.channel = channel;
  }

  /** The file, which is made if there is none. */
  static AppendedFile open(Path path) throws IOException {
    return new AppendedFile(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  @SuppressWarnings("resource") // it ends with the program
  static AppendedFile standardOutput() {
    return new AppendedFile(new FileOutputStream(FileDescriptor.out).getChannel());
  }

  void append(byte[] bytes, int length) throws IOException {
    long before = channel.size();
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      takeBack(before, rest.position());
      throw e;
    }
  }

  /** Not if another process has written behind it, such as a second node with the same file. */
  private void takeBack(long before, int written) throws IOException {
    if (written > 0 && channel.size() == before + written) {
      channel.truncate(before);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
