package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
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
    all.forEach(one -> rows.goesIn(one, 0, true));
    return all;
  }

  private static List<Integer> statuses(List<Asked> all) {
    return all.stream().map(Asked::status).toList();
  }

  private void comesOut(Asked request) {
    request.answer(new ServiceReply(200, null, List.of(), new byte[0]));
    rows.written(RowId.only(request.request().id()));
  }

  @Test
  void whatWentInBeforeARowThatCameOutWasLeftOut() {
    rows.pass(true);
    List<Asked> all = goIn(5);
    comesOut(all.get(0));
    assertThat(statuses(all)).containsExactly(200, 0, 0, 0, 0);
    comesOut(all.get(3));
    assertThat(statuses(all)).containsExactly(200, 422, 422, 200, 0);
  }

  @Test
  void theLastAreLeftOutWhenAnEpochHadThatManyRows() {
    List<Asked> all = goIn(4);
    rows.pass(true);
    comesOut(all.get(1));
    rows.cameOut(3);
    assertThat(statuses(all)).containsExactly(422, 200, 422, 0);
    rows.cameOut(3);
    assertThat(statuses(all)).containsExactly(422, 200, 422, 0);
  }

  @Test
  void rowsThatPassOtherwiseAreNotJudged() {
    List<Asked> all = goIn(3);
    rows.pass(false);
    comesOut(all.get(2));
    rows.cameOut(3);
    assertThat(statuses(all)).containsExactly(0, 0, 200);
  }

  @Test
  void aRowOfAnotherReaderOrASecondRowProvesNothing() {
    rows.pass(true);
    List<Asked> all = goIn(3);
    comesOut(all.get(0));
    rows.written(RowId.only(all.get(0).request().id()));
    rows.written(RowId.only(new RequestId(NODE, 99)));
    assertThat(statuses(all)).containsExactly(200, 0, 0);
  }

  @Test
  void withoutAWriterRowsAreForgotten() {
    List<Asked> all = goIn(RowsInOrder.MOST_UNKNOWN + 1);
    rows.pass(true);
    rows.cameOut(all.size());
    assertThat(statuses(all)).containsOnly(0);
  }

  /** Three rows of each request. */
  private List<Asked> goInWithRows(int count) {
    List<Asked> all = IntStream.range(0, count).mapToObj(Asked::new).toList();
    for (Asked one : all) {
      for (int row = 0; row < 3; row++) {
        rows.goesIn(one, row, row == 2);
      }
    }
    return all;
  }

  private static RowId row(Asked request, int row) {
    return new RowId(request.request().id(), row, 3);
  }

  @Test
  void aRequestHasEndedWhenItsLastRowOrALaterRequestHasComeOut() {
    rows.pass(true);
    List<Asked> all = goInWithRows(3);

    rows.written(row(all.get(0), 0));
    assertThat(statuses(all)).containsExactly(0, 0, 0);
    rows.written(row(all.get(1), 1));
    assertThat(statuses(all)).containsExactly(422, 0, 0);
    rows.written(row(all.get(1), 2));
    assertThat(statuses(all)).containsExactly(422, 422, 0);
    rows.cameOut(9);
    assertThat(statuses(all)).containsExactly(422, 422, 422);
  }
}
