package io.sparkwire.wire;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A line of JSON for each row; so is the reply. Lines without text are no rows. Stateless. */
final class JsonLinesFormat implements RowFormat {

  static final String CONTENT_TYPE = "application/x-ndjson";

  @Override
  public String name() {
    return "json-lines";
  }

  @Override
  public RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException {
    int most = service.limits().maxRows();
    byte[] body = request.body();
    List<byte[]> rows = new ArrayList<>();
    for (int from = 0; from < body.length; ) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      byte[] line = Arrays.copyOfRange(body, from, to);
      if (!new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
        if (rows.size() == most) {
          throw BadRowsException.tooMany(most);
        }
        rows.add(line);
      }
      from = to + 1;
    }
    return new RowBodies(JsonArrayFormat.ROW_TYPE, rows);
  }

  @Override
  public ServiceReply reply(
      ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows) {
    return JsonReplies.joined(ofRows, "", "\n", ofRows.isEmpty() ? "" : "\n", CONTENT_TYPE);
  }
}
