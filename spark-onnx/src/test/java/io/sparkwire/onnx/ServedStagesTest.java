package io.sparkwire.onnx;

import static io.sparkwire.onnx.TestTokenizers.stage;
import static io.sparkwire.onnx.TestTokenizers.wordPiece;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.TestClient;
import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class ServedStagesTest {

  private static ServingQuery start(Trigger trigger) {
    Transformer[] stages = {
      stage(wordPiece()),
      new ImageTensor()
          .setInputCol("image")
          .setOutputCol("pixels")
          .setWidth(2)
          .setHeight(1)
          .setScale(1)
    };
    PipelineModel model = new PipelineModel("model", stages);
    return Serving.on(TestSpark.session())
        .server("127.0.0.1", 0, "stages")
        .option("partitions", 1)
        .load()
        .parseRequest("text STRING, image BINARY")
        .mlTransform(model)
        .transform(
            rows ->
                rows.selectExpr(
                    "id", "struct(input_ids, attention_mask, token_type_ids, pixels) AS made"))
        .makeReply("made")
        .replyTo("stages")
        .trigger(trigger)
        .start();
  }

  @ParameterizedTest
  @MethodSource("io.sparkwire.spark.Triggers#all")
  void everyTriggerServesThem(Trigger trigger) throws IOException, InterruptedException {
    String image = Base64.getEncoder().encodeToString(TestImages.png(2, 1, 0x102030, 0x405060));
    try (ServingQuery query = start(trigger)) {
      TestClient client = new TestClient(query);
      HttpResponse<String> reply =
          client.post("{\"text\":\"the cat\",\"image\":\"%s\"}".formatted(image));
      assertThat(reply.body())
          .isEqualTo(
              "{\"input_ids\":[2,4,5,3],\"attention_mask\":[1,1,1,1],\"token_type_ids\":[0,0,0,0],"
                  + "\"pixels\":[16.0,64.0,32.0,80.0,48.0,96.0]}");
      assertThat(client.post("{\"text\":\"cat\",\"image\":\"AAAA\"}").statusCode()).isEqualTo(500);
      assertThat(client.post("{\"text\":null,\"image\":null}").body()).isEqualTo("{}");
      assertThat(client.post("{\"text\":\"mat\",\"image\":null}").body())
          .startsWith("{\"input_ids\":[2,8,3]");
    }
  }
}
