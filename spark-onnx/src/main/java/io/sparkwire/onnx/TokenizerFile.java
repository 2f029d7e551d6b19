package io.sparkwire.onnx;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A tokenizer.json of a stage, checked, and what is broadcast of it.
 *
 * <p>Two things are changed before the native code gets it. There is no padding. And where texts
 * are truncated, the pieces cut off do not overlap: they are not used, and the native code ends the
 * JVM if an overlap is as long as a text. Copies of a stage share this object. Runs on: driver.
 * Thread-safe.
 */
final class TokenizerFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] content;
  private final JsonNode truncation;
  private final int specialTokens;
  private final int specialTokensOfPair;
  private Broadcast<SharedTokenizer> sent;
  private SparkContext sentBy;
  private int sentLength;

  /**
   * @throws IllegalArgumentException if it is no tokenizer.json; says why
   */
  TokenizerFile(byte[] content) {
    this.content = content.clone();
    this.truncation = truncation(content);
    NativeTokenizer whole = new NativeTokenizer(with(null), () -> {});
    try {
      this.specialTokens = whole.specialTokens(false);
      this.specialTokensOfPair = whole.specialTokens(true);
    } finally {
      whole.free();
    }
  }

  /** As it was given. */
  byte[] content() {
    return content.clone();
  }

  /**
   * Checks that a text that is cut off still has a token beside the special ones.
   *
   * @param maxLength 0 for what the file says
   * @throws IllegalArgumentException if not
   */
  void check(int maxLength, boolean isPair, boolean addSpecialTokens) {
    int special = !addSpecialTokens ? 0 : isPair ? specialTokensOfPair : specialTokens;
    JsonNode longest = truncation(maxLength).path("max_length");
    if (maxLength < 0 || (longest.isNumber() && longest.asLong() <= special)) {
      throw new IllegalArgumentException(
          "param 'maxLength' must be more than the %d special tokens, or 0 for what the tokenizer's file says; got '%d'%s"
              .formatted(
                  special,
                  maxLength,
                  maxLength == 0 ? ", and the file says " + longest.asLong() : ""));
    }
  }

  /**
   * The tokenizer for tasks. The same one again if nothing has changed.
   *
   * @param maxLength 0 for what the file says
   */
  synchronized Broadcast<SharedTokenizer> broadcast(SparkContext spark, int maxLength) {
    if (sentBy != spark || sentLength != maxLength) {
      sent = JavaSparkContext.fromSparkContext(spark).broadcast(shared(maxLength));
      sentBy = spark;
      sentLength = maxLength;
    }
    return sent;
  }

  SharedTokenizer shared(int maxLength) {
    return new SharedTokenizer(with(truncation(maxLength)));
  }

  /** How texts are truncated; a missing or null node if they are not. */
  private JsonNode truncation(int maxLength) {
    if (!truncation.isObject() && maxLength == 0) {
      return truncation;
    }
    ObjectNode cut = JSON.createObjectNode().put("direction", "Right");
    cut.put("strategy", "LongestFirst");
    if (truncation instanceof ObjectNode ofFile) {
      cut.setAll(ofFile);
    }
    cut.put("stride", 0);
    return maxLength == 0 ? cut : cut.put("max_length", maxLength);
  }

  private static JsonNode truncation(byte[] content) {
    try (JsonParser in = JSON.createParser(content)) {
      JsonNode found = JSON.missingNode();
      begin(in);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("truncation")) {
          found = in.readValueAsTree();
        } else {
          in.skipChildren();
        }
      }
      return found;
    } catch (IOException e) {
      throw noTokenizer(e);
    }
  }

  private static void begin(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException(
          "this is no tokenizer.json: it must be a JSON object, got " + in.currentToken());
    }
  }

  /** The content with another truncation, or null for none, and without padding. */
  private byte[] with(JsonNode cut) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length);
    try (JsonParser in = JSON.createParser(content);
        JsonGenerator out = JSON.createGenerator(bytes)) {
      begin(in);
      out.writeStartObject();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        copyField(in, out);
      }
      out.writeFieldName("truncation");
      out.writeTree(cut == null || cut.isMissingNode() ? JSON.nullNode() : cut);
      out.writeEndObject();
    } catch (IOException e) {
      throw noTokenizer(e);
    }
    return bytes.toByteArray();
  }

  private static void copyField(JsonParser in, JsonGenerator out) throws IOException {
    String name = in.currentName();
    in.nextToken();
    if (name.equals("truncation") || name.equals("padding")) {
      in.skipChildren();
    } else {
      out.writeFieldName(name);
      out.copyCurrentStructureExact(in);
    }
  }

  private static IllegalArgumentException noTokenizer(IOException e) {
    return new IllegalArgumentException("this is no tokenizer.json: " + e.getMessage(), e);
  }
}
