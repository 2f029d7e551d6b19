package io.sparkwire.onnx;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.onnx.session.NetworkId;
import io.sparkwire.onnx.session.NetworkSignature;
import io.sparkwire.onnx.session.SessionSettings;
import io.sparkwire.onnx.session.Sessions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * The network of a stage on the driver. Executors get it once, whatever number of plans has it.
 *
 * <p>Thread-safe.
 */
final class NetworkFile {

  private final byte[] bytes;
  private final String digest;
  private final NetworkSignature signature;

  @GuardedBy("this")
  private SparkContext context;

  @GuardedBy("this")
  private Broadcast<byte[]> sent;

  /**
   * @throws IllegalArgumentException if it is none that ONNX Runtime can compute; says why
   */
  NetworkFile(byte[] bytes) {
    this.bytes = bytes;
    this.digest = digest(bytes);
    this.signature = Sessions.signature(bytes);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  NetworkSignature signature() {
    return signature;
  }

  NetworkId id(SessionSettings settings) {
    return new NetworkId(digest, settings);
  }

  /** Its bytes for the executors of a session. */
  synchronized Broadcast<byte[]> sent(SparkSession session) {
    if (context != session.sparkContext()) {
      context = session.sparkContext();
      sent = JavaSparkContext.fromSparkContext(context).broadcast(bytes);
    }
    return sent;
  }
}
