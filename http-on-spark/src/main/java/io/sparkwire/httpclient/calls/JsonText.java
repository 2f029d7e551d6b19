package io.sparkwire.httpclient.calls;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JSON as text: checked and cut, not converted. Stateless. */
public final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /**
   * Checks that a body is one JSON value and nothing else.
   *
   * @throws InvalidBodyException if it is not; says where
   */
  public static void check(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == null) {
        throw new InvalidBodyException("the body is empty, but JSON is expected");
      }
      parser.skipChildren();
      parser.finishToken();
      expectEnd(parser);
    } catch (JsonProcessingException e) {
      throw invalid(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new InvalidBodyException("the body must be one JSON value, got more after it");
    }
  }

  /**
   * The elements of an array, each as JSON.
   *
   * @throws InvalidBodyException if the body is no JSON array
   */
  static List<byte[]> elements(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new InvalidBodyException("the answer to a batch must be a JSON array");
      }
      List<byte[]> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser, body));
      }
      expectEnd(parser);
      return elements;
    } catch (JsonProcessingException e) {
      throw invalid(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of the current value, as received. */
  private static byte[] value(JsonParser parser, byte[] body) throws IOException {
    int begin = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return Arrays.copyOfRange(body, begin, (int) parser.currentLocation().getByteOffset());
  }

  private static InvalidBodyException invalid(JsonProcessingException e) {
    return new InvalidBodyException(
        "the body is not valid JSON: "
            + e.getOriginalMessage()
            + " at line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr());
  }
}
