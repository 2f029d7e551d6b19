package io.sparkwire.onnx;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A tokenizer.json of a stage, checked, and what is broadcast of it.
 *
 * <p>The native code gets it without padding and truncation: rows leave with their own length, and
 * {@link Truncation} cuts them. Copies of a stage share this object. Runs on: driver. Thread-safe.
 */
final class TokenizerFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] content;
  private final Truncation truncation;
  private final TokenTemplate[] templates = new TokenTemplate[4];
  private Broadcast<SharedTokenizer> sent;
  private SparkContext sentBy;

  /**
   * @throws IllegalArgumentException if it is no tokenizer.json; says why
   */
  TokenizerFile(byte[] content) {
    this.content = content.clone();
    this.truncation = Truncation.of(truncation(content));
    NativeTokenizer tokenizer = new NativeTokenizer(untruncated(), () -> {});
    try {
      for (int i = 0; i < templates.length; i++) {
        templates[i] = tokenizer.template((i & 1) == 1, (i & 2) == 2);
      }
    } finally {
      tokenizer.free();
    }
  }

  /** As it was given. */
  byte[] content() {
    return content.clone();
  }

  /** How texts are put together. */
  TokenTemplate template(boolean isPair, boolean addSpecialTokens) {
    return templates[(isPair ? 1 : 0) + (addSpecialTokens ? 2 : 0)];
  }

  /**
   * How texts are cut, so that a token is left beside the special ones.
   *
   * @param maxLength 0 for what the file says
   * @throws IllegalArgumentException if none would be
   */
  Truncation truncation(int maxLength, int specialTokens) {
    Truncation cut = maxLength == 0 ? truncation : truncation.withMaxLength(maxLength);
    if (cut.maxLength() <= specialTokens) {
      throw new IllegalArgumentException(
          "param 'maxLength' must be more than the %d special tokens, or 0 for what the tokenizer's file says; got '%d'%s"
              .formatted(
                  specialTokens,
                  maxLength,
                  maxLength == 0 ? ", and the file says " + cut.maxLength() : ""));
    }
    return cut;
  }

  /** The tokenizer for tasks. The same one again in the same application. */
  synchronized Broadcast<SharedTokenizer> broadcast(SparkContext spark) {
    if (sentBy != spark) {
      sent = JavaSparkContext.fromSparkContext(spark).broadcast(shared());
      sentBy = spark;
    }
    return sent;
  }

  SharedTokenizer shared() {
    return new SharedTokenizer(untruncated());
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

  /** The content without truncation and padding. */
  private byte[] untruncated() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length);
    try (JsonParser in = JSON.createParser(content);
        JsonGenerator out = JSON.createGenerator(bytes)) {
      begin(in);
      out.writeStartObject();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        copyField(in, out);
      }
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
      // The Jackson of Spark has no exact copy yet; scores are doubles for the tokenizer, too.
      out.copyCurrentStructure(in);
    }
  }

  private static IllegalArgumentException noTokenizer(IOException e) {
    return new IllegalArgumentException("this is no tokenizer.json: " + e.getMessage(), e);
  }
}
