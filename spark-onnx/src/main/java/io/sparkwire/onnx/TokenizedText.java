package io.sparkwire.onnx;

import io.sparkwire.onnx.TokenTemplate.Tokens;
import io.sparkwire.spark.catalyst.Invocations;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What generated code calls to tokenize a text, or a pair of texts.
 *
 * <p>Public only because generated code lives in a package of Spark. Runs on: task thread.
 * Thread-safe.
 */
public final class TokenizedText implements Serializable {

  static final String IDS = "ids";
  static final String MASK = "mask";
  static final String TYPES = "types";

  static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.LongType, false);

  private static final long serialVersionUID = 1;
  private static final StructType TOKENS =
      new StructType()
          .add(IDS, NUMBERS, false)
          .add(MASK, NUMBERS, false)
          .add(TYPES, NUMBERS, false);

  private final Broadcast<SharedTokenizer> sent;
  private final Truncation truncation;
  private final TokenTemplate template;
  private transient NativeTokenizer tokenizer;

  private TokenizedText(
      Broadcast<SharedTokenizer> sent, Truncation truncation, TokenTemplate template) {
    this.sent = sent;
    this.truncation = truncation;
    this.template = template;
  }

  /**
   * A struct of three arrays; null if a text is null.
   *
   * @param texts as many as the template has
   */
  static Column of(
      Broadcast<SharedTokenizer> sent,
      Truncation truncation,
      TokenTemplate template,
      Column... texts) {
    return Invocations.pure(new TokenizedText(sent, truncation, template), "encode", TOKENS, texts);
  }

  public InternalRow encode(UTF8String text) {
    return row(List.of(ids(text)));
  }

  public InternalRow encode(UTF8String text, UTF8String pair) {
    return row(List.of(ids(text), ids(pair)));
  }

  private long[] ids(UTF8String text) {
    return tokenizer().ids(text.toString());
  }

  private NativeTokenizer tokenizer() {
    NativeTokenizer known = tokenizer;
    if (known == null) {
      known = sent.value().get();
      tokenizer = known;
    }
    return known;
  }

  private InternalRow row(List<long[]> texts) {
    Tokens tokens = template.of(truncation.of(texts, template.specialTokens()));
    return new GenericInternalRow(
        new Object[] {
          UnsafeArrayData.fromPrimitiveArray(tokens.ids()),
          UnsafeArrayData.fromPrimitiveArray(tokens.mask()),
          UnsafeArrayData.fromPrimitiveArray(tokens.types())
        });
  }
}
