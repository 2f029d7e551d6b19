package io.sparkwire.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a request says beside its inputs. Immutable.
 *
 * @param id a JSON string; null if it has none
 * @param outputs in the order in which they are wanted; null for all
 * @param binary whether outputs are wanted in binary that do not say otherwise
 */
record InferenceHead(JsonSlice id, List<Output> outputs, boolean binary) {

  private static final String PARAMETERS = "parameters";

  /**
   * An output that is wanted.
   *
   * @param binary null if it says nothing of that
   */
  record Output(String name, Boolean binary) {}

  /**
   * Reads a body whose JSON is known to be valid.
   *
   * @throws BadRowsException if one of these is of another type
   */
  static InferenceHead of(InferenceBody body) throws BadRowsException {
    JsonSlice id = null;
    List<Output> outputs = null;
    Boolean binary = null;
    for (Member member : members(JsonSlice.at(body.bytes(), 0))) {
      switch (member.name()) {
        case "id" -> id = string("id", member.value());
        case "outputs" -> outputs = outputs(member.value());
        case PARAMETERS -> binary = truth("binary_data_output", member.value());
        default -> {
          // inputs are read elsewhere, and what is unknown is nothing to us
        }
      }
    }
    return new InferenceHead(id, outputs, Boolean.TRUE.equals(binary));
  }

  private record Member(String name, JsonSlice value) {}

  /** Those that have a value: clients write null for what they leave out. */
  private static List<Member> members(JsonSlice object) {
    List<Member> members = new ArrayList<>();
    object.members(
        (name, value) -> {
          if (!value.isNull()) {
            members.add(new Member(name.string(), value));
          }
        });
    return members;
  }

  private static JsonSlice string(String name, JsonSlice value) throws BadRowsException {
    if (!value.isString()) {
      throw BadRowsException.malformed("'" + name + "' must be a string, got " + shown(value));
    }
    return value;
  }

  private static List<Output> outputs(JsonSlice value) throws BadRowsException {
    if (!value.isArray()) {
      throw BadRowsException.malformed("'outputs' must be an array, got " + shown(value));
    }
    List<Output> outputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonSlice element : value.elements()) {
      Output output = output(element);
      if (!names.add(output.name)) {
        throw BadRowsException.malformed(
            "output '" + output.name + "' must be named once, but was named again");
      }
      outputs.add(output);
    }
    return outputs.isEmpty() ? null : outputs; // over gRPC, an empty list is no list
  }

  private static Output output(JsonSlice element) throws BadRowsException {
    String name = null;
    Boolean binary = null;
    for (Member member : element.isObject() ? members(element) : List.<Member>of()) {
      if (member.name().equals("name")) {
        name = string("name", member.value()).string();
      } else if (member.name().equals(PARAMETERS)) {
        binary = truth("binary_data", member.value());
      }
    }
    if (name == null) {
      throw BadRowsException.malformed(
          "each of 'outputs' must be an object with a 'name', got " + shown(element));
    }
    return new Output(name, binary);
  }

  /** The value of one parameter; null if it is not among them. */
  private static Boolean truth(String name, JsonSlice parameters) throws BadRowsException {
    if (!parameters.isObject()) {
      throw BadRowsException.malformed("'parameters' must be an object, got " + shown(parameters));
    }
    Boolean truth = null;
    for (Member member : members(parameters)) {
      if (member.name().equals(name)) {
        if (!member.value().isTruth()) {
          throw BadRowsException.malformed(
              "'" + name + "' must be true or false, got " + shown(member.value()));
        }
        truth = member.value().first() == 't';
      }
    }
    return truth;
  }

  private static String shown(JsonSlice value) {
    return value.isObject() ? "an object" : value.isArray() ? "an array" : value.source();
  }
}
