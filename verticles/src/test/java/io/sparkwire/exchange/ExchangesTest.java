package io.sparkwire.exchange;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangesTest {

  private static final ServiceReply REPLY = LoopHarness.reply("x");

  private final LoopHarness loop = new LoopHarness();

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void anExchangeIsAnsweredByItsIdAndOnlyOnce() {
    Exchange exchange = loop.open("a");
    RequestId id = loop.exchanges.id(exchange);

    assertThat(loop.exchanges.answer(id, REPLY)).isTrue();
    assertThat(loop.exchanges.answer(id, REPLY)).isFalse();
    await().atMost(ofSeconds(10)).until(() -> loop.exchanges.size() == 0);
    assertThat(loop.exchanges.answer(id, REPLY)).isFalse();
    assertThat(loop.sent).containsExactly("a 200 x");
  }

  @Test
  void idsAreOfThisNodeAndCountUp() {
    RequestId first = loop.exchanges.id(loop.open("a"));

    assertThat(first).isEqualTo(new RequestId(new NodeId("n1"), 1));
    assertThat(loop.exchanges.id(loop.open("b"))).isEqualTo(new RequestId(new NodeId("n1"), 2));
  }

  @Test
  void unknownIdsAndThoseOfOtherNodesAreNobodys() {
    Exchange exchange = loop.open("a");

    assertThat(loop.exchanges.answer(new RequestId(new NodeId("n2"), 1), REPLY)).isFalse();
    assertThat(loop.exchanges.answer(new RequestId(new NodeId("n1"), 2), REPLY)).isFalse();
    assertThat(exchange.isOpen()).isTrue();
  }

  @Test
  void allOfOneServiceAreAnsweredAtOnce() {
    Exchange exchange = loop.open("a");
    loop.exchanges.answerAll(new Service(loop.service.spec()), REPLY);
    assertThat(exchange.isOpen()).isTrue();

    loop.open("b");
    loop.exchanges.answerAll(loop.service, REPLY);
    await().atMost(ofSeconds(10)).until(() -> loop.exchanges.size() == 0);
    assertThat(loop.sent).containsExactlyInAnyOrder("a 200 x", "b 200 x");
  }
}
