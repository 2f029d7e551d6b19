package io.sparkwire.onnx;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The content of a tokenizer.json, and the native tokenizer of it, which is made when it is first
 * used. It is what is broadcast.
 *
 * <p>Equal content has one native tokenizer in a JVM. The map below, static because objects like
 * this one are made by deserialisation, does not keep it: this object does. An executor has this
 * object as long as the broadcast exists, that is, until the driver has collected the stage and all
 * plans that were made with it, or the executor's storage memory is short. After that, collection
 * of garbage on the executor frees the native tokenizer and its entry of the map.
 *
 * <p>Runs on: driver, task thread. Thread-safe.
 */
final class SharedTokenizer implements Serializable {

  private static final long serialVersionUID = 1;

  private static final ConcurrentHashMap<ByteBuffer, WeakReference<NativeTokenizer>> TOKENIZERS =
      new ConcurrentHashMap<>();

  private final byte[] json;
  private transient volatile NativeTokenizer made;

  /**
   * @param json in UTF-8; not copied
   */
  SharedTokenizer(byte[] json) {
    this.json = json;
  }

  NativeTokenizer get() {
    if (made == null) {
      made = shared(digest(json), json);
    }
    return made;
  }

  /** How many native tokenizers there are in this JVM, or were until just now. */
  static int count() {
    return TOKENIZERS.size();
  }

  private static NativeTokenizer shared(ByteBuffer key, byte[] json) {
    NativeTokenizer[] found = new NativeTokenizer[1]; // refers to it until it is returned
    TOKENIZERS.compute(
        key,
        (same, known) -> {
          found[0] = known == null ? null : known.get();
          if (found[0] != null) {
            return known;
          }
          found[0] = new NativeTokenizer(json, () -> forget(key));
          return new WeakReference<>(found[0]);
        });
    return found[0];
  }

  /** Removes the entry, unless there is a new tokenizer for it. */
  private static void forget(ByteBuffer key) {
    TOKENIZERS.computeIfPresent(key, (same, known) -> known.refersTo(null) ? null : known);
  }

  private static ByteBuffer digest(byte[] json) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) { // every JVM has it
      throw new IllegalStateException(e);
    }
  }
}
