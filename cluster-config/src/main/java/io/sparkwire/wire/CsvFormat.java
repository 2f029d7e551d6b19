package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A record of CSV (RFC 4180, in UTF-8) for each row. The first one names the columns, unless the
 * content type says {@code header=absent}; then they are in the order of the schema. The reply is a
 * JSON array.
 *
 * <p>A row goes on as a JSON object, or array, of texts, which the parser of the service's schema
 * reads by the types of the columns. A cell without text is null. Stateless.
 */
public final class CsvFormat implements RowFormat {

  /** Of a row: JSON whose values are all texts. */
  public static final String ROW_TYPE = "application/vnd.sparkwire.csv+json";

  static final String CONTENT_TYPE = "text/csv";

  /** The parameter of the content type that says whether the columns have names: RFC 4180. */
  static final String HEADER = "header";

  private static final String NO_HEADER = HEADER + "=absent";
  private static final int MOST_COLUMNS = 16_384;
  private static final int NO_LIMIT = -1;
  private static final JsonFactory JSON = new JsonFactory();

  CsvFormat() {}

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException {
    int most = service.limits().maxRows();
    CsvParser csv = new CsvParser(settings());
    List<byte[]> rows = new ArrayList<>();
    try {
      csv.beginParsing(new ByteArrayInputStream(request.body()), StandardCharsets.UTF_8);
      String[] names = hasHeader(request) ? csv.parseNext() : null;
      for (String[] cells = csv.parseNext(); cells != null; cells = csv.parseNext()) {
        if (rows.size() == most) {
          throw BadRowsException.tooMany(most);
        }
        rows.add(row(names, cells, rows.size()));
      }
    } catch (TextParsingException e) {
      throw BadRowsException.malformed(rows.size(), "the body is not valid CSV");
    } finally {
      csv.stopParsing();
    }
    return new RowBodies(ROW_TYPE, rows);
  }

  private static boolean hasHeader(ServiceRequest request) {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    return !type.replace(" ", "").toLowerCase(Locale.ROOT).contains(NO_HEADER);
  }

  private static CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setMaxCharsPerColumn(NO_LIMIT);
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setEmptyValue("");
    return settings;
  }

  private static byte[] row(String[] names, String[] cells, int row) throws BadRowsException {
    if (names != null && cells.length != names.length) {
      throw BadRowsException.malformed(
          row, "the header names " + names.length + " columns, got " + cells.length + " cells");
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      write(names, cells, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written to but memory
    }
    return json.toByteArray();
  }

  private static void write(String[] names, String[] cells, JsonGenerator out) throws IOException {
    if (names == null) {
      out.writeStartArray();
    } else {
      out.writeStartObject();
    }
    for (int i = 0; i < cells.length; i++) {
      if (names != null) {
        out.writeFieldName(names[i] == null ? "" : names[i]);
      }
      out.writeString(cells[i]); // null for a cell without text
    }
    if (names == null) {
      out.writeEndArray();
    } else {
      out.writeEndObject();
    }
  }

  @Override
  public ServiceReply reply(
      ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows) {
    return JsonReplies.joined(ofRows, "[", ",", "]", JsonArrayFormat.ROW_TYPE);
  }
}
