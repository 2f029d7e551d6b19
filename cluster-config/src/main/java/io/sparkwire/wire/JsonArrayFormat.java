package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JSON array with an element for each row; so is the reply. Stateless. */
final class JsonArrayFormat implements RowFormat {

  static final String ROW_TYPE = "application/json";

  private static final int MARK_LENGTH = 3;

  /** Rows are read again, strictly, by the parser of the service's schema. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  @Override
  public String name() {
    return "json-array";
  }

  /** Whether the first byte that counts begins an array. */
  static boolean isArray(byte[] body) {
    int first = begin(body);
    while (first < body.length && isBlank(body[first])) {
      first++;
    }
    return first < body.length && body[first] == '[';
  }

  /** After a byte-order mark. */
  private static int begin(byte[] body) {
    boolean marked =
        body.length >= MARK_LENGTH
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? MARK_LENGTH : 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  @Override
  public RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException {
    int most = service.limits().maxRows();
    byte[] body = request.body();
    int begin = begin(body);
    List<byte[]> rows = new ArrayList<>();
    try (JsonParser json = JSON.createParser(body, begin, body.length - begin)) {
      json.nextToken(); // the array's begin
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (rows.size() == most) {
          throw BadRowsException.tooMany(most);
        }
        rows.add(element(json, body, begin));
      }
      if (json.nextToken() != null) {
        throw BadRowsException.malformed("the body must be one JSON array, got more after it");
      }
    } catch (JsonProcessingException e) {
      throw malformed(rows.size(), e);
    } catch (IOException e) {
      throw BadRowsException.malformed(e.getMessage());
    }
    return new RowBodies(ROW_TYPE, rows);
  }

  private static byte[] element(JsonParser json, byte[] body, int begin) throws IOException {
    long from = json.currentTokenLocation().getByteOffset();
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else {
      json.finishToken();
    }
    long to = json.currentLocation().getByteOffset();
    return Arrays.copyOfRange(body, begin + (int) from, begin + (int) to);
  }

  private static BadRowsException malformed(int row, JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return BadRowsException.malformed(
        row, "the body is not valid JSON: " + e.getOriginalMessage() + where);
  }

  @Override
  public ServiceReply reply(
      ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows) {
    return JsonReplies.joined(ofRows, "[", ",", "]", ROW_TYPE);
  }
}
