package io.sparkwire.spark.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.ServiceRequest;
import io.sparkwire.spark.catalyst.Catalyst;
import io.vertx.core.MultiMap;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

class RequestRowTest {

  private static final int PARTITION = 3;

  private final MultiMap headers =
      MultiMap.caseInsensitiveMultiMap()
          .add("Content-Type", "application/json")
          .add("X-Ü", "ü")
          .add("x-ü", "again");
  private final ServiceRequest request =
      TestRequests.request(headers, Map.of("name", "pen guin"), "{\"ü\":1}");
  private final RequestRow row = new RequestRow(request, PARTITION);

  @Test
  void inSparksOwnFormatItIsTheRowThatTheSchemaAsksFor() {
    Row id = RowFactory.create("my_api", "n1-ff", PARTITION);
    Row asked =
        RowFactory.create(
            RowFactory.create("POST", "/my_api/ü?a=1", "HTTP/1.1"),
            new Row[] {
              RowFactory.create("Content-Type", "application/json"),
              RowFactory.create("X-Ü", "ü"),
              RowFactory.create("x-ü", "again")
            },
            RowFactory.create("{\"ü\":1}".getBytes(UTF_8), "application/json", null, 8L),
            Map.of("name", "pen guin"),
            Timestamp.from(Instant.parse("2026-01-31T12:30:00.000001Z")));

    assertThat(Catalyst.unsafe(RowSchema.ROW_TYPE, row))
        .isEqualTo(Catalyst.row(RowSchema.ROW_TYPE, id, asked));
  }

  @Test
  void nothingIsNull() {
    assertThat(row.numFields()).isEqualTo(RowSchema.ROW_TYPE.size());
    assertThat(row.isNullAt(0)).isFalse();
    assertThat(row.isNullAt(1)).isFalse();
    assertThat(row.anyNull()).isFalse();
  }

  @Test
  void theIdTouchesNothingOfTheRequest() {
    RequestRow lazy =
        new RequestRow(
            TestRequests.request(
                TestRequests.untouchable(MultiMap.class), TestRequests.untouchable(Map.class), ""),
            PARTITION);
    InternalRow id = lazy.getStruct(0, 3);

    assertThat(id.getString(0)).isEqualTo("my_api");
    assertThat(id.getString(1)).isEqualTo("n1-ff");
    assertThat(id.getInt(2)).isEqualTo(PARTITION);
    assertThat(lazy.getStruct(1, 5).numFields()).isEqualTo(5);
  }

  @Test
  void itIsItsOwnCopyBecauseItNeverChanges() {
    assertThat(row.copy()).isSameAs(row);
    assertThatThrownBy(() -> row.setNullAt(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rows of the source are read-only");
    assertThatThrownBy(() -> row.update(0, null)).isInstanceOf(IllegalStateException.class);
  }
}
