package io.sparkwire.httpclient;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** A param that holds several stages, saved as {@link StageParam} saves one. Immutable. */
final class StagesParam extends Param<List<HttpStage<?>>> {

  private static final long serialVersionUID = 1;

  StagesParam(Params parent, String name, String doc) {
    super(parent, name, doc);
  }

  @Override
  public String jsonEncode(List<HttpStage<?>> stages) {
    JsonArray json = new JsonArray();
    stages.forEach(stage -> json.add(StageParam.encode(stage)));
    return json.encode();
  }

  @Override
  public List<HttpStage<?>> jsonDecode(String json) {
    List<HttpStage<?>> stages = new ArrayList<>();
    for (Object stage : new JsonArray(json)) {
      stages.add(StageParam.decode((JsonObject) stage, HttpStage.class));
    }
    return stages;
  }
}
