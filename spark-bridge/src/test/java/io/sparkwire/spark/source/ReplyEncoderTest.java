package io.sparkwire.spark.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.Header;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.spark.catalyst.Catalyst;
import io.sparkwire.spark.row.RowSchema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyEncoderTest {

  private static final Row ID = RowFactory.create("s", "n1-ff", 0);
  private static final List<Row> HEADERS =
      List.of(RowFactory.create("X-B", "1"), RowFactory.create("x-b", "2"));

  private static final StructType BODY_ALONE =
      new StructType()
          .add("id", RowSchema.ID_TYPE)
          .add(StructType.fromDDL("reply STRING").apply(0));

  private static final StructType ALL =
      StructType.fromDDL(
              "headers ARRAY<STRUCT<name: STRING, value: STRING>>, status INT, reply STRING")
          .add("id", RowSchema.ID_TYPE);

  private static ServiceReply encoded(StructType schema, Object... values) {
    ReplyColumns columns = ReplyColumns.of(schema);
    return ReplyEncoder.of(columns.replyField()).encode(Catalyst.row(schema, values), columns);
  }

  private static void isLike(ServiceReply reply, int status, String contentType, String body) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo(contentType);
    assertThat(reply.body()).asString(UTF_8).isEqualTo(body);
  }

  @Test
  void aBodyAloneIs200() {
    ServiceReply reply = encoded(BODY_ALONE, ID, "hello");

    isLike(reply, 200, "text/plain; charset=utf-8", "hello");
    assertThat(reply.headers()).isEmpty();
  }

  @Test
  void aMadeReplyHasItsStatusAndHeadersWithIt() {
    StructType made =
        new StructType()
            .add("n", "int")
            .add(MadeReply.STATUS, "int")
            .add(MadeReply.HEADERS, "array<struct<name: string, value: string>>");
    StructType schema = new StructType().add("id", RowSchema.ID_TYPE).add("any name", made);

    ServiceReply reply = encoded(schema, ID, RowFactory.create(7, 202, HEADERS));
    isLike(reply, 202, "application/json", "{\"n\":7}");
    assertThat(reply.headers()).containsExactly(new Header("X-B", "1"), new Header("x-b", "2"));
    isLike(
        encoded(schema, ID, RowFactory.create(7, null, null)),
        200,
        "application/json",
        "{\"n\":7}");
    isLike(encoded(schema, ID, RowFactory.create(null, null, null)), 204, null, "");
    isLike(encoded(schema, ID, null), 204, null, "");
  }

  @Test
  void aNullBodyIs204() {
    ServiceReply reply = encoded(BODY_ALONE, ID, null);

    isLike(reply, 204, null, "");
    assertThat(reply.headers()).isEmpty();
  }

  @Test
  void statusAndHeadersAreSentInTheirOrder() {
    ServiceReply reply = encoded(ALL, HEADERS, 201, "made", ID);

    isLike(reply, 201, "text/plain; charset=utf-8", "made");
    assertThat(reply.headers()).containsExactly(new Header("X-B", "1"), new Header("x-b", "2"));
  }

  @Test
  void nullStatusAndNullHeadersAreAsIfThereWereNone() {
    ServiceReply reply = encoded(ALL, null, null, "hello", ID);

    isLike(reply, 200, "text/plain; charset=utf-8", "hello");
    assertThat(reply.headers()).isEmpty();
  }

  @Test
  void aNullBodyWithAStatusKeepsThat() {
    ServiceReply reply = encoded(ALL, HEADERS, 404, null, ID);

    isLike(reply, 404, null, "");
    assertThat(reply.headers()).hasSize(2);
  }

  @Test
  void aNullBodyKeepsItsHeaders() {
    ServiceReply reply = encoded(ALL, HEADERS, null, null, ID);

    isLike(reply, 204, null, "");
    assertThat(reply.headers()).containsExactly(new Header("X-B", "1"), new Header("x-b", "2"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 42, 199, 600})
  void aStatusThatEndsNoRequestIsAFailureOfThePipeline(int status) {
    ServiceReply reply = encoded(ALL, HEADERS, status, "hello", ID);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(reply.headers()).isEmpty();
    assertThat(reply.body())
        .asString(UTF_8)
        .contains("urn:sparkwire:problem:pipeline-failed")
        .contains("the pipeline gave status " + status + ", but a reply's status is 200 to 599");
    assertThat(encoded(ALL, null, status, null, ID).status()).isEqualTo(500);
  }

  @ParameterizedTest
  @MethodSource("incompleteHeaders")
  void aHeaderWithoutNameOrValueIsNone(List<Row> headers) {
    ServiceReply reply = encoded(ALL, headers, 200, "hello", ID);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).isSubsetOf(new Header("X-A", "1"));
  }

  static Stream<List<Row>> incompleteHeaders() {
    Row good = RowFactory.create("X-A", "1");
    return Stream.of(
        List.of(good, RowFactory.create("X-B", null)),
        List.of(RowFactory.create(null, "1")),
        Arrays.asList(good, null));
  }

  @Test
  void oneEncoderMakesManyReplies() {
    ReplyColumns columns = ReplyColumns.of(ALL);
    ReplyEncoder encoder = new ReplyEncoder(columns.replyField());
    ServiceReply first = encoder.encode(Catalyst.row(ALL, HEADERS, 201, "long body", ID), columns);
    ServiceReply second = encoder.encode(Catalyst.row(ALL, null, 202, "x", ID), columns);

    isLike(first, 201, "text/plain; charset=utf-8", "long body");
    isLike(second, 202, "text/plain; charset=utf-8", "x");
  }

  @Test
  void theIdOfARowSaysWhichOfItsRequestItIs() {
    RequestId request = RequestId.parse("n1-ff");

    assertThat(ReplyEncoder.rowId(Catalyst.row(RowSchema.ID_TYPE, "s", "n1-ff", 3)))
        .isEqualTo(RowId.only(request));
    assertThat(ReplyEncoder.rowId(Catalyst.row(RowSchema.ID_TYPE, "s", "n1-ff.2.17", 3)))
        .isEqualTo(new RowId(request, 2, 17));
  }
}
