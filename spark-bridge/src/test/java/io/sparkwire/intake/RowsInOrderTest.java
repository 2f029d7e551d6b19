package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.Suspicion;
import io.sparkwire.message.TestRequest;
import io.sparkwire.message.TestSpec;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsInOrderTest {

  private static final NodeId NODE = NodeId.random(new SecureRandom());

  private final RowsInOrder rows =
      new RowsInOrder(LeftOut.of(TestSpec.of("s").responses("no-row", "422").build()));

  private static final class Asked implements PendingRequest {

    private final ServiceRequest request;
    private final Suspicion suspicion = new Suspicion();
    private ServiceReply reply;

    Asked(int number) {
      request = TestRequest.of(new RequestId(NODE, number)).build();
    }

    @Override
    public ServiceRequest request() {
      return request;
    }

    @Override
    public boolean isOpen() {
      return reply == null;
    }

    @Override
    public boolean answer(ServiceReply answer) {
      boolean first = reply == null;
      reply = first ? answer : reply;
      return first;
    }

    @Override
    public void rowsEnded(ServiceReply leftOut) {
      answer(leftOut);
    }

    @Override
    public boolean retain() {
      return true;
    }

    @Override
    public Suspicion suspicion() {
      return suspicion;
    }

    int status() {
      return reply == null ? 0 : reply.status();
    }
  }

  private List<Asked> goIn(int count) {
    List<Asked> all = IntStream.range(0, count).mapToObj(Asked::new).toList();
    all.forEach(one -> rows.goesIn(one, true));
    return all;
  }

  private static List<Integer> statuses(List<Asked> all) {
    return all.stream().map(Asked::status).toList();
  }

  private static void isWritten(Asked request) {
    request.answer(new ServiceReply(200, null, List.of(), new byte[0]));
  }

  /** The task takes so many rows, one by one. */
  private void takes(int count) {
    for (int i = 0; i < count; i++) {
      rows.wantsNext();
      rows.takes();
    }
  }

  @Test
  void aRowThatIsNotWrittenBeforeTheNextOneIsWantedWasLeftOut() {
    rows.pass(true);
    List<Asked> all = goIn(4);
    takes(1);
    isWritten(all.get(0));
    takes(2);
    assertThat(statuses(all)).containsExactly(200, 422, 0, 0);
    rows.wantsNext();
    assertThat(statuses(all)).containsExactly(200, 422, 422, 0);
    rows.wantsNext();
    assertThat(statuses(all)).containsExactly(200, 422, 422, 0);
  }

  @Test
  void rowsMayGoInAndBeTakenBeforeItIsKnownHowTheyPass() {
    List<Asked> all = goIn(3);
    takes(2);
    isWritten(all.get(1));
    assertThat(statuses(all)).containsExactly(0, 200, 0);
    rows.pass(true);
    rows.wantsNext();
    assertThat(statuses(all)).containsExactly(422, 200, 0);
  }

  @Test
  void rowsThatPassOtherwiseAreNotJudged() {
    List<Asked> all = goIn(3);
    rows.pass(false);
    takes(3);
    rows.wantsNext();
    assertThat(statuses(all)).containsOnly(0);
  }

  @Test
  void withoutAWriterRowsAreForgotten() {
    List<Asked> all = goIn(RowsInOrder.MOST_UNKNOWN + 1);
    rows.pass(true);
    takes(all.size());
    rows.wantsNext();
    assertThat(statuses(all)).containsOnly(0);
  }

  @Test
  void aRequestHasEndedWhenItsLastRowHas() {
    rows.pass(true);
    Asked request = new Asked(1);
    for (int row = 0; row < 3; row++) {
      rows.goesIn(request, row == 2);
    }
    takes(3);
    assertThat(request.status()).isZero();
    rows.wantsNext();
    assertThat(request.status()).isEqualTo(422);
  }
}
