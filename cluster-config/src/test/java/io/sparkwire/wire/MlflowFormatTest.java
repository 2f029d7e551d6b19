package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestRequest;
import io.sparkwire.message.TestSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowFormatTest {

  private static final String JSON = "application/json";
  private static final ServiceSpec SERVICE = TestSpec.of("s").batch(3).build();

  private static ServiceRequest request(String contentType, String body) {
    TestRequest request =
        TestRequest.number(1).uri("/invocations").body(body).format(MlflowFormat.NAME);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    return request.build();
  }

  private static RowBodies bodies(String contentType, String body) throws BadRowsException {
    ServiceRequest request = request(contentType, body);
    return RowFormats.of(request).rows(request, SERVICE);
  }

  private static List<String> rows(String body) throws BadRowsException {
    return bodies(JSON, body).bodies().stream().map(row -> new String(row, UTF_8)).toList();
  }

  private static void refused(String body, String message) {
    assertThatThrownBy(() -> rows(body))
        .isInstanceOfSatisfying(
            BadRowsException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.BAD_INPUT))
        .hasMessage(message);
  }

  @Test
  void aSplitFrameNamesItsColumnsOnce() throws BadRowsException {
    String data = "\"data\": [[1.50, \"é,]\"], [-0e+1 , null]]";
    String columns = "\"columns\": [\"a\", \"b \\\" é\"]";
    List<String> rows =
        List.of("{\"a\":1.50,\"b \\\" é\":\"é,]\"}", "{\"a\":-0e+1,\"b \\\" é\":null}");

    assertThat(rows("{\"dataframe_split\": {\"index\": [7, 8], %s, %s}}".formatted(columns, data)))
        .isEqualTo(rows);
    assertThat(rows("{\"dataframe_split\": {%s, %s}}".formatted(data, columns))).isEqualTo(rows);
    assertThat(rows("{\"dataframe_split\": {\"columns\": [\"a\"], \"data\": []}}")).isEmpty();
    assertThat(rows("{\"dataframe_split\": {\"columns\": [], \"data\": [[]]}}"))
        .containsExactly("{}");
  }

  @Test
  void recordsAreTakenAsTheyAre() throws BadRowsException {
    String body =
        "\uFEFF {\"dataframe_records\": [{\"a\" : [1, {\"]\": 2}]} , {\"b\":18446744073709551616}]}";
    assertThat(rows(body))
        .containsExactly("{\"a\" : [1, {\"]\": 2}]}", "{\"b\":18446744073709551616}");
    assertThat(bodies(JSON, body).contentType()).isEqualTo(JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"instances", "inputs"})
  void rowsAreObjectsListsOrValues(String field) throws BadRowsException {
    String body = "{\"" + field + "\": [{\"a\": 1}, [1.0, \"x\"], 2.50]}";
    assertThat(rows(body)).containsExactly("{\"a\": 1}", "[1.0, \"x\"]", "2.50");
    assertThat(bodies(JSON, body).contentType()).isEqualTo(MlflowFormat.VALUES_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"instances", "inputs"})
  void columnsHaveAValueForEachRow(String field) throws BadRowsException {
    String body = "{\"%s\": {\"é\\u00e9\\\"\" : [1.00, null], \"b\": [[1], {\"c\": 2}]}}";
    assertThat(rows(body.formatted(field)))
        .containsExactly(
            "{\"é\\u00e9\\\"\":1.00,\"b\":[1]}", "{\"é\\u00e9\\\"\":null,\"b\":{\"c\": 2}}");
    assertThat(rows("{\"" + field + "\": {}}")).isEmpty();
    assertThat(rows("{\"" + field + "\": {\"a\": []}}")).isEmpty();
  }

  @Test
  void otherFieldsArePassedOver() throws BadRowsException {
    assertThat(rows("{\"params\": {\"instances\": [1]}, \"inputs\": [2], \"more\": 3}"))
        .containsExactly("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                            | none of them
          {"params": {}}                | none of them
          [1]                           | an array
          'null'                        | null
          ''                            | nothing
          {"inputs":[1],"instances":[]} | inputs and instances
          {"inputs":[1],"inputs":[]}    | inputs and inputs
          """)
  void aBodyHasExactlyOneOfFourForms(String body, String got) {
    refused(
        body,
        "the body must be one JSON object with exactly one of dataframe_split, dataframe_records,"
            + " instances, inputs, got "
            + got);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"dataframe_records":{}} | 'dataframe_records' must be an array of objects, got an object
          {"instances":"a"}        | 'instances' must be an array of rows, or an object of columns, got a string
          {"inputs":1.5}           | 'inputs' must be an array of rows, or an object of columns, got a number
          {"inputs":[1]} 2         | the body must be one JSON object, got more after it
          {"inputs":{"a":1}}       | 'inputs.a' must be an array with a value for each row, got a number
          {"inputs":{"a":[1],"b":[1,2]}} | all columns must have as many values as the first, which has 1; 'inputs.b' has 2
          """)
  void otherFormsAreRefused(String body, String message) {
    refused(body, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                           | 'dataframe_split' must be an object, got an array
          {}                           | 'dataframe_split' must have 'columns' and 'data', and may have 'index', got no 'columns'
          {"columns":["a"]}            | 'dataframe_split' must have 'columns' and 'data', and may have 'index', got no 'data'
          {"columns":["a"],"dtype":{}} | 'dataframe_split' must have 'columns' and 'data', and may have 'index', got the field 'dtype'
          {"columns":["a",1]}          | 'dataframe_split.columns' must be an array of strings, got a number
          {"columns":null}             | 'dataframe_split.columns' must be an array of strings, got null
          {"data":true}                | 'dataframe_split.data' must be an array of rows, got a boolean
          {"data":[[1],2]}             | rows[1]: a row of 'data' must be an array of values, got a number
          {"columns":["a"],"data":[[1],[1,2]]} | rows[1]: a row must have as many values as there are 'columns', which is 1; got 2
          """)
  void aSplitFrameThatIsNoneIsRefused(String frame, String message) {
    refused("{\"dataframe_split\":" + frame + "}", message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"inputs\":[1", "{\"inputs\":[1,]}", "{\"inputs\":{\"a\":[1}}"})
  void whatIsNoJsonIsMalformed(String body) {
    assertThatThrownBy(() -> rows(body))
        .hasMessageStartingWith("the body is not valid JSON: ")
        .hasMessageMatching(".* at line 1, column [0-9]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"inputs\":[1,2,3,4]}",
        "{\"inputs\":{\"a\":[1,2,3,4]}}",
        "{\"dataframe_records\":[{},{},{},{}]}",
        "{\"dataframe_split\":{\"data\":[[],[],[],[]]}}"
      })
  void moreRowsThanAllowedAreRefused(String body) {
    assertThatThrownBy(() -> rows(body))
        .hasMessage("a request may have 3 rows at most; send fewer at a time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=UTF-8",
        "Application/JSON ; charset=\"utf-8\";",
      })
  void jsonIsInUtf8(String contentType) throws BadRowsException {
    assertThat(bodies(contentType, "{\"inputs\":[1]}").size()).isEqualTo(1);
    assertThat(bodies(null, "{\"inputs\":[1]}").size()).isEqualTo(1);
  }

  @Test
  void csvIsReadWithOrWithoutAHeader() throws BadRowsException {
    RowBodies named = bodies("text/csv; charset=utf-8", "a,b\n1,x\n");
    assertThat(named.contentType()).isEqualTo(CsvFormat.ROW_TYPE);
    assertThat(new String(named.get(0), UTF_8)).isEqualTo("{\"a\":\"1\",\"b\":\"x\"}");

    RowBodies ordered = bodies("text/csv;header=absent", "1,x\n");
    assertThat(new String(ordered.get(0), UTF_8)).isEqualTo("[\"1\",\"x\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "text/plain",
        "application/json; charset=latin-1",
        "application/json; format=pandas-split",
        "application/json; header=absent",
        "application/vnd.x+json",
        "text/csv; charset=utf-16",
        "text/csv; boundary=x",
        "application/vnd.apache.parquet"
      })
  void otherTypesOfContentAreNotRead(String contentType) {
    assertThatThrownBy(() -> bodies(contentType, "{\"inputs\":[1]}"))
        .isInstanceOfSatisfying(
            BadRowsException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.UNSUPPORTED_MEDIA_TYPE))
        .hasMessageEndingWith("got Content-Type '" + contentType + "'");
  }

  @Test
  void aBareNanIsMissingAndOneInAStringIsText() throws Exception {
    String split =
        "{\"dataframe_split\": {\"columns\": [\"NaN\", \"b\"], \"data\": [[NaN,\"NaN\"], [1,NaN]]}}";
    assertThat(rows(split))
        .containsExactly("{\"NaN\":null,\"b\":\"NaN\"}", "{\"NaN\":1,\"b\":null}");
    assertThat(rows("{\"dataframe_records\": [{\"a\": NaN, \"b\": \"\\\\\\\"NaN\"}]}"))
        .containsExactly("{\"a\": null, \"b\": \"\\\\\\\"NaN\"}");
  }

  @Test
  void theReplyHasThePredictionsInOrder() {
    ServiceRequest request = request(JSON, "{}");
    ServiceReply reply =
        RowFormats.of(request)
            .reply(
                request,
                SERVICE,
                List.of(
                    ServiceReply.ok(JSON, "{\"a\":1.50}".getBytes(UTF_8)),
                    ServiceReply.ok("text/plain; charset=utf-8", "é\"".getBytes(UTF_8))));
    assertThat(reply.contentType()).isEqualTo(JSON);
    assertThat(new String(reply.body(), UTF_8))
        .isEqualTo("{\"predictions\":[{\"a\":1.50},\"é\\\"\"]}");
    assertThat(RowFormats.of(request).reply(request, SERVICE, List.of()).body())
        .asString(UTF_8)
        .isEqualTo("{\"predictions\":[]}");
  }
}
