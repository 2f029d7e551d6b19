package io.sparkwire.onnx;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A tokenizer outside of the JVM's heap.
 *
 * <p>It is freed some time after this object is unreachable. It takes tens of megabytes for a
 * vocabulary of 30,000 tokens, hundreds for one of 250,000. The native functions get a shared
 * reference to it and its caches have locks of their own. Runs on: driver, task thread.
 * Thread-safe.
 */
final class NativeTokenizer {

  private static final Cleaner CLEANER = Cleaner.create();

  private final TokenizersLibrary library = TokenizerLibrary.get();
  private final long handle;
  private final Cleaner.Cleanable release;

  /** The tokens of a text, as numbers; arrays of one length. */
  @SuppressWarnings("ArrayRecordComponent")
  record Tokens(long[] ids, long[] mask, long[] types) {}

  /**
   * @param json a tokenizer.json, in UTF-8
   * @param freed called when the tokenizer is freed; must not refer to it
   * @throws IllegalArgumentException if it is none; says why
   */
  NativeTokenizer(byte[] json, Runnable freed) {
    long made;
    try {
      made = library.createTokenizerFromString(new String(json, StandardCharsets.UTF_8));
    } catch (RuntimeException e) { // which the native code throws for all that it refuses
      throw new IllegalArgumentException("this is no tokenizer.json: " + e.getMessage(), e);
    }
    handle = made;
    release = CLEANER.register(this, new Release(library, made, freed));
  }

  /** Frees it at once. It must not be in use, nor be used again. */
  void free() {
    release.clean();
  }

  private record Release(TokenizersLibrary library, long handle, Runnable freed)
      implements Runnable {
    @Override
    public void run() {
      library.deleteTokenizer(handle);
      freed.run();
    }
  }

  /**
   * Tokenizes a text.
   *
   * @param pair the second text; null if there is none
   * @throws IllegalArgumentException if it cannot be truncated as the tokenizer says
   */
  Tokens encode(String text, String pair, boolean addSpecialTokens) {
    long encoding = open(text, pair, addSpecialTokens);
    try {
      return new Tokens(
          library.getTokenIds(encoding),
          library.getAttentionMask(encoding),
          library.getTypeIds(encoding));
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /** How many special tokens a text gets, or a pair of texts. */
  int specialTokens(boolean isPair) {
    long encoding = open("", isPair ? "" : null, true);
    try {
      return (int) Arrays.stream(library.getSpecialTokenMask(encoding)).sum();
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  private long open(String text, String pair, boolean addSpecialTokens) {
    try {
      return pair == null
          ? library.encode(handle, text, addSpecialTokens)
          : library.encodeDual(handle, text, pair, addSpecialTokens);
    } catch (RuntimeException e) { // which the native code throws for all that it refuses
      throw new IllegalArgumentException("cannot tokenize the text: " + e.getMessage(), e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
