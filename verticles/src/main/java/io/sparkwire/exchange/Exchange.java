package io.sparkwire.exchange;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.Suspicion;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * One open HTTP request and its response, held by the node that accepted it.
 *
 * <p>It ends once: answered, expired or abandoned, whichever comes first. Only {@link #isOpen} and
 * the methods that answer it or its rows may be called on any thread; all other methods run on the
 * event loop of its connection.
 */
public final class Exchange implements PendingRequest {

  /** In the place of the reply of one that has ended without one. */
  private static final ServiceReply GONE = new ServiceReply(599, null, List.of(), new byte[0]);

  private static final ServiceReply SENT = new ServiceReply(599, null, List.of(), new byte[0]);
  private static final int UNAVAILABLE = FailureCode.OVERLOADED.status();
  private static final VarHandle REPLY;
  private static final VarHandle REQUEST;
  private static final VarHandle ROWS;
  private static final int FIRST_STATUS_OF_NO_SUCCESS = 300;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      REPLY = lookup.findVarHandle(Exchange.class, "reply", ServiceReply.class);
      REQUEST = lookup.findVarHandle(Exchange.class, "request", ServiceRequest.class);
      ROWS = lookup.findVarHandle(Exchange.class, "rows", RowReplies.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ExchangeQueue queue;
  private final long sequence;
  private final long deadlineNanos;
  private final ExchangeTimes times;
  private Responder responder;

  /** Null if no client waits for it on a connection, and once it has ended. */
  private HttpServerRequest http;

  /** Null unless its request is sampled, and once it has ended. */
  private ExchangeTrace trace;

  private volatile ServiceReply reply;
  private volatile ServiceRequest retained;

  /** Null until the client has sent all, and again once it has ended. */
  private volatile ServiceRequest request;

  /** Null while no row of its request has a reply, and where the request is a row by itself. */
  private volatile RowReplies rows;

  private boolean expired;
  private Room room = Room.NONE;
  private final Suspicion suspicion = new Suspicion();

  /** The place among those in flight that it has, or has not. */
  enum Room {
    /** It has not asked for one: the client has not sent all. */
    NONE,
    /** It asked, and was refused. */
    REFUSED,
    OWN,
    /** Its request has one, which another exchange or the caller holds. */
    HANDED_OVER
  }

  /** Its neighbours in the queue, which alone touches them. */
  Exchange earlier;

  Exchange later;

  Exchange(
      ExchangeQueue queue,
      long sequence,
      long deadlineNanos,
      HttpServerRequest http,
      Responder responder) {
    this.queue = queue;
    this.sequence = sequence;
    this.deadlineNanos = deadlineNanos;
    this.times = queue.service().keepsTimes() ? new ExchangeTimes() : null;
    this.http = http;
    this.responder = responder;
  }

  /** Its id, by which any node finds it. */
  public RequestId id() {
    return queue.id(this);
  }

  /** The value of {@code Server-Timing} if it is answered now; null if its service has none. */
  public String serverTiming() {
    return times == null ? null : times.header(openedNanos(), queue.nanoTime().getAsLong());
  }

  /** What its client has sent; null if no client waits for it, and when it has ended. */
  public HttpServerRequest http() {
    return http;
  }

  /** Has a trace follow it until its reply is written. */
  public void follow(ExchangeTrace begun) {
    trace = begun;
  }

  /** The trace that follows it; null if none does. */
  public ExchangeTrace trace() {
    return trace;
  }

  /** Its reply or failure, in observers of its end; null before. */
  public ServiceReply reply() {
    return reply;
  }

  /** When its parts began; null if that is not kept. */
  public ExchangeTimes times() {
    return times;
  }

  /** This node's number for it. */
  public long sequence() {
    return sequence;
  }

  public Service service() {
    return queue.service();
  }

  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** When it was opened, by the clock of its queue. */
  public long openedNanos() {
    return deadlineNanos - queue.timeout().toNanos();
  }

  Room room() {
    return room;
  }

  private ExchangeObserver observer() {
    return queue.service().observer().exchanges();
  }

  /** Asks for room among those in flight, now that the client has sent all. */
  public Admission admit() {
    Admission admission = queue.service().admit();
    room = admission == Admission.ADMITTED ? Room.OWN : Room.REFUSED;
    return admission;
  }

  /**
   * Whether it has the room of an admitted request: one exchange of each such request has it at the
   * end, with what the pipeline got and replied.
   */
  public boolean isAdmitted() {
    return room == Room.OWN;
  }

  /** Takes the room of its request, which no other exchange holds. */
  public void takeRoom() {
    room = Room.OWN;
  }

  /** Completes it with all that the client had to say, which it must before it is handed off. */
  public void received(ServiceRequest whole) {
    if (trace != null) {
      trace.received(whole);
    }
    REQUEST.setRelease(this, whole);
  }

  /** A dispatcher gives its request to an intake, of this node or of another one. */
  public void handedOff() {
    if (times != null) {
      times.handedOff(queue.nanoTime().getAsLong());
    }
    observer().handedOff(this, queue.nanoTime());
  }

  @Override
  public void taken() {
    if (isOpen()) { // otherwise it is computed again for its effect, or has ended just now
      if (times != null) {
        if (times.attempts() > 0) {
          service().observer().replayed();
        }
        times.taken(queue.nanoTime().getAsLong());
      }
      observer().taken(this, queue.nanoTime());
    }
  }

  /** Another node has said that a reader there will have it. */
  public void takenBy(NodeId worker) {
    if (isOpen()) {
      if (times != null) {
        times.isAt(worker);
      }
      observer().taken(this, queue.nanoTime());
    }
  }

  /**
   * Another node answers it.
   *
   * @param needed null if that node has not read it itself
   * @return whether this was the first answer
   */
  public boolean answer(ServiceReply answer, NodeId worker, RemoteTimes needed) {
    if (times != null && isOpen()) {
      times.isAnsweredBy(worker, needed);
    }
    return answer(answer);
  }

  @Override
  public ServiceRequest request() {
    ServiceRequest whole = whole();
    return whole == null ? ServiceRequest.ended(queue.id(this), service().spec().name()) : whole;
  }

  private ServiceRequest whole() {
    ServiceRequest whole = (ServiceRequest) REQUEST.getAcquire(this);
    return whole == null ? retained : whole;
  }

  @Override
  public boolean retain() {
    ServiceRequest whole = whole();
    retained = whole;
    return whole != null;
  }

  @Override
  public boolean isOpen() {
    return reply == null;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a mark, and no reply
  public boolean isGone() {
    return reply == GONE;
  }

  @Override
  public boolean answer(ServiceReply answer) {
    boolean first = REPLY.compareAndSet(this, null, answer);
    if (first) {
      noteAnswer();
      queue.answered(this);
    } else {
      queue.service().answeredLate();
    }
    return first;
  }

  private void noteAnswer() {
    if (times != null) {
      times.answered(queue.nanoTime().getAsLong());
    }
  }

  /**
   * Answers one row of its request. A reply that is no success answers the whole request.
   *
   * @return whether this was the first to that row
   */
  boolean answer(RowId row, ServiceReply answer) {
    ServiceRequest whole = whole();
    if (whole == null || answer.status() >= FIRST_STATUS_OF_NO_SUCCESS) {
      return answer(answer);
    }
    RowReplies all = replies(row.rows());
    if (!all.put(row.row(), answer)) {
      queue.service().answeredLate();
      return false;
    }
    if (all.isComplete()) {
      answer(replyOf(whole, all.list()));
    }
    return true;
  }

  /**
   * The pipeline has left out one row of its request.
   *
   * @param leftOut what the request gets if that is so of all
   */
  void leaveOut(RowId row, ServiceReply leftOut) {
    RowReplies all = replies(row.rows());
    all.leaveOut(row.row());
    if (all.isComplete()) {
      rowsEnded(leftOut);
    }
  }

  @Override
  public void rowsEnded(ServiceReply leftOut) {
    ServiceRequest whole = whole();
    List<ServiceReply> made = rows == null ? List.of() : rows.list();
    boolean none = whole == null || made.isEmpty();
    answer(none ? leftOut : replyOf(whole, made));
  }

  private ServiceReply replyOf(ServiceRequest whole, List<ServiceReply> ofRows) {
    return RowFormats.of(whole).reply(whole, service().spec(), ofRows);
  }

  private RowReplies replies(int number) {
    if (rows == null) {
      ROWS.compareAndSet(this, null, new RowReplies(number));
    }
    return rows;
  }

  @Override
  public Suspicion suspicion() {
    return suspicion;
  }

  /** It ends without giving back its room, which is the caller's from now on. */
  public void handOverRoom() {
    room = Room.HANDED_OVER;
  }

  private void giveBackRoom() {
    if (room == Room.OWN) {
      queue.service().left();
    }
  }

  /** The client went away: whatever is computed for it is dropped. */
  public void abandon() {
    if (REPLY.compareAndSet(this, null, GONE)) {
      queue.remove(this);
      giveBackRoom();
      observeComputed(null);
      observer().abandoned(this, queue.nanoTime());
      release(GONE);
    }
  }

  /** If readers of this node have computed it, or tried to, observers get to know of that. */
  private void observeComputed(ServiceReply answer) {
    ComputeTimes computed = times == null ? null : times.computed(queue.nanoTime());
    if (computed != null) {
      observer().computed(request(), computed, answer);
    }
  }

  /**
   * Lets go of request, connection and reply: history, intake and readers may refer to this for
   * long after its end.
   */
  private void release(ServiceReply end) {
    responder = null;
    http = null;
    trace = null;
    rows = null;
    REQUEST.setRelease(this, null); // after the reply, so a reader that misses it sees the end
    REPLY.setRelease(this, end);
  }

  /** Its deadline has passed. If it has ended before, only its answer is still to be sent. */
  void expire() {
    if (isOpen() && REPLY.compareAndSet(this, null, Overdue.exchange(request, queue.timeout()))) {
      expired = true;
      noteAnswer();
      queue.answered(this);
    }
  }

  /**
   * Sends the answer it has. Its room is given back before, so that a client which has the answer
   * finds room for its next request. If the answer could not be written at once, it counts as in
   * flight again until it is.
   */
  void finish() {
    queue.remove(this);
    giveBackRoom();
    observeComputed(reply);
    if (expired) {
      observer().expired(this, queue.nanoTime());
    } else {
      observer().answered(this, queue.nanoTime());
    }
    Responder client = responder;
    ExchangeTrace traced = trace;
    ServiceReply last = reply;
    if (last.status() == UNAVAILABLE) {
      last = service().backlog().refusal(last);
    }
    release(expired ? GONE : SENT);
    Future<Void> written = client.send(last, this);
    if (traced != null) {
      written.onComplete(done -> traced.written(done.succeeded()));
    }
    if (!written.isComplete()) {
      queue.waitFor(written);
    }
  }
}
