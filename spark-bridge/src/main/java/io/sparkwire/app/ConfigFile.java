package io.sparkwire.app;

import io.sparkwire.cluster.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A YAML file of options: {@code max-in-flight: 2048}.
 *
 * <p>Every value is taken as the text that it is, so {@code 010} stays what it looks like. A list
 * or a map stands for an option that is given several times. Stateless.
 */
final class ConfigFile {

  private ConfigFile() {}

  /**
   * The options that the file sets.
   *
   * @param known the names of the command's options
   * @throws IllegalArgumentException if it cannot be read, is not flat, or has an unknown option
   */
  static Map<String, String> read(Path file, Set<String> known) {
    Map<String, String> options = new LinkedHashMap<>();
    try {
      parsed(file).forEach((key, value) -> options.put(known(key.toString(), known), text(value)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the file of --config: " + e, e);
    } catch (IllegalArgumentException | YamlEngineException e) {
      throw new IllegalArgumentException("in " + file + ": " + OneLineErrors.oneLine(e), e);
    }
    return options;
  }

  private static String known(String key, Set<String> known) {
    if (!known.contains(key)) {
      throw new IllegalArgumentException(
          "unknown option '"
              + key
              + "'; the nearest known one is '"
              + NearestName.of(key, known)
              + "'");
    }
    return key;
  }

  private static Map<?, ?> parsed(Path file) throws IOException {
    LoadSettings asText = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    Iterator<Object> documents =
        new Load(asText).loadAllFromString(Files.readString(file)).iterator();
    if (!documents.hasNext()) {
      return Map.of();
    }
    if (documents.next() instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("options are expected, one on a line, as in 'port: 8888'");
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + entry.getValue())
          .collect(Collectors.joining("\n"));
    }
    return value.toString();
  }
}
