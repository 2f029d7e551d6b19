package io.sparkwire.spark.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.junit.jupiter.api.Test;

class RequestStructTest {

  private static final int LINE = 0;
  private static final int HEADERS = 1;
  private static final int ENTITY = 2;
  private static final int PATH_PARAMS = 3;
  private static final int RECEIVED_AT = 4;

  private static RequestStruct of(MultiMap headers, Map<String, String> pathParams, String body) {
    return new RequestStruct(TestRequests.request(headers, pathParams, body));
  }

  private static RequestStruct withHeaders(MultiMap headers) {
    return of(headers, Map.of(), "body");
  }

  @Test
  void itsFieldsAreWhereTheSchemaSays() {
    assertThat(RowSchema.REQUEST_TYPE.fieldNames())
        .containsExactly("requestLine", "headers", "entity", "pathParams", "receivedAt");
    assertThat(withHeaders(MultiMap.caseInsensitiveMultiMap()).numFields()).isEqualTo(5);
  }

  @Test
  void headersAndParametersAreNotTouchedUnlessAskedFor() {
    RequestStruct struct =
        of(TestRequests.untouchable(MultiMap.class), TestRequests.untouchable(Map.class), "");
    for (int ordinal = 0; ordinal < struct.numFields(); ordinal++) {
      assertThat(struct.isNullAt(ordinal)).isFalse();
    }
    InternalRow line = struct.getStruct(LINE, 3);

    assertThat(line.getString(0)).isEqualTo("POST");
    assertThat(line.getString(1)).isEqualTo("/my_api/ü?a=1");
    assertThat(line.getString(2)).isEqualTo("HTTP/1.1");
    assertThat(struct.getLong(RECEIVED_AT)).isEqualTo(TestRequests.RECEIVED_AT);
    assertThatThrownBy(() -> struct.getArray(HEADERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("MultiMap.");
    assertThatThrownBy(() -> struct.getMap(PATH_PARAMS))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Map.");
  }

  @Test
  void headersKeepTheirOrderAndRepetitions() {
    ArrayData headers =
        withHeaders(MultiMap.caseInsensitiveMultiMap().add("b", "1").add("A", "2").add("B", "3"))
            .getArray(HEADERS);

    assertThat(headers.numElements()).isEqualTo(3);
    assertThat(header(headers, 0)).isEqualTo("b: 1");
    assertThat(header(headers, 1)).isEqualTo("A: 2");
    assertThat(header(headers, 2)).isEqualTo("B: 3");
  }

  private static String header(ArrayData headers, int i) {
    InternalRow header = headers.getStruct(i, 2);
    return header.getString(0) + ": " + header.getString(1);
  }

  @Test
  void anEntityHasItsBytesAndWhatTheHeadersSayOfThem() {
    InternalRow entity =
        withHeaders(
                MultiMap.caseInsensitiveMultiMap()
                    .add("content-type", "text/csv")
                    .add("CONTENT-ENCODING", "gzip"))
            .getStruct(ENTITY, 4);

    assertThat(entity.getBinary(0)).asString(UTF_8).isEqualTo("body");
    assertThat(entity.getString(1)).isEqualTo("text/csv");
    assertThat(entity.getString(2)).isEqualTo("gzip");
    assertThat(entity.getLong(3)).isEqualTo(4);
  }

  @Test
  void anEntityWithoutEntityHeadersHasNoTypeAndNoEncoding() {
    InternalRow entity = of(MultiMap.caseInsensitiveMultiMap(), Map.of(), "").getStruct(ENTITY, 4);

    assertThat(entity.getBinary(0)).isEmpty();
    assertThat(entity.isNullAt(1)).isTrue();
    assertThat(entity.isNullAt(2)).isTrue();
    assertThat(entity.getLong(3)).isZero();
  }

  @Test
  void bytesAreNotCopied() {
    InternalRow entity = withHeaders(MultiMap.caseInsensitiveMultiMap()).getStruct(ENTITY, 4);

    assertThat(entity.getBinary(0)).isSameAs(entity.getBinary(0));
  }

  @Test
  void pathParametersKeepTheirValues() {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("model", "pen guin");
    params.put("version", "1");
    MapData map = of(TestRequests.untouchable(MultiMap.class), params, "").getMap(PATH_PARAMS);

    assertThat(map.numElements()).isEqualTo(2);
    assertThat(map.keyArray().getUTF8String(0)).hasToString("model");
    assertThat(map.valueArray().getUTF8String(0)).hasToString("pen guin");
    assertThat(map.keyArray().getUTF8String(1)).hasToString("version");
    assertThat(map.valueArray().getUTF8String(1)).hasToString("1");
  }

  @Test
  void thereIsNoSixthField() {
    assertThatThrownBy(() -> withHeaders(MultiMap.caseInsensitiveMultiMap()).getLong(5))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
