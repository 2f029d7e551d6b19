package io.sparkwire.settings;

import io.sparkwire.log.FirstLine;
import io.sparkwire.options.NearestName;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A YAML file of options: {@code max-in-flight: 2048}.
 *
 * <p>Each value is the text in the file, so {@code 010} stays as it is. Errors name their line.
 * Immutable.
 */
final class ConfigFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final Map<String, OptionSpec> known;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private ConfigFile(Path file, Map<String, OptionSpec> known) {
    this.file = file;
    this.known = known;
  }

  /**
   * The options that the file sets.
   *
   * @param known the command's options by their names
   * @throws IllegalArgumentException if the file cannot be read, or sets an option that is unknown,
   *     that it has set before, or that cannot have such a value
   */
  static Map<String, Setting> read(Path file, Map<String, OptionSpec> known) {
    ConfigFile config = new ConfigFile(file, known);
    try {
      config.options().forEach(config::set);
    } catch (MarkedYamlEngineException e) {
      throw config.wrong(e.getProblemMark(), problem(e));
    } catch (YamlEngineException e) {
      throw config.wrong(Optional.empty(), FirstLine.of(e));
    }
    return config.settings;
  }

  private static String problem(MarkedYamlEngineException e) {
    return e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
  }

  private List<NodeTuple> options() {
    LoadSettings asText = LoadSettings.builder().setAllowNonScalarKeys(true).build();
    List<Node> documents = new ArrayList<>();
    new Compose(asText).composeAllFromString(text()).forEach(documents::add);
    if (documents.size() > 1) {
      throw wrong(documents.get(1), "one document is expected, and this begins another");
    }
    if (documents.isEmpty()) {
      return List.of();
    }
    if (documents.get(0) instanceof MappingNode map) {
      return map.getValue();
    }
    throw wrong(documents.get(0), "options are expected, one on a line, as in 'port: 8888'");
  }

  private String text() {
    try {
      String text = Files.readString(file);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("option 'config': there is no file '" + file + "'", e);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("option 'config': '" + file + "' is not UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "option 'config': cannot read '" + file + "': " + e.getMessage(), e);
    }
  }

  private void set(NodeTuple line) {
    Node at = line.getKeyNode();
    String key =
        ConfigValue.scalar(at).orElseThrow(() -> wrong(at, "the name of an option is expected"));
    OptionSpec option = known.get(key);
    if (option == null) {
      throw wrong(
          at,
          "unknown option '"
              + key
              + "'; the nearest known one is '"
              + NearestName.of(key, known.keySet())
              + "'");
    }
    Setting before = settings.get(key);
    if (before != null) {
      throw wrong(at, "option '" + key + "' is there already: " + before.origin());
    }
    try {
      settings.put(
          key,
          new Setting(
              new ConfigValue(key, option).text(line.getValueNode()), origin(at.getStartMark())));
    } catch (IllegalArgumentException e) {
      throw wrong(line.getValueNode(), e.getMessage());
    }
  }

  private IllegalArgumentException wrong(Node at, String what) {
    return wrong(at.getStartMark(), what);
  }

  private IllegalArgumentException wrong(Optional<Mark> at, String what) {
    return new IllegalArgumentException("in " + origin(at) + ": " + what);
  }

  private String origin(Optional<Mark> at) {
    return file + at.map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
  }
}
