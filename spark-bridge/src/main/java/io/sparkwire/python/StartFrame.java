package io.sparkwire.python;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * What a worker is told of the functions that it runs: the length of a JSON object, the object, and
 * the pickled functions, whose lengths the object has. Stateless.
 */
final class StartFrame {

  private StartFrame() {}

  static ByteBuffer of(PythonFunctions functions) {
    byte[] json = json(functions).toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(json.length).array());
    body.writeBytes(json);
    functions.udfs().stream()
        .flatMap(udf -> udf.commands().stream())
        .forEach(command -> body.writeBytes(command.pickled()));
    return ByteBuffer.wrap(body.toByteArray());
  }

  private static JsonObject json(PythonFunctions functions) {
    JsonObject confs = new JsonObject();
    functions.kind().confs().forEach(confs::put);
    return new JsonObject()
        .put("evalType", functions.kind().evalType())
        .put("confs", confs)
        .put("inputSchema", functions.kind().inputSchema())
        .put("udfs", array(functions.udfs(), StartFrame::json))
        .put("filesDirectory", functions.files().directory())
        .put("includes", array(functions.files().includes(), path -> path))
        .put("broadcasts", array(functions.broadcasts(), StartFrame::json))
        .put("memoryMegabytes", functions.memoryMegabytes());
  }

  private static JsonObject json(PythonUdf udf) {
    return new JsonObject()
        .put("arguments", array(udf.arguments(), StartFrame::json))
        .put("commands", array(udf.commands(), command -> command.pickled().length));
  }

  private static JsonObject json(PythonUdf.Argument argument) {
    JsonObject json = new JsonObject().put("offset", argument.offset());
    argument.name().ifPresent(name -> json.put("name", name));
    return json;
  }

  private static JsonObject json(PythonUdf.BroadcastFile broadcast) {
    return new JsonObject().put("id", broadcast.id()).put("path", broadcast.path());
  }

  private static <T> JsonArray array(List<T> values, Function<T, Object> json) {
    return new JsonArray(values.stream().map(json).toList());
  }
}
