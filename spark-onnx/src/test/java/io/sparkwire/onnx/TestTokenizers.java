package io.sparkwire.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.spark.sql.Row;

/** Tokenizers of a dozen words, and rows in short. */
final class TestTokenizers {

  /** Truncates to 8 tokens, with an overlap of 7, and pads to 12. */
  static byte[] wordPiece() {
    return resource("wordpiece.json");
  }

  /** Without special tokens, truncation and padding. */
  static byte[] bpe() {
    return resource("bpe.json");
  }

  private TestTokenizers() {}

  private static byte[] resource(String name) {
    try (InputStream in = TestTokenizers.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TextTokenizer stage(byte[] file) {
    return new TextTokenizer().setInputCol("text").setTokenizerBytes(file);
  }

  /** The columns of ids, mask and types of a row, each as a list; or null. */
  static String tokens(Row row) {
    return list(row, "input_ids") + list(row, "attention_mask") + list(row, "token_type_ids");
  }

  static String list(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? "null" : row.getList(at).toString().replace(" ", "");
  }
}
