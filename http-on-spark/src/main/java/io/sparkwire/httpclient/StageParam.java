package io.sparkwire.httpclient;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.util.Utils;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A param that holds another stage, and is saved with that stage's class, uid and params in it.
 *
 * <p>Immutable.
 */
final class StageParam<T extends Transformer> extends Param<T> {

  private static final long serialVersionUID = 1;

  private final Class<T> type;

  StageParam(Params parent, String name, String doc, Class<T> type) {
    super(parent, name, doc);
    this.type = type;
  }

  @Override
  public String jsonEncode(T stage) {
    return encode(stage).encode();
  }

  static JsonObject encode(Transformer stage) {
    JsonObject params = new JsonObject();
    for (ParamPair<?> pair : CollectionConverters.asJava(stage.extractParamMap().toSeq())) {
      if (stage.isSet(pair.param())) {
        params.put(pair.param().name(), Json.decodeValue(encoded(pair)));
      }
    }
    return new JsonObject()
        .put("class", stage.getClass().getName())
        .put("uid", stage.uid())
        .put("params", params);
  }

  private static <V> String encoded(ParamPair<V> pair) {
    return pair.param().jsonEncode(pair.value());
  }

  @Override
  public T jsonDecode(String json) {
    return decode(new JsonObject(json), type);
  }

  static <T extends Transformer> T decode(JsonObject json, Class<T> type) {
    String name = json.getString("class");
    try {
      T stage =
          Utils.classForName(name, true, false)
              .asSubclass(type)
              .getConstructor(String.class)
              .newInstance(json.getString("uid"));
      json.getJsonObject("params").forEach(p -> decode(stage, p.getKey(), p.getValue()));
      return stage;
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException(
          "the saved stage " + name + " cannot be made; put its class on the class path", e);
    }
  }

  private static void decode(Transformer stage, String name, Object value) {
    Param<Object> param = stage.getParam(name);
    stage.set(param, param.jsonDecode(Json.encode(value)));
  }
}
