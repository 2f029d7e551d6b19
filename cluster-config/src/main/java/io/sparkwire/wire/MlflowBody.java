package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON body of MLflow's scoring protocol on its way into rows: an object with exactly one of
 * {@code dataframe_split}, {@code dataframe_records}, {@code instances} and {@code inputs}.
 *
 * <p>All other fields are passed over, among them {@code params}: MLflow ignores these, too, for a
 * model whose signature has none. A bare {@code NaN} is null, as MLflow's clients write what is
 * missing. Runs on: task thread. Not thread-safe.
 */
final class MlflowBody {

  private static final String RECORDS = "dataframe_records";
  private static final List<String> FORMS =
      List.of(MlflowTable.SPLIT, RECORDS, "instances", "inputs");
  private static final String ALLOWED =
      "the body must be one JSON object with exactly one of " + String.join(", ", FORMS) + ", got ";

  private static final String RECORDS_FORM = "an array of objects";
  private static final String ROWS_FORM = "an array of rows, or an object of columns";

  private final RawJson json;
  private final int most;

  private MlflowBody(RawJson json, int most) {
    this.json = json;
    this.most = most;
  }

  /**
   * The rows of a body.
   *
   * @param most how many it may have
   */
  static RowBodies rows(byte[] body, int most) throws BadRowsException {
    try (RawJson json = new RawJson(MissingValues.asNull(body))) {
      return new MlflowBody(json, most).rows();
    } catch (IOException e) {
      throw BadRowsException.malformed(RawJson.malformed(e));
    }
  }

  private RowBodies rows() throws IOException, BadRowsException {
    if (json.next() != JsonToken.START_OBJECT) {
      throw BadRowsException.malformed(ALLOWED + json.found());
    }
    RowBodies rows = null;
    List<String> given = new ArrayList<>();
    while (json.next() != JsonToken.END_OBJECT) {
      String name = json.name();
      json.next();
      if (!FORMS.contains(name)) {
        json.skip();
        continue;
      }
      given.add(name);
      if (given.size() > 1) {
        throw BadRowsException.malformed(ALLOWED + String.join(" and ", given));
      }
      rows = read(name);
    }
    if (rows == null) {
      throw BadRowsException.malformed(ALLOWED + "none of them");
    }
    if (json.next() != null) {
      throw BadRowsException.malformed("the body must be one JSON object, got more after it");
    }
    return rows;
  }

  private RowBodies read(String form) throws IOException, BadRowsException {
    if (form.equals(MlflowTable.SPLIT)) {
      return new MlflowTable(json, most).split();
    }
    if (json.at(JsonToken.START_OBJECT) && !form.equals(RECORDS)) {
      return new MlflowTable(json, most).columns(form);
    }
    json.require(JsonToken.START_ARRAY, form, form.equals(RECORDS) ? RECORDS_FORM : ROWS_FORM);
    List<byte[]> rows = new ArrayList<>();
    json.elements(most, rows);
    return new RowBodies(
        form.equals(RECORDS) ? JsonArrayFormat.ROW_TYPE : MlflowFormat.VALUES_TYPE, rows);
  }
}
