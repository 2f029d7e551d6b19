package io.sparkwire.secret;

import io.sparkwire.log.Event;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values that are encrypted and authenticated by AES-256-GCM, under a key of this process that they
 * bring along, wrapped once under each secret. Thread-safe.
 */
public final class SealedValues implements ValueSeal {

  /*
   * A value is: a head, a number of 8 bytes, the ciphertext with its tag of 16 bytes.
   * The head is the same for all values of a process: version (1 byte), how many secrets (1 byte),
   * and for each of them the id of its key (4 bytes), a random nonce (12 bytes), and the key of the
   * process, encrypted under the key of that secret (32 bytes and 16 of the tag).
   *
   * - The number is never used twice under a key: it counts, and the key dies with the process. So
   *   there is no limit on the number of values, as there would be with random nonces.
   * - A node that knows any one of the secrets opens it. So nodes that have the next secret besides
   *   the old one, and nodes that do not have it yet, read what the others write.
   * - What is authenticated besides: the head, and the place. The same bytes elsewhere do not open.
   */

  private static final Logger LOG = LoggerFactory.getLogger(SealedValues.class);
  private static final String PURPOSE = "values";
  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int TAG_BYTES = TAG_BITS / Byte.SIZE;
  private static final int WRAPPED_BYTES = KEY_BYTES + TAG_BYTES;
  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final List<WrappingKey> secrets;
  private final SecretKeySpec own;
  private final byte[] head;
  private final AtomicLong number = new AtomicLong();
  private final AtomicLong unlogged = new AtomicLong();
  private final AtomicLong lastLogged;
  private final LongSupplier nanoTime;
  private final Logger log;

  /** The key of one secret, under which keys of processes are encrypted. */
  private record WrappingKey(int id, SecretKeySpec key) {}

  public SealedValues(ClusterSecret secret) {
    this(secret, new SecureRandom(), System::nanoTime, LOG);
  }

  SealedValues(ClusterSecret secret, SecureRandom random, LongSupplier nanoTime, Logger log) {
    this.secrets =
        secret.derive(PURPOSE, KEY_ID_BYTES + KEY_BYTES).stream()
            .map(SealedValues::wrappingKey)
            .toList();
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    this.own = aes(key);
    this.head = head(key, random);
    this.nanoTime = nanoTime;
    this.lastLogged = new AtomicLong(nanoTime.getAsLong() - LOG_NANOS);
    this.log = log;
  }

  private static WrappingKey wrappingKey(byte[] derived) {
    return new WrappingKey(
        ByteBuffer.wrap(derived).getInt(),
        aes(Arrays.copyOfRange(derived, KEY_ID_BYTES, derived.length)));
  }

  private static SecretKeySpec aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private byte[] head(byte[] key, SecureRandom random) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 + secrets.size() * (KEY_ID_BYTES + NONCE_BYTES + WRAPPED_BYTES));
    bytes.put(VERSION).put((byte) secrets.size());
    for (WrappingKey secret : secrets) {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, secret.key(), nonce);
      bytes.putInt(secret.id()).put(nonce).put(finish(cipher, key, 0, key.length));
    }
    return bytes.array();
  }

  @Override
  public byte[] seal(byte[] value, String... place) {
    long next = number.incrementAndGet();
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, own, nonce(next));
    cipher.updateAAD(head);
    cipher.updateAAD(bytes(place));
    int start = head.length + Long.BYTES;
    byte[] sealed = new byte[start + cipher.getOutputSize(value.length)];
    ByteBuffer.wrap(sealed).put(head).putLong(next);
    try {
      cipher.doFinal(value, 0, value.length, sealed, start);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("there is room for it", e);
    }
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, String... place) {
    byte[] value = opened(sealed, place);
    if (value == null) {
      dropped(place[0]);
    }
    return value;
  }

  @Override
  public String sealText(String text, String... place) {
    return Base64.getEncoder().encodeToString(seal(text.getBytes(StandardCharsets.UTF_8), place));
  }

  @Override
  public String openText(String sealed, String... place) {
    byte[] text = open(bytesOf(sealed), place);
    return text == null ? null : new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] bytesOf(String sealed) {
    try {
      return Base64.getDecoder().decode(sealed);
    } catch (IllegalArgumentException e) { // then it is none of ours
      return new byte[0];
    }
  }

  private byte[] opened(byte[] sealed, String... place) {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    try {
      SecretKeySpec key = in.get() == VERSION ? unwrap(in) : null;
      if (key == null) {
        return null;
      }
      int headLength = in.position();
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce(in.getLong()));
      if (in.remaining() < TAG_BYTES) {
        return null;
      }
      cipher.updateAAD(sealed, 0, headLength);
      cipher.updateAAD(bytes(place));
      return finish(cipher, sealed, in.position(), in.remaining());
    } catch (BufferUnderflowException e) { // it is cut off
      return null;
    }
  }

  /** The key of the process that has sealed a value; null if it knew none of our secrets. */
  private SecretKeySpec unwrap(ByteBuffer in) {
    SecretKeySpec found = null;
    for (int left = in.get(); left > 0; left--) {
      int id = in.getInt();
      byte[] nonce = new byte[NONCE_BYTES];
      byte[] wrapped = new byte[WRAPPED_BYTES];
      in.get(nonce).get(wrapped);
      for (WrappingKey secret : secrets) {
        if (found == null && secret.id() == id) {
          Cipher cipher = cipher(Cipher.DECRYPT_MODE, secret.key(), nonce);
          byte[] key = finish(cipher, wrapped, 0, wrapped.length);
          found = key == null ? null : aes(key);
        }
      }
    }
    return found;
  }

  private static byte[] nonce(long number) {
    return ByteBuffer.allocate(NONCE_BYTES).putLong(NONCE_BYTES - Long.BYTES, number).array();
  }

  /** Each part with its length, so that no two places have the same bytes. */
  private static byte[] bytes(String... place) {
    int size = 0;
    byte[][] parts = new byte[place.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = place[i].getBytes(StandardCharsets.UTF_8);
      size += Integer.BYTES + parts[i].length;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return all.array();
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has AES-GCM", e);
    }
  }

  /** The result; null if it is not authentic. */
  private static byte[] finish(Cipher cipher, byte[] bytes, int start, int length) {
    try {
      return cipher.doFinal(bytes, start, length);
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /** A line in the log, but no more than one in a minute. */
  private void dropped(String map) {
    long times = unlogged.incrementAndGet();
    long now = nanoTime.getAsLong();
    long last = lastLogged.get();
    if (now - last >= LOG_NANOS && lastLogged.compareAndSet(last, now)) {
      unlogged.addAndGet(-times);
      Event.VALUE_NOT_AUTHENTIC.warn(
          log,
          "dropped {} value(s) that no node with a secret of this one has written, the last one in"
              + " map '{}'",
          times,
          map);
    }
  }
}
