package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.message.ServiceRequest;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.catalyst.VectorValues;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.SendReply;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;

/**
 * Functions over the columns {@code id} and {@code request} of the source.
 *
 * <p>Those without a column argument read the column {@code request}. Stateless.
 */
public final class ServingFunctions {

  private ServingFunctions() {}

  /** The body as text, read as UTF-8. */
  public static Column requestBody() {
    return requestBody(col(RowSchema.REQUEST));
  }

  public static Column requestBody(Column request) {
    return request.getField("entity").getField("content").cast(DataTypes.StringType);
  }

  /**
   * The first value of a query parameter, decoded; null if the request has none of that name, or if
   * its query cannot be decoded.
   */
  public static Column queryParam(String name) {
    return queryParam(col(RowSchema.REQUEST), name);
  }

  public static Column queryParam(Column request, String name) {
    Column uri = request.getField("requestLine").getField("uri");
    return Invocations.pure(new UriParts(), "queryParam", DataTypes.StringType, uri, lit(name));
  }

  /** The first header field of that name, whose case does not matter; null if there is none. */
  public static Column header(String name) {
    return header(col(RowSchema.REQUEST), name);
  }

  public static Column header(Column request, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    Column matching =
        filter(request.getField("headers"), h -> lower(h.getField("name")).equalTo(wanted));
    return get(matching, lit(0)).getField("value");
  }

  /**
   * The subject of the certificate that the client has shown, as in {@code CN=alice,O=Example};
   * null without one. No client can make it up.
   */
  public static Column clientSubject() {
    return clientSubject(col(RowSchema.REQUEST));
  }

  public static Column clientSubject(Column request) {
    return header(request, ServiceRequest.CLIENT_SUBJECT);
  }

  /**
   * The name of the client whose API key, token or certificate the listener has checked; null where
   * all clients are served. No client can make it up.
   */
  public static Column principal() {
    return principal(col(RowSchema.REQUEST));
  }

  public static Column principal(Column request) {
    return header(request, ServiceRequest.PRINCIPAL);
  }

  /**
   * The value at {@code :name} in the service's path, decoded; null if the path has no such place.
   */
  public static Column pathParam(String name) {
    return pathParam(col(RowSchema.REQUEST), name);
  }

  public static Column pathParam(Column request, String name) {
    return element_at(request.getField("pathParams"), lit(name));
  }

  /** When the request's head arrived, which is what {@code current_timestamp()} gives as well. */
  public static Column receivedAt() {
    return receivedAt(col(RowSchema.REQUEST));
  }

  public static Column receivedAt(Column request) {
    return request.getField("receivedAt");
  }

  /**
   * Replies to a request from within a pipeline, and returns true if it did. See {@link
   * Serving#makeReply} for how a column becomes a reply.
   *
   * <p>Use it where rows are evaluated, as in {@code filter}: Spark leaves out a column that is not
   * read.
   *
   * @param service the service's name; a request of another one is left alone, which gives false
   * @param reply the body
   * @param id the request's id
   */
  public static Column sendReply(String service, Column reply, Column id) {
    Column sent =
        ExpressionUtils.column(
            new SendReply(
                ExpressionUtils.expression(id), ExpressionUtils.expression(struct(reply))));
    return when(id.getField("originatingService").equalTo(service), sent).otherwise(false);
  }

  /** An ML vector as an array of doubles, which is what replies and SQL can show. */
  public static Column vectorToArray(Column vector) {
    return Invocations.pure(
        new VectorValues(),
        "toArray",
        DataTypes.createArrayType(DataTypes.DoubleType, false),
        vector);
  }
}
