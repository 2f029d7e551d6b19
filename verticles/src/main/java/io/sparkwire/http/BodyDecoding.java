package io.sparkwire.http;

import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.endpoint.RequestContent;
import io.sparkwire.endpoint.TranslatedRequest;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * What becomes of whole bodies before a pipeline gets them: their coding is undone, and a protocol
 * may translate them. Runs on: event loop, from which long work goes to a worker thread.
 *
 * @param most how many bytes a body may have once it is read
 */
record BodyDecoding(Refusals refusals, long most) {

  /** A body, or what its client gets in the place of a reply to it. */
  record Decoded(RequestContent content, ServiceReply refusal) {}

  /** Whether a body is for the pipeline as it was sent. */
  static boolean isNone(HttpServerRequest http, UnfinishedBody body) {
    return body.coding == BodyCoding.IDENTITY && !(http instanceof TranslatedRequest);
  }

  /** Decodes a body that is complete; mostly complete already where that is quick. */
  Future<Decoded> decode(HttpServerRequest http, UnfinishedBody body) {
    byte[] sent = body.sent();
    boolean isLong =
        body.coding != BodyCoding.IDENTITY
            || (http instanceof TranslatedRequest request && request.takesLong(sent.length));
    Callable<Decoded> decoding = () -> decoded(http, body.coding, sent);
    return isLong
        ? Vertx.currentContext().executeBlocking(decoding, false)
        : Future.succeededFuture(decoded(http, body.coding, sent));
  }

  private Decoded decoded(HttpServerRequest http, BodyCoding coding, byte[] sent) {
    try {
      byte[] plain = coding == BodyCoding.IDENTITY ? sent : coding.decode(sent, most);
      if (plain == null) {
        return new Decoded(null, refusals.bodyTooLarge());
      }
      return new Decoded(content(http, plain), null);
    } catch (BadBodyException e) {
      return new Decoded(null, e.failure().toReply());
    } catch (IOException e) {
      return new Decoded(null, Refusals.undecodable(coding, e));
    }
  }

  private RequestContent content(HttpServerRequest http, byte[] plain) throws BadBodyException {
    if (http instanceof TranslatedRequest request) {
      return request.translate(plain, most);
    }
    return new RequestContent(BodyCoding.plain(http.headers(), plain.length), plain);
  }
}
