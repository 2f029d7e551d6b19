package io.sparkwire.dispatch;

import io.sparkwire.cluster.Directory;
import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * The dispatcher of a node among others: this node's own intake first, when it has room, otherwise
 * the worker with the fewest outstanding requests.
 *
 * <p>What stays in the JVM takes the same path, at the same cost, as on a node by itself.
 * Thread-safe.
 */
final class ClusterDispatcher implements Dispatcher, Neighbours, Directory.Listener {

  private static final long TIMEOUT_SECONDS = 30;

  private final EventBus bus;
  private final Exchanges exchanges;
  private final Directory directory;
  private final NodeId self;
  private final Context context;
  private final Map<String, LocalIntake> intakes = new ConcurrentHashMap<>();
  private final NoticeSender noticeSender;
  private final HandOffSender handOffSender;
  private final WorkerDirectory workers;
  private final RemoteRequests remote;
  private final OutstandingExchanges handOffs;
  private final ClaimProtocol claims;
  private final LongAdder repliesToOthers = new LongAdder();
  private final DeliveryOptions local =
      new DeliveryOptions().setLocalOnly(true).setCodecName(Addresses.PENDING_REQUEST);

  private ClusterDispatcher(Node node, Exchanges exchanges) {
    this.bus = node.vertx().eventBus();
    this.exchanges = exchanges;
    this.directory = node.directory();
    this.self = node.id();
    this.context = node.vertx().getOrCreateContext();
    this.noticeSender = new NoticeSender(self, context);
    this.handOffSender = new HandOffSender(context, this::unreached);
    this.workers = new WorkerDirectory(self);
    this.remote = new RemoteRequests(noticeSender, System::nanoTime, this::observer);
    this.handOffs =
        new OutstandingExchanges(
            new WorkerAssignment(
                workers, handOffSender, this::handleWithoutWorker, System::nanoTime),
            noticeSender,
            System::nanoTime);
    this.claims = new ClaimProtocol(bus, self, handOffs, remote, exchanges);
  }

  /** Begins to listen to other nodes. Blocks until they can be heard. */
  static ClusterDispatcher start(Node node, Exchanges exchanges) {
    ClusterDispatcher dispatcher = new ClusterDispatcher(node, exchanges);
    dispatcher.bus.registerCodec(new PendingRequestCodec());
    dispatcher.bus.registerCodec(new HandOffBatchCodec());
    dispatcher.bus.registerCodec(new NoticeBatchCodec());
    MessageConsumer<NoticeBatch> replies =
        dispatcher.bus.consumer(Addresses.replies(dispatcher.self), dispatcher::heard);
    await(replies.completion());
    MessageConsumer<HandOffBatch> requests =
        dispatcher.bus.consumer(Addresses.handOffs(dispatcher.self), dispatcher::received);
    await(requests.completion());
    await(dispatcher.claims.open());
    node.directory().listen(dispatcher);
    dispatcher.changed();
    node.vertx()
        .setPeriodic(OutstandingExchanges.CHECK_INTERVAL_MILLIS, timer -> dispatcher.check());
    return dispatcher;
  }

  private ServiceObserver observer(String service) {
    LocalIntake here = intakes.get(service);
    return here == null ? ServiceObserver.NONE : here.observer();
  }

  private static void await(Future<Void> registered) {
    try {
      registered.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the cluster did not register an address within " + TIMEOUT_SECONDS + " s", e);
    }
  }

  @Override
  public ServiceRequest find(RequestId id) {
    return id.node().equals(self) ? exchanges.request(id) : remote.find(id);
  }

  @Override
  public HandOff to(String service) {
    String intake = Addresses.intake(service, self);
    return exchange -> {
      exchange.handedOff();
      LocalIntake here = intakes.get(service);
      if (here != null && here.hasRoom()) {
        bus.send(intake, exchange, local);
      } else {
        handOffs.add(exchange);
      }
    };
  }

  private void unreached(NodeId worker, HandOffMessage handOff) {
    handOffs.unreached(worker, handOff.request().id().sequence());
  }

  /** There are no other workers, or all are full: perhaps this one is less so. */
  private boolean handleWithoutWorker(Exchange exchange, boolean othersAreFull) {
    LocalIntake here = intakes.get(exchange.request().service());
    boolean taken = here != null && here.offer(exchange);
    if (!taken && othersAreFull) {
      Dispatcher.refuse(exchange);
    }
    return taken || othersAreFull;
  }

  @Override
  public Neighbours neighbours() {
    return this;
  }

  @Override
  public boolean othersRead(String service) {
    return workers.isRead(service);
  }

  @Override
  public void handOn(PendingRequest request) {
    if (request instanceof Exchange exchange) {
      handOffs.add(exchange);
    } else {
      remote.giveBack(request);
    }
  }

  @Override
  public MessageConsumer<?> take(String service, LocalIntake intake) {
    MessageConsumer<Exchange> consumer =
        bus.localConsumer(Addresses.intake(service, self), own -> take(own.body(), intake));
    intakes.put(service, intake);
    return consumer;
  }

  private void take(Exchange own, LocalIntake intake) {
    if (!intake.offer(own)) {
      handOffs.add(own);
    }
  }

  private void received(Message<HandOffBatch> message) {
    for (HandOffMessage handOff : message.body().list()) {
      remote.receive(handOff, intakes.get(handOff.request().service()));
    }
  }

  @Override
  public boolean answer(RequestId id, ServiceReply reply) {
    if (id.node().equals(self)) {
      return exchanges.answer(id, reply);
    }
    repliesToOthers.increment();
    return remote.answer(id, reply);
  }

  @Override
  public boolean answer(RowId row, ServiceReply reply) {
    if (row.isOnly()) {
      return answer(row.request(), reply);
    }
    if (row.request().node().equals(self)) {
      return exchanges.answer(row, reply);
    }
    repliesToOthers.increment();
    noticeSender.send(row.request().node(), Notice.row(Kind.ROW, row, reply));
    return true;
  }

  @Override
  public void leaveOut(RowId row, ServiceReply leftOut) {
    if (row.isOnly()) {
      answer(row.request(), leftOut);
    } else if (row.request().node().equals(self)) {
      exchanges.leaveOut(row, leftOut);
    } else {
      noticeSender.send(row.request().node(), Notice.row(Kind.ROW_LEFT_OUT, row, leftOut));
    }
  }

  @Override
  public long repliesToOthers() {
    return repliesToOthers.sum();
  }

  @Override
  public List<PendingRequest> claim(List<ServiceRequest> left) {
    return claims.claim(left);
  }

  @Override
  public void giveBack(String service) {
    intakes.remove(service);
    remote.giveBack(service);
  }

  private void heard(Message<NoticeBatch> message) {
    NoticeBatch notices = message.body();
    for (Notice notice : notices.list()) {
      heard(notices.from(), notice);
    }
  }

  private void heard(NodeId from, Notice notice) {
    switch (notice.kind()) {
      case REPLY -> {
        answered(from, notice);
        handOffs.replied(from, notice.sequence());
      }
      case ROW, ROW_LEFT_OUT, ROWS_ENDED -> heardOfRows(from, notice);
      case FINISHED -> remote.finished(new RequestId(from, notice.sequence()));
      default -> handOffs.noticed(from, notice.kind(), notice.sequence());
    }
  }

  private void answered(NodeId from, Notice notice) {
    Exchange exchange = exchanges.find(notice.sequence());
    if (exchange != null) {
      exchange.answer(notice.reply(), from, notice.times());
    }
  }

  private void heardOfRows(NodeId from, Notice notice) {
    long sequence = notice.sequence();
    handOffs.noticed(from, Kind.ACCEPTED, sequence);
    switch (notice.kind()) {
      case ROW -> exchanges.answer(notice.row(self), notice.reply());
      case ROW_LEFT_OUT -> exchanges.leaveOut(notice.row(self), notice.reply());
      default -> exchanges.rowsEnded(sequence, notice.reply());
    }
    Exchange exchange = exchanges.find(sequence);
    if (exchange == null || !exchange.isOpen()) {
      handOffs.answeredByRows(sequence);
    }
  }

  private void check() {
    handOffs.check();
    remote.check();
  }

  @Override
  public void changed() {
    workers.update(directory.offers());
    context.runOnContext(v -> handOffs.changed());
  }

  @Override
  public void left(NodeId node) {
    noticeSender.left(node);
    handOffSender.left(node);
    remote.left(node);
    context.runOnContext(v -> handOffs.left(node));
  }
}
