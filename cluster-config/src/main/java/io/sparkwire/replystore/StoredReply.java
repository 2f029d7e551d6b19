package io.sparkwire.replystore;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/**
 * What is kept of one request beyond its connection: the node that has it answered, and in the end
 * the reply.
 *
 * <p>It is stored in the shared map as it is, so the map can query its components; request and
 * reply are encrypted there if the cluster has a secret. Immutable.
 *
 * @param holder the node that has it answered; {@link #NO_HOLDER} if none does any more, {@link
 *     #ANSWERED} once there is a reply
 * @param losses how many nodes were lost while they had it answered
 * @param fingerprint distinguishes requests of the same key; empty where there is nothing to
 *     distinguish
 * @param request as {@link StoredReplyCodec} writes it; empty if only its client can repeat it
 * @param reply as {@link StoredReplyCodec} writes it; empty until there is one
 * @param changed when the node that owns the key made the latest change, by its clock, in
 *     microseconds since the epoch; 0 until it is in the shared map
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
public record StoredReply(
    String holder, int losses, String fingerprint, byte[] request, byte[] reply, long changed) {

  public static final String NO_HOLDER = "";
  static final String ANSWERED = "-";

  private static final byte[] NONE = {};

  /** A request that its client will repeat if it is lost. */
  public static StoredReply running(NodeId holder, String fingerprint) {
    return new StoredReply(holder.text(), 0, fingerprint, NONE, NONE, 0);
  }

  /** A request that its client does not repeat, so any node must be able to have it answered. */
  public static StoredReply running(NodeId holder, ServiceRequest request) {
    return new StoredReply(holder.text(), 0, "", StoredReplyCodec.write(request), NONE, 0);
  }

  /** The same, held by another because its holder was lost. */
  public StoredReply takenOver(NodeId by) {
    int lost = losses + (holder.equals(NO_HOLDER) ? 0 : 1);
    return new StoredReply(by.text(), lost, fingerprint, request, NONE, 0);
  }

  /** The same without a holder: the first node that finds it may take it over. */
  public StoredReply released() {
    return new StoredReply(NO_HOLDER, losses, fingerprint, request, NONE, 0);
  }

  /** Its end. */
  public StoredReply answered(ServiceReply with) {
    return new StoredReply(ANSWERED, losses, fingerprint, NONE, StoredReplyCodec.write(with), 0);
  }

  /** The same with another form of its request and its reply. */
  StoredReply with(UnaryOperator<byte[]> form) {
    return new StoredReply(
        holder, losses, fingerprint, form.apply(request), form.apply(reply), changed);
  }

  /** The same as it is in the shared map. */
  StoredReply changedAt(Instant time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    return new StoredReply(holder, losses, fingerprint, request, reply, micros);
  }

  public boolean isAnswered() {
    return holder.equals(ANSWERED);
  }

  /** The request that was kept. */
  public ServiceRequest readRequest() {
    return StoredReplyCodec.readRequest(request);
  }

  /** The reply that was kept. */
  public ServiceReply readReply() {
    return StoredReplyCodec.readReply(reply);
  }

  /** About how many bytes it takes. */
  long weight() {
    return (long) request.length + reply.length;
  }
}
