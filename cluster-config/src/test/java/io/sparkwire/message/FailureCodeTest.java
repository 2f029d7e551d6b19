package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailureCodeTest {

  /** Nodes of other versions and programs of other people rely on each of these. */
  private static final String WIRE =
      """
       1 400 BAD_INPUT urn:sparkwire:problem:bad-input "Bad input"
       2 404 UNKNOWN_PATH urn:sparkwire:problem:unknown-path "Unknown path"
       3 405 METHOD_NOT_ALLOWED urn:sparkwire:problem:method-not-allowed "Method not allowed"
       4 408 REQUEST_TIMEOUT urn:sparkwire:problem:request-timeout "Request timeout" retryable
       5 413 BODY_TOO_LARGE urn:sparkwire:problem:body-too-large "Body too large"
       6 415 UNSUPPORTED_MEDIA_TYPE urn:sparkwire:problem:unsupported-media-type "Unsupported media type"
       7 500 PIPELINE_FAILED urn:sparkwire:problem:pipeline-failed "Pipeline failed"
       8 503 OVERLOADED urn:sparkwire:problem:overloaded "Overloaded" retryable
       9 503 UNAVAILABLE urn:sparkwire:problem:unavailable "Unavailable" retryable
      10 504 DEADLINE_EXCEEDED urn:sparkwire:problem:deadline-exceeded "Deadline exceeded" retryable
      11 404 UNKNOWN_REQUEST urn:sparkwire:problem:unknown-request "Unknown request"
      12 400 BAD_IDEMPOTENCY_KEY urn:sparkwire:problem:bad-idempotency-key "Bad idempotency key"
      13 409 REQUEST_RUNNING urn:sparkwire:problem:request-running "Request running" retryable
      14 422 IDEMPOTENCY_KEY_REUSED urn:sparkwire:problem:idempotency-key-reused "Idempotency key reused"
      15 500 REPLY_LOST urn:sparkwire:problem:reply-lost "Reply lost"
      16 422 ROW_DROPPED urn:sparkwire:problem:row-dropped "Row dropped"
      17 400 MALFORMED_REQUEST urn:sparkwire:problem:malformed-request "Malformed request"
      18 414 URI_TOO_LONG urn:sparkwire:problem:uri-too-long "URI too long"
      19 431 HEADERS_TOO_LARGE urn:sparkwire:problem:headers-too-large "Header fields too large"
      20 505 VERSION_NOT_SUPPORTED urn:sparkwire:problem:version-not-supported "HTTP version not supported"
      21 417 EXPECTATION_FAILED urn:sparkwire:problem:expectation-failed "Expectation failed"
      22 421 MISDIRECTED_REQUEST urn:sparkwire:problem:misdirected-request "Misdirected request"
      27 501 TRANSFER_CODING_NOT_SUPPORTED urn:sparkwire:problem:transfer-coding-not-supported "Transfer coding not supported"
      28 401 UNAUTHENTICATED urn:sparkwire:problem:unauthenticated "Unauthenticated"
      29 403 FORBIDDEN urn:sparkwire:problem:forbidden "Forbidden"
      30 429 TOO_MANY_REQUESTS urn:sparkwire:problem:too-many-requests "Too many requests" retryable
      """;

  @Test
  void theWireNeverChangesItsMeaning() {
    String table =
        Arrays.stream(FailureCode.values())
            .map(FailureCodeTest::line)
            .collect(Collectors.joining("\n", "", "\n"));

    assertThat(table).isEqualTo(WIRE);
  }

  private static String line(FailureCode code) {
    return "%2d %d %s %s \"%s\"%s"
        .formatted(
            code.number(),
            code.status(),
            code,
            code.type(),
            code.title(),
            code.retryable() ? " retryable" : "");
  }

  @Test
  void everyCodeHasItsOwnNumberAndType() {
    assertThat(FailureCode.values())
        .extracting(FailureCode::number)
        .doesNotHaveDuplicates()
        .allSatisfy(number -> assertThat(number).isPositive());
    assertThat(FailureCode.values()).extracting(FailureCode::type).doesNotHaveDuplicates();
  }
}
