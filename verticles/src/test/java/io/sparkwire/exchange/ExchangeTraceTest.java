package io.sparkwire.exchange;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.ServiceRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTraceTest {

  private final LoopHarness loop = new LoopHarness(Duration.ofMinutes(10));
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final ExchangeTrace trace =
      new ExchangeTrace() {
        @Override
        public String traceId() {
          return "t";
        }

        @Override
        public void received(ServiceRequest request) {
          told.add("received " + request.method());
        }

        @Override
        public void written(boolean complete) {
          told.add("written " + complete);
        }
      };

  @AfterEach
  void stop() {
    loop.close();
  }

  private Exchange followed(Responder client) {
    Exchange exchange = loop.openWriting(client);
    loop.runOnLoop(() -> exchange.follow(trace));
    return loop.handOff(loop.received(exchange));
  }

  private void awaitTold(String... all) {
    await().atMost(ofSeconds(10)).untilAsserted(() -> assertThat(told).containsExactly(all));
  }

  @Test
  void itIsToldOfTheWholeRequestAndOnceTheReplyIsWritten() {
    Promise<Void> written = Promise.promise();
    Exchange exchange = followed(reply -> written.future());
    assertThat(exchange.trace()).isSameAs(trace);
    exchange.answer(LoopHarness.reply("yes"));
    await().atMost(ofSeconds(10)).until(() -> exchange.trace() == null);
    assertThat(told).containsExactly("received POST");
    loop.runOnLoop(written::complete);

    awaitTold("received POST", "written true");
  }

  @Test
  void itIsToldThatAReplyCouldNotBeWritten() {
    followed(reply -> Future.failedFuture("gone")).answer(LoopHarness.reply("yes"));

    awaitTold("received POST", "written false");
  }
}
