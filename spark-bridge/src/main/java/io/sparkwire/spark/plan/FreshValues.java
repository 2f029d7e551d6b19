package io.sparkwire.spark.plan;

import io.sparkwire.spark.node.SparkNode;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Unpredictable random values, and numbers that no other row gets, for generated code.
 *
 * <p>All randomness comes from the operating system, a few kilobytes at a time, so there is no seed
 * and hence no sequence that could begin again. Each attempt of a task deserializes its own object.
 * Public only because generated code is in a package of Spark. Runs on: task thread. Not
 * thread-safe.
 */
public final class FreshValues implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int BYTES_AT_A_TIME = 4_096;
  private static final String LETTERS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static final long VERSION_BITS = 0x000000000000F000L;
  private static final long VERSION_4 = 0x0000000000004000L;
  private static final long VARIANT_BITS = 0xC000000000000000L;
  private static final long VARIANT_RFC = 0x8000000000000000L;

  private transient ByteBuffer entropy;
  private transient LongSupplier ids;

  private long nextLong() {
    if (entropy == null || !entropy.hasRemaining()) {
      byte[] bytes = new byte[BYTES_AT_A_TIME];
      new SecureRandom().nextBytes(bytes);
      entropy = ByteBuffer.wrap(bytes);
    }
    return entropy.getLong();
  }

  private RandomGenerator random() {
    return this::nextLong;
  }

  /** A number from 0 to below 1. */
  public double uniform() {
    return random().nextDouble();
  }

  /** A number from the normal distribution around 0 with deviation 1. */
  public double gaussian() {
    return random().nextGaussian();
  }

  /** A UUID of version 4. */
  public UTF8String uuid() {
    long high = (nextLong() & ~VERSION_BITS) | VERSION_4;
    long low = (nextLong() & ~VARIANT_BITS) | VARIANT_RFC;
    return UTF8String.fromString(new UUID(high, low).toString());
  }

  /** So many digits and letters. */
  public UTF8String text(int length) {
    RandomGenerator random = random();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return UTF8String.fromString(text.toString());
  }

  /** The same elements in another order; null stays null. */
  public ArrayData shuffled(ArrayData array, DataType elementType) {
    if (array == null) {
      return null;
    }
    RandomGenerator random = random();
    Object[] elements = array.toObjectArray(elementType);
    for (int i = elements.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Object element = elements[i];
      elements[i] = elements[other];
      elements[other] = element;
    }
    return new GenericArrayData(elements);
  }

  /** A number that no row of this cluster gets again, greater than those of this JVM before. */
  public long uniqueId() {
    if (ids == null) {
      ids = SparkNode.ofTask().ids();
    }
    return ids.getAsLong();
  }
}
