package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.Header;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call and its answer as values. */
class HttpCallTest {

  private static final HttpCall CALL = HttpCall.post("http://a/", "text/plain", "x");

  private static HttpAnswer answer(int status, Header... headers) {
    return new HttpAnswer("HTTP/1.1", status, "", List.of(headers), new byte[0]);
  }

  @Test
  void aCallDoesNotChangeWithTheListOfItsHeaders() {
    List<Header> headers = new ArrayList<>();
    HttpCall call = new HttpCall("GET", "http://a/", headers, null);
    headers.add(new Header("a", "b"));
    assertThat(call.headers()).isEmpty();
    assertThat(call.withHeader("a", "b").headers()).hasSize(1);
    assertThat(call.headers()).isEmpty();
  }

  @Test
  void callsOfOneMethodUrlAndHeadersGoTogether() {
    assertThat(CALL.goesWith(HttpCall.post("http://a/", "text/plain", "y"))).isTrue();
    assertThat(CALL.goesWith(HttpCall.post("http://b/", "text/plain", "x"))).isFalse();
    assertThat(CALL.goesWith(HttpCall.post("http://a/", "text/html", "x"))).isFalse();
    assertThat(CALL.goesWith(new HttpCall("PUT", "http://a/", CALL.headers(), null))).isFalse();
  }

  @Test
  void statusesFrom200To299AreSuccesses() {
    assertThat(answer(200).isSuccess()).isTrue();
    assertThat(answer(299).isSuccess()).isTrue();
    assertThat(answer(199).isSuccess()).isFalse();
    assertThat(answer(300).isSuccess()).isFalse();
  }

  @Test
  void aHeaderIsFoundInAnyCaseTheFirstOfSeveral() {
    HttpAnswer answer = answer(200, new Header("A-b", "1"), new Header("a-B", "2"));
    assertThat(answer.header("a-b")).isEqualTo("1");
    assertThat(answer.header("c")).isNull();
  }

  @Test
  void theStartOfABodyIsAThousandBytes() {
    assertThat(answer(200).withBody(new byte[5_000]).startOfBody()).hasSize(1_000);
    assertThat(answer(200).withBody(new byte[] {'a'}).startOfBody()).isEqualTo("a");
  }
}
