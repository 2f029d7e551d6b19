package io.sparkwire.wire;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * A body of MLflow's scoring protocol: JSON of one of the four forms that {@link MlflowBody} reads,
 * or CSV. The reply is a JSON object whose {@code predictions} are the replies to the rows.
 *
 * <p>The types of content are those that MLflow's own server (3.18, {@code
 * mlflow.pyfunc.scoring_server}) reads, but for Parquet. Stateless.
 */
public final class MlflowFormat implements RowFormat {

  public static final String NAME = "mlflow";

  /**
   * Of a row: a JSON object, an array of values in the order of the schema's columns, or the value
   * of its only column.
   */
  public static final String VALUES_TYPE = "application/vnd.sparkwire.values+json";

  private static final String JSON = "application/json";

  private final CsvFormat csv;

  MlflowFormat(CsvFormat csv) {
    this.csv = csv;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException {
    String contentType = request.headers().get(HttpHeaders.CONTENT_TYPE);
    MediaType type = contentType == null ? MediaType.of(JSON) : MediaType.of(contentType);
    if (type.is(CsvFormat.CONTENT_TYPE) && type.hasOnly("charset", CsvFormat.HEADER)) {
      requireUtf8(type, contentType);
      return csv.rows(request, service);
    }
    if (type.is(JSON) && type.hasOnly("charset")) {
      requireUtf8(type, contentType);
      return MlflowBody.rows(request.body(), service.limits().maxRows());
    }
    throw unsupported(contentType);
  }

  private static void requireUtf8(MediaType type, String contentType) throws BadRowsException {
    if (!type.parameters().getOrDefault("charset", "utf-8").equals("utf-8")) {
      throw unsupported(contentType);
    }
  }

  private static BadRowsException unsupported(String contentType) {
    return BadRowsException.unsupported(
        "the scoring protocol of MLflow reads application/json, and text/csv with or without"
            + " 'header', both with charset=utf-8 or none and no other parameters, got"
            + " Content-Type '"
            + contentType
            + "'");
  }

  @Override
  public ServiceReply reply(
      ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows) {
    return JsonReplies.joined(ofRows, "{\"predictions\":[", ",", "]}", JSON);
  }
}
