package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.TestSpec;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceOfferTest {

  private static final String GOLDEN =
      "{\"version\":2,\"node\":\"n1\",\"capacity\":64,\"service\":{\"name\":\"s\","
          + "\"listener\":{\"host\":\"127.0.0.1\",\"port\":8888},"
          + "\"route\":{\"path\":\"/s/:id\",\"methods\":[\"POST\",\"PUT\"]},"
          + "\"limits\":{\"maxInFlight\":100,\"maxBodyBytes\":2048,\"timeoutMillis\":3000}}}";

  private static final ServiceOffer OFFER = new ServiceOffer(new NodeId("n1"), spec().build(), 64);

  private static TestSpec spec() {
    return TestSpec.of("s")
        .port(8888)
        .path("/s/:id")
        .methods(Set.of("PUT", "POST"))
        .maxBodyBytes(2048)
        .timeout(Duration.ofSeconds(3));
  }

  private static void isWrittenAs(String text, ServiceOffer offer) {
    assertThat(offer.toText()).isEqualTo(text);
    assertThat(ServiceOffer.parse(text)).isEqualTo(offer);
  }

  @Test
  void itsTextStaysAsItIs() {
    isWrittenAs(GOLDEN, OFFER);
  }

  @Test
  void itsRetentionIsWrittenWhereItKeepsAnything() {
    ReplyRetention retention =
        new ReplyRetention(Duration.ofHours(1), Duration.ZERO, Duration.ofMinutes(2));
    ServiceOffer offer =
        new ServiceOffer(OFFER.node(), spec().retention(retention).build(), OFFER.capacity());
    String golden =
        GOLDEN.replace(
            "}}}",
            "},\"retention\":{\"idempotencyMillis\":3600000,\"asyncMillis\":0,"
                + "\"asyncTimeoutMillis\":120000}}}");

    isWrittenAs(golden, offer);
  }

  @Test
  void itsRowsAreWrittenWhereItTakesMany() {
    ServiceOffer offer = new ServiceOffer(OFFER.node(), spec().batch(5).build(), OFFER.capacity());
    String golden =
        GOLDEN
            .replace("]}", "],\"batch\":true}")
            .replace("\"timeoutMillis\":3000}", "\"timeoutMillis\":3000,\"maxRows\":5}");

    isWrittenAs(golden, offer);
  }

  @Test
  void itsProtocolsAreWrittenWhereItDoesNotSpeakAll() {
    ServiceOffer offer =
        new ServiceOffer(
            OFFER.node(),
            spec().protocols(ServiceProtocol.V2, ServiceProtocol.JSON).build(),
            OFFER.capacity());

    isWrittenAs(GOLDEN.replace("]}", "],\"protocols\":[\"json\",\"v2\"]}"), offer);
  }

  @Test
  void itsDocsAreWrittenWhereItHasNone() {
    ServiceOffer offer =
        new ServiceOffer(OFFER.node(), spec().withoutDocs().build(), OFFER.capacity());

    isWrittenAs(GOLDEN.replace("]}", "],\"docs\":false}"), offer);
  }

  @Test
  void itsResponsesAreWrittenWhereTheyDifferFromTheDefault() {
    ServiceOffer offer =
        new ServiceOffer(
            OFFER.node(),
            spec().responses("no-row", "404", "compress-above", "off").build(),
            OFFER.capacity());
    String golden =
        GOLDEN.replace(
            "}}}",
            "},\"responses\":{\"noRow\":404,\"compressAbove\":9223372036854775807,"
                + "\"overloadStatus\":503,\"requestId\":\"ECHO\",\"serverTiming\":false}}}");

    isWrittenAs(golden, offer);
  }

  @Test
  void itsSchemaIsWrittenAsFarAsItIsKnown() {
    ServiceSchema both = new ServiceSchema("value INT", "ARRAY<DOUBLE>");
    ServiceOffer offer = offer(both);
    String golden =
        GOLDEN.replace(
            "}}}", "},\"schema\":{\"body\":\"value INT\",\"reply\":\"ARRAY<DOUBLE>\"}}}");

    isWrittenAs(golden, offer);

    ServiceOffer partly = offer(new ServiceSchema("", "STRING"));
    assertThat(partly.toText()).contains("\"schema\":{\"reply\":\"STRING\"}");
    assertThat(ServiceOffer.parse(partly.toText())).isEqualTo(partly);

    ServiceOffer later = offer(new ServiceSchema("", "STRING").lenient().ofVersion(2));
    assertThat(later.toText())
        .contains("\"schema\":{\"reply\":\"STRING\",\"strict\":false,\"version\":2}");
    assertThat(ServiceOffer.parse(later.toText())).isEqualTo(later);
  }

  private static ServiceOffer offer(ServiceSchema schema) {
    return new ServiceOffer(OFFER.node(), spec().build().withSchema(schema), OFFER.capacity());
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> ServiceOffer.parse(GOLDEN.replace("\"version\":2", "\"version\":1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "this node reads offers of version 2, got version 1; run the same release on all nodes"
                + " of a cluster");
  }
}
