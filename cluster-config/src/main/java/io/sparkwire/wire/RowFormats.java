package io.sparkwire.wire;

import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All formats of requests that have many rows. Stateless. */
public final class RowFormats {

  private static final RowFormat ARRAY = new JsonArrayFormat();
  private static final RowFormat LINES = new JsonLinesFormat();
  private static final CsvFormat CSV = new CsvFormat();
  private static final RowFormat MLFLOW = new MlflowFormat(CSV);
  private static final RowFormat INFERENCE = InferenceFormat.packed();
  private static final RowFormat INFERENCE_AS_JSON = InferenceFormat.json();

  private static final Map<String, RowFormat> BY_NAME =
      List.of(ARRAY, LINES, CSV, MLFLOW, INFERENCE, INFERENCE_AS_JSON).stream()
          .collect(Collectors.toUnmodifiableMap(RowFormat::name, Function.identity()));

  private static final Set<String> TYPES_OF_LINES =
      Set.of(
          JsonLinesFormat.CONTENT_TYPE,
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines");

  private RowFormats() {}

  /**
   * The format of a request that has rows.
   *
   * @throws IllegalArgumentException if it has a format that this release does not know
   */
  public static RowFormat of(ServiceRequest request) {
    RowFormat format = BY_NAME.get(request.format());
    if (format == null) {
      throw new IllegalArgumentException("there is no format '" + request.format() + "' of rows");
    }
    return format;
  }

  /**
   * The name of the format of a body by its content type, or {@link ServiceRequest#ONE_ROW}.
   *
   * @param contentType null if the client named none
   */
  public static String detect(String contentType, byte[] body) {
    String type = contentType == null ? "" : MediaType.textOf(contentType);
    if (type.equals(CsvFormat.CONTENT_TYPE)) {
      return CSV.name();
    }
    if (TYPES_OF_LINES.contains(type)) {
      return LINES.name();
    }
    boolean isJson = type.isEmpty() || type.endsWith("/json") || type.endsWith("+json");
    return isJson && JsonArrayFormat.isArray(body) ? ARRAY.name() : ServiceRequest.ONE_ROW;
  }

  /** The name of the format of bodies of the Open Inference Protocol. */
  public static String ofInference(ServiceSchema schema) {
    return (schema.isTyped() ? INFERENCE : INFERENCE_AS_JSON).name();
  }

  /** The tensors that requests of that protocol have; none where the schema is not known. */
  public static List<TensorColumn> inputs(ServiceSchema schema) {
    return TensorColumns.of(schema.body(), OutputTensors.REPLY).orElse(List.of());
  }

  /** The tensors that replies of that protocol have; none where the schema is not known. */
  public static List<TensorColumn> outputs(ServiceSchema schema) {
    return TensorColumns.of(schema.reply(), OutputTensors.REPLY).orElse(List.of());
  }

  /** How messages name a row, as in {@code rows[17]}. */
  public static String place(int row) {
    return "rows[" + row + "]";
  }
}
