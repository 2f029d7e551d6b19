package io.sparkwire.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ml.combust.mleap.runtime.frame.DefaultLeapFrame;
import ml.combust.mleap.runtime.frame.Row;
import ml.combust.mleap.runtime.frame.RowTransformer;
import ml.combust.mleap.runtime.frame.Transformer;
import ml.combust.mleap.runtime.javadsl.LeapFrameBuilder;
import ml.combust.mleap.tensor.Tensor;
import scala.collection.Seq;

/**
 * MLeap behind Vert.x, on one event loop.
 *
 * <p>{@code /frame} makes a leap frame of each request and transforms it, as MLeap's documentation
 * does; {@code /row} uses a row transformer that was prepared once. Runs on: event loop.
 */
public final class MleapServer {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final String SPECIES = "species";
  private static final String PROBABILITY = "probability";
  private static final Seq<String> REPLY = SpeciesPipeline.seq(List.of(SPECIES, PROBABILITY));
  private static final int REPLY_SIZE = 128;

  private final JsonFactory json = new JsonFactory();
  private final LeapFrameBuilder frames = new LeapFrameBuilder();
  private final PenguinParser parser = new PenguinParser(json, frames);
  private final Transformer pipeline;
  private final RowTransformer prepared;
  private final int species;
  private final int probability;

  private MleapServer(Transformer pipeline) {
    this.pipeline = pipeline;
    this.prepared = pipeline.transform(RowTransformer.apply(parser.schema())).get();
    this.species = (Integer) prepared.outputSchema().indexOf(SPECIES).get();
    this.probability = (Integer) prepared.outputSchema().indexOf(PROBABILITY).get();
  }

  /** Takes the port and the file with the model's parameters. */
  public static void main(String[] args) throws IOException {
    JsonObject parameters = new JsonObject(Files.readString(Path.of(args[1])));
    MleapServer server = new MleapServer(new SpeciesPipeline(parameters).build());
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(args[0])))
        .requestHandler(request -> request.bodyHandler(body -> server.serve(request, body)))
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void serve(HttpServerRequest request, Buffer body) {
    try {
      Buffer reply = request.path().equals("/row") ? row(body) : frame(body);
      request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(reply);
    } catch (IOException | RuntimeException e) {
      request.response().setStatusCode(500).end(e.toString());
    }
  }

  private Buffer frame(Buffer body) throws IOException {
    DefaultLeapFrame request = frames.createFrame(parser.schema(), List.of(parser.parse(body)));
    DefaultLeapFrame reply = pipeline.transform(request).get().select(REPLY).get();
    Row row = reply.dataset().head();
    return write(row.getString(0), row.getTensor(1));
  }

  private Buffer row(Buffer body) throws IOException {
    Row row = prepared.transform(parser.parse(body));
    return write(row.getString(species), row.getTensor(probability));
  }

  private Buffer write(String name, Tensor<?> probabilities) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(REPLY_SIZE);
    try (JsonGenerator generator = json.createGenerator(out)) {
      double[] values = (double[]) probabilities.toDense().rawValues();
      generator.writeStartObject();
      generator.writeStringField(SPECIES, name);
      generator.writeFieldName(PROBABILITY);
      generator.writeArray(values, 0, values.length);
      generator.writeEndObject();
    }
    return Buffer.buffer(out.toByteArray());
  }
}
