package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.message.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/**
 * Messages as bodies have them: a byte that says whether a message is compressed, its length in
 * four bytes, and the message. Stateless.
 */
final class GrpcMessages {

  /** What precedes each message, in bytes. */
  static final int PREFIX_BYTES = 5;

  private static final int COMPRESSED = 1;

  private GrpcMessages() {}

  /** A message with its prefix, not compressed. */
  static byte[] of(MessageLite message) {
    int length = message.getSerializedSize();
    byte[] bytes = new byte[PREFIX_BYTES + length];
    ByteBuffer.wrap(bytes).put((byte) 0).putInt(length);
    try {
      message.writeTo(CodedOutputStream.newInstance(bytes, PREFIX_BYTES, length));
    } catch (IOException e) { // of writing to an array
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /**
   * The one message of a body.
   *
   * @param sent the body, to which the message may refer
   * @param gzip whether a compressed message is, by the header fields, one of gzip
   * @param most how many bytes a message may have that was compressed
   */
  static ByteString only(byte[] sent, boolean gzip, long most) throws BadBodyException {
    if (sent.length < PREFIX_BYTES) {
      throw BadBodyException.malformed(
          "a message has a prefix of " + PREFIX_BYTES + " bytes, got " + sent.length + " bytes");
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(sent).getInt(1));
    int got = sent.length - PREFIX_BYTES;
    if (length != got) {
      throw BadBodyException.malformed(
          "a call must have one message, whose prefix says " + length + " bytes, got " + got);
    }
    if (!isCompressed(sent)) {
      return UnsafeByteOperations.unsafeWrap(ByteBuffer.wrap(sent, PREFIX_BYTES, got));
    }
    return decompressed(sent, gzip, most);
  }

  private static boolean isCompressed(byte[] sent) throws BadBodyException {
    if (sent[0] < 0 || sent[0] > COMPRESSED) {
      throw BadBodyException.malformed("the first byte of a message is 0 or 1, got " + sent[0]);
    }
    return sent[0] == COMPRESSED;
  }

  private static ByteString decompressed(byte[] sent, boolean gzip, long most)
      throws BadBodyException {
    if (!gzip) {
      throw BadBodyException.malformed(
          "the message is marked as compressed, but grpc-encoding says nothing of that");
    }
    int enough = (int) Math.min(most + 1, Integer.MAX_VALUE);
    byte[] plain;
    try (InputStream in = gunzip(sent, sent.length)) {
      plain = in.readNBytes(enough);
    } catch (IOException e) {
      throw BadBodyException.malformed("the message is not one of gzip: " + e.getMessage());
    }
    if (plain.length > most) {
      throw tooLarge(most);
    }
    return UnsafeByteOperations.unsafeWrap(plain);
  }

  static BadBodyException tooLarge(long most) {
    return new BadBodyException(
        FailureCode.BODY_TOO_LARGE,
        "the message may have " + most + " bytes at most; send less at a time");
  }

  /** The first bytes of a message of which not all may be there. */
  static InputStream begun(byte[] sent) throws BadBodyException, IOException {
    return isCompressed(sent)
        ? gunzip(sent, sent.length)
        : new ByteArrayInputStream(sent, PREFIX_BYTES, sent.length - PREFIX_BYTES);
  }

  private static InputStream gunzip(byte[] sent, int to) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(sent, PREFIX_BYTES, to - PREFIX_BYTES));
  }
}
