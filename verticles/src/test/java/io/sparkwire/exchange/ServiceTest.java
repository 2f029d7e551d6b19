package io.sparkwire.exchange;

import static io.sparkwire.exchange.ServiceCounter.ADMITTED;
import static io.sparkwire.exchange.ServiceCounter.ANSWERED;
import static io.sparkwire.exchange.ServiceCounter.LATE_ANSWERS;
import static io.sparkwire.exchange.ServiceCounter.QUARANTINED;
import static io.sparkwire.exchange.ServiceCounter.REFUSED;
import static io.sparkwire.exchange.ServiceCounter.SECOND_ROWS;
import static io.sparkwire.exchange.ServiceCounter.UNREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.TestSpec;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceTest {

  private final Service service = new Service(TestSpec.of("s").maxInFlight(2).build());

  @Test
  void itAdmitsAsManyAsMayBeInFlight() {
    assertThat(service.admit()).isEqualTo(Admission.ADMITTED);
    assertThat(service.admit()).isEqualTo(Admission.ADMITTED);
    assertThat(service.admit()).isEqualTo(Admission.FULL);
    assertThat(service.inFlight()).isEqualTo(2);

    service.leftAnswered();
    assertThat(service.admit()).isEqualTo(Admission.ADMITTED);
    assertThat(service.admit()).isEqualTo(Admission.FULL);
    assertThat(service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 3L, REFUSED, 2L, ANSWERED, 1L)));
  }

  @Test
  void onceItStopsItAdmitsNoRequest() {
    service.admit();
    service.stopAdmitting();

    assertThat(service.admit()).isEqualTo(Admission.STOPPING);
    assertThat(service.inFlight()).isEqualTo(1);
    assertThat(service.counts()).isEqualTo(new Service.Counts(Map.of(ADMITTED, 1L, REFUSED, 1L)));
  }

  @Test
  void whatIsReportedIsCounted() {
    service.admitAnyway();
    service.leftAnswered();
    service.answeredLate();
    service.observer().quarantined("r1", 2, "why");
    service.secondRow();
    service.beginsWaiting();
    service.endsWaiting(false);

    assertThat(service.counts())
        .isEqualTo(
            new Service.Counts(
                Map.of(
                    ADMITTED, 1L,
                    ANSWERED, 1L,
                    LATE_ANSWERS, 1L,
                    QUARANTINED, 1L,
                    SECOND_ROWS, 1L,
                    UNREAD, 1L)));
    assertThat(service.inFlight()).isZero();
  }

  @Test
  void itsStatusShowsItsSchemaAsFarAsThatIsKnown() {
    assertThat(service.status().containsKey("schema")).isFalse();

    service.describe(new ServiceSchema("", "STRING"));
    assertThat(service.status().encode())
        .startsWith("{\"name\":\"s\",\"path\":\"/s\",\"schema\":{\"reply\":\"STRING\"},");
    assertThat(service.spec().withSchema(ServiceSchema.UNKNOWN))
        .isEqualTo(TestSpec.of("s").maxInFlight(2).build());
  }

  @Test
  void aRaceAdmitsNoneTooMany() {
    long admitted =
        IntStream.range(0, 10_000)
            .parallel()
            .filter(i -> service.admit() == Admission.ADMITTED)
            .count();

    assertThat(admitted).isEqualTo(2);
    assertThat(service.inFlight()).isEqualTo(2);
  }
}
