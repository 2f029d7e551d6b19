package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIdTest {

  private static final RequestId REQUEST = new RequestId(new NodeId("n1"), 0xff);

  @Test
  void aRowByItselfHasTheTextOfItsRequest() {
    assertThat(RowId.only(REQUEST)).hasToString("n1-ff").returns(true, RowId::isOnly);
    assertThat(RowId.parse("n1-ff")).isEqualTo(RowId.only(REQUEST));
  }

  @Test
  void oneOfManyHasItsPlaceAndTheirNumber() {
    RowId row = new RowId(REQUEST, 2, 17);

    assertThat(row).hasToString("n1-ff.2.17").returns(false, RowId::isOnly);
    assertThat(RowId.parse("n1-ff.2.17")).isEqualTo(row);
    assertThat(RowId.parse("n1-ff.0.1")).isNotEqualTo(RowId.only(REQUEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n1",
        "n1-",
        "n1-ff.",
        "n1-ff.1",
        "n1-ff.1.",
        "n1-ff..2",
        "n1-ff.x.2",
        "n1-ff.-1.2",
        "n1-ff.2.2",
        "n1-ff.0.0.",
        "n1-ff.1.2.3",
        "n1-ff.0.99999999999",
        ".0.1"
      })
  void whatIsNoRowIdIsNotRead(String text) {
    assertThatThrownBy(() -> RowId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
