package io.sparkwire.wire;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON array with an element for each row; so is the reply. Stateless. */
final class JsonArrayFormat implements RowFormat {

  static final String ROW_TYPE = "application/json";

  @Override
  public String name() {
    return "json-array";
  }

  /** Whether the first byte that counts begins an array. */
  static boolean isArray(byte[] body) {
    int first = RawJson.begin(body);
    while (first < body.length && isBlank(body[first])) {
      first++;
    }
    return first < body.length && body[first] == '[';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  @Override
  public RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException {
    int most = service.limits().maxRows();
    List<byte[]> rows = new ArrayList<>();
    try (RawJson json = new RawJson(request.body())) {
      json.next(); // the array's begin
      json.elements(most, rows);
      if (json.next() != null) {
        throw BadRowsException.malformed("the body must be one JSON array, got more after it");
      }
    } catch (IOException e) {
      throw BadRowsException.malformed(rows.size(), RawJson.malformed(e));
    }
    return new RowBodies(ROW_TYPE, rows);
  }

  @Override
  public ServiceReply reply(
      ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows) {
    return JsonReplies.joined(ofRows, "[", ",", "]", ROW_TYPE);
  }
}
