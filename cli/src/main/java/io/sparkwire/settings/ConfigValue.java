package io.sparkwire.settings;

import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a YAML file may say of one option: a text; a list where the command line takes commas; a
 * list or a map where it takes the option several times. Immutable.
 */
record ConfigValue(String name, OptionSpec option) {

  /** A single value without the blanks around it; empty if the node is a list or a map. */
  static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar
        ? Optional.of(scalar.getValue().strip())
        : Optional.empty();
  }

  /**
   * The value as a command line has it.
   *
   * @throws IllegalArgumentException if the option cannot have such a value
   */
  String text(Node value) {
    if (value instanceof SequenceNode list) {
      require(isRepeatable() || hasCommas(), "one value, not a list");
      require(!list.getValue().isEmpty(), "a list with values");
      return list.getValue().stream()
          .map(this::single)
          .collect(Collectors.joining(isRepeatable() ? "\n" : ","));
    }
    if (value instanceof MappingNode map) {
      require(
          isRepeatable(), hasCommas() ? "a value or a list, not a map" : "one value, not a map");
      return map.getValue().stream().map(this::entry).collect(Collectors.joining("\n"));
    }
    return checked(single(value));
  }

  private String checked(String text) {
    boolean isFlag = option.typeInfo().isBoolean();
    require(
        !isFlag || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"),
        "true or false, got '" + text + "'");
    return text;
  }

  private String entry(NodeTuple entry) {
    return single(entry.getKeyNode()) + "=" + oneLine(entry.getValueNode());
  }

  private String single(Node node) {
    String text = oneLine(node);
    require(!text.isEmpty(), "left out or have a value, got ''");
    return text;
  }

  private String oneLine(Node node) {
    String text = scalar(node).orElse(null);
    require(text != null, "of single values, not of lists or maps");
    require(!isRepeatable() || text.indexOf('\n') < 0, "on one line each");
    return text;
  }

  private boolean isRepeatable() {
    return option.isMultiValue();
  }

  /** Which the label in the command's help shows. */
  private boolean hasCommas() {
    return option.paramLabel().contains("[,");
  }

  private void require(boolean holds, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException("option '" + name + "' must be " + allowed);
    }
  }
}
