package io.sparkwire.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.row.RowSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ReplyColumnsTest {

  private static final String ID =
      "STRUCT<originatingService: STRING, requestId: STRING, partitionId: INT>";

  private static ReplyColumns of(String ddl) {
    return ReplyColumns.of(StructType.fromDDL(ddl));
  }

  private static void refused(String ddl, String message) {
    assertThatThrownBy(() -> of(ddl))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void anIdAndAReplyAreEnough() {
    StructType schema =
        new StructType().add("id", RowSchema.ID_TYPE, false).add("reply", DataTypes.StringType);

    assertThat(ReplyColumns.of(schema))
        .isEqualTo(
            new ReplyColumns(0, 1, schema.fields()[1], ReplyColumns.NONE, ReplyColumns.NONE));
  }

  @Test
  void columnsMayBeAnywhereAndNullable() {
    String ddl =
        "headers ARRAY<STRUCT<name: STRING, value: STRING>>, x INT, status INT, reply BIGINT, id "
            + ID;
    ReplyColumns columns = of(ddl);

    assertThat(columns.headers()).isZero();
    assertThat(columns.status()).isEqualTo(2);
    assertThat(columns.reply()).isEqualTo(3);
    assertThat(columns.replyField().dataType()).isEqualTo(DataTypes.LongType);
    assertThat(columns.id()).isEqualTo(4);
  }

  @Test
  void theIdIsKnownByItsTypeWhateverItsName() {
    assertThat(of("id STRING, reply STRING, _id " + ID).id()).isEqualTo(2);
  }

  @Test
  void withoutIdOrReplyThereIsNoReply() {
    refused(
        "id STRING, reply STRING",
        "a reply needs the column 'id' of the request and a column 'reply', but the query has"
            + " [id, reply]");
    refused(
        "id " + ID + ", prediction DOUBLE",
        "a reply needs the column 'id' of the request and a column 'reply', but the query has"
            + " [id, prediction]");
    refused(
        "reply STRING, id STRUCT<requestId: STRING, originatingService: STRING, partitionId: INT>",
        "a reply needs the column 'id' of the request and a column 'reply', but the query has"
            + " [reply, id]");
  }

  @Test
  void aStatusThatIsNoIntIsRefused() {
    refused(
        "id " + ID + ", reply STRING, status BIGINT",
        "column 'status' of a reply must be INT, but it is BIGINT");
  }

  @Test
  void headersOfAnotherTypeAreRefused() {
    refused(
        "id " + ID + ", reply STRING, headers MAP<STRING, STRING>",
        "column 'headers' of a reply must be ARRAY<STRUCT<name: STRING, value: STRING>>, but it is"
            + " MAP<STRING, STRING>");
    refused(
        "id " + ID + ", reply STRING, headers ARRAY<STRUCT<key: STRING, value: STRING>>",
        "column 'headers' of a reply must be ARRAY<STRUCT<name: STRING, value: STRING>>, but it is"
            + " ARRAY<STRUCT<key: STRING, value: STRING>>");
  }
}
