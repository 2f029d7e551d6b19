package io.sparkwire.httpclient;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/**
 * The same calls by Vert.x's client and nothing around it, on one event loop: the limit to compare
 * with. Each answer is checked.
 */
final class BareCalls implements AutoCloseable {

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  private final RequestOptions request;

  BareCalls(String url) {
    request = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url);
    request.putHeader("Content-Type", "application/json");
  }

  /** Makes the calls, with as many in flight as all partitions together. Blocks. */
  void run(CallThroughput.Load load, int partitions) {
    int inFlight = load.concurrency() * partitions;
    HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(inFlight));
    Run run = new Run(client, load.rows());
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(
        go -> {
          for (int i = 0; i < inFlight; i++) {
            run.next();
          }
        });
    run.ended.future().eventually(client::close).await();
  }

  /** One run. On the event loop. */
  private final class Run {

    private final HttpClient client;
    private final long rows;
    private final Promise<Void> ended = Promise.promise();
    private long begun;
    private long answered;

    Run(HttpClient client, long rows) {
      this.client = client;
      this.rows = rows;
    }

    void next() {
      if (begun < rows) {
        Buffer body = Buffer.buffer(Long.toString(begun++));
        client
            .request(request)
            .compose(opened -> opened.send(body))
            .compose(HttpClientResponse::body)
            .onComplete(answer -> answered(body, answer));
      }
    }

    private void answered(Buffer sent, AsyncResult<Buffer> answer) {
      if (answer.failed() || !answer.result().equals(sent)) {
        ended.tryFail(new IllegalStateException("expected " + sent + " but got " + answer));
      } else if (++answered == rows) {
        ended.tryComplete();
      } else {
        next();
      }
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
