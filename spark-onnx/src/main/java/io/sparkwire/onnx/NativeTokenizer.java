package io.sparkwire.onnx;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

  /** Texts of which nearly every tokenizer makes a token. */
  private static final List<String> EXAMPLES = List.of("a", "e", "the", "0", "!", "é", "の");

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
   * The tokens of a text, without special ones.
   *
   * @throws IllegalArgumentException if the tokenizer makes none of it
   */
  long[] ids(String text) {
    long encoding = encode(text, null, false);
    try {
      return library.getTokenIds(encoding);
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /**
   * How this tokenizer puts a text, or a pair of texts, together.
   *
   * @throws IllegalArgumentException if it makes no tokens
   */
  TokenTemplate template(boolean isPair, boolean addSpecialTokens) {
    return EXAMPLES.stream()
        .map(text -> example(text, isPair ? text : null, addSpecialTokens))
        .filter(template -> template.hasText(0) && template.hasText(1) == isPair)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this tokenizer makes no tokens of any text of " + EXAMPLES));
  }

  private TokenTemplate example(String text, String pair, boolean addSpecialTokens) {
    long encoding = encode(text, pair, addSpecialTokens);
    try {
      return new TokenTemplate(
          library.getTokenIds(encoding),
          library.getTypeIds(encoding),
          library.getSpecialTokenMask(encoding),
          library.getSequenceIds(encoding));
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  private long encode(String text, String pair, boolean addSpecialTokens) {
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
