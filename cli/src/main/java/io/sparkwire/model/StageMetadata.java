package io.sparkwire.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The metadata of one saved stage, and what in them makes Spark load a class, read another
 * directory, or run a statement.
 *
 * <p>An object with two members of one name is refused, because each reader may take another one of
 * them. Immutable.
 */
record StageMetadata(JsonNode content) {

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String SQL_TRANSFORMER = "org.apache.spark.ml.feature.SQLTransformer";
  private static final Pattern WITH_FUNCTION =
      Pattern.compile("io\\.sparkwire\\.httpclient\\.Custom(In|Out)putParser");
  private static final List<String> PARAMS = List.of("paramMap", "defaultParamMap", "params");

  /** How Spark names the directory of a param that is a stage. */
  private static final Pattern STAGE_OF_PARAM = Pattern.compile("\"epm_\\w+\"");

  /**
   * @throws IOException if it is not one object of JSON
   */
  static StageMetadata parse(String json) throws IOException {
    JsonNode content = STRICT.readTree(json);
    if (!content.isObject()) {
      throw new IOException("an object of JSON is expected");
    }
    return new StageMetadata(content);
  }

  /** All classes that it names: its own, and those of its params. */
  Set<String> classes() {
    Set<String> classes = new LinkedHashSet<>();
    collectClasses(content, classes);
    return classes;
  }

  private static void collectClasses(JsonNode node, Set<String> classes) {
    String name = node.path("class").asText();
    if (!name.isEmpty()) {
      classes.add(name);
    }
    if (WITH_FUNCTION.matcher(name).matches()) {
      params(node, "function").forEach(function -> classes.add(function.asText()));
    }
    if (node.isTextual()) {
      classes.addAll(namedIn(node.asText()));
    }
    node.forEach(member -> collectClasses(member, classes));
  }

  /** The values of a param, and of its default. */
  private static List<JsonNode> params(JsonNode stage, String param) {
    return PARAMS.stream()
        .map(map -> stage.path(map).path(param))
        .filter(n -> !n.isMissingNode())
        .toList();
  }

  /** The classes that a text names, if it is a type of Spark as JSON. */
  static List<String> namedIn(String json) {
    List<String> classes = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "class".equals(parser.currentName())) {
          classes.add(parser.getText());
        }
      }
    } catch (IOException e) { // from here on it is no JSON for Spark either
      return classes;
    }
    return classes;
  }

  /** The statements that it has Spark run. */
  List<String> statements() {
    return content.path("class").asText().equals(SQL_TRANSFORMER)
        ? params(content, "statement").stream().map(JsonNode::asText).toList()
        : List.of();
  }

  /** Whether each directory that it names is below its own. */
  boolean staysInside() {
    for (JsonNode uid : content.findValues("stageUids")) {
      for (JsonNode each : uid) {
        if (each.asText().matches("(?s).*[/\\\\].*")) {
          return false;
        }
      }
    }
    return content.findParents("isJson").stream()
        .filter(param -> !param.path("isJson").asText().equalsIgnoreCase("true"))
        .allMatch(param -> STAGE_OF_PARAM.matcher(param.path("value").asText()).matches());
  }
}
