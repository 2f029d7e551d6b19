package io.sparkwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestCountsTest {

  private final RequestCounts counts = new RequestCounts();

  private static ServiceReply ok() {
    return ServiceReply.ok("text/plain", new byte[0]);
  }

  private static ServiceReply of(String version) {
    return ok().with(new Header("Other", "x")).with(new Header(ServiceReply.VERSION, version));
  }

  @Test
  void eachKindOfResponsesIsCountedByItself() {
    counts.count(ok());
    counts.count(of("7"));
    counts.count(of("8"));
    counts.count(of("7"));
    counts.count(new ServiceReply(404, "text/plain", List.of(), new byte[0]));
    counts.count(ServiceFailure.of(FailureCode.BAD_INPUT, "no").toReply());
    counts.count(ServiceFailure.of(FailureCode.DEADLINE_EXCEEDED, "late").toReply());
    counts.count(ServiceFailure.of(FailureCode.OVERLOADED, "full").toReply(429));

    assertThat(counts.read())
        .isEqualTo(
            Map.of(
                new ResponseKind("", 2, null), 1L,
                new ResponseKind("7", 2, null), 2L,
                new ResponseKind("8", 2, null), 1L,
                new ResponseKind("", 4, null), 1L,
                new ResponseKind("", 4, FailureCode.BAD_INPUT), 1L,
                new ResponseKind("", 5, FailureCode.DEADLINE_EXCEEDED), 1L,
                new ResponseKind("", 4, FailureCode.OVERLOADED), 1L));
    assertThat(new ResponseKind("", 5, FailureCode.DEADLINE_EXCEEDED).failureName())
        .isEqualTo("deadline-exceeded");
  }

  @Test
  void aServiceHasABoundedNumberOfVersions() {
    for (int version = 0; version < 1_000; version++) {
      counts.count(of("" + version));
    }

    Map<ResponseKind, Long> read = counts.read();
    assertThat(read).hasSizeLessThan(110);
    assertThat(read.get(new ResponseKind(RequestCounts.OTHER, 2, null))).isGreaterThan(890);
    assertThat(read.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1_000);
  }
}
