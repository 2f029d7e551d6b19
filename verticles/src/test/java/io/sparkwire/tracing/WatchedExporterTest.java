package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchedExporterTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> lines = new ArrayList<>();
  private CompletableResultCode next = CompletableResultCode.ofSuccess();

  private final WatchedExporter exporter =
      new WatchedExporter(
          new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
              return next;
            }

            @Override
            public CompletableResultCode flush() {
              return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
              return CompletableResultCode.ofSuccess();
            }
          },
          now::get,
          (lost, reason) -> lines.add(lost + " " + reason));

  private void export(int spans) {
    assertThat(exporter.export(Collections.nCopies(spans, null))).isSameAs(next);
  }

  @Test
  void whatArrivesIsNotLogged() {
    export(5);
    assertThat(lines).isEmpty();
  }

  @Test
  void lostSpansAreOneLineAtOnceAndOneAMinute() {
    next = CompletableResultCode.ofExceptionalFailure(new IllegalStateException("refused"));
    export(5);
    export(7);
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    export(1);
    assertThat(lines).containsExactly("5 refused");
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    export(3);
    assertThat(lines).containsExactly("5 refused", "11 refused");
  }

  @Test
  void aFailureMayHaveNoReason() {
    next = CompletableResultCode.ofFailure();
    export(2);
    assertThat(lines).containsExactly("2 no reason given");
  }
}
