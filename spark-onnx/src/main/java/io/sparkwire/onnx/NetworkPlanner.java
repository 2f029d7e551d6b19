package io.sparkwire.onnx;

import ai.onnxruntime.OnnxJavaType;
import io.sparkwire.onnx.session.MapsSpec;
import io.sparkwire.onnx.session.NetworkSignature;
import io.sparkwire.onnx.session.TensorSpec;
import io.sparkwire.onnx.session.ValueSpec;
import io.sparkwire.spark.catalyst.ArraySizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The plan of a network's step, made of the params of its stage and the columns that it gets.
 *
 * <p>Runs on: driver. Not thread-safe.
 */
final class NetworkPlanner {

  private final NetworkSignature network;
  private final NetworkParams<?> params;
  private final StructType columns;
  private final boolean hasRows;

  NetworkPlanner(NetworkSignature network, NetworkParams<?> params, StructType columns) {
    this.network = network;
    this.params = params;
    this.columns = columns;
    this.hasRows = network.batching().hasAxis();
  }

  /**
   * @throws IllegalArgumentException if the columns do not fit the network, or the params name
   *     something that is not there; says what
   */
  NetworkPlan plan() {
    List<InputColumn> inputs = inputs();
    List<NetworkColumn> results = new ArrayList<>();
    fetched().forEach((column, output) -> results.add(fetched(column, output)));
    params
        .getSoftMaxDict()
        .forEach((from, to) -> results.add(new SoftmaxColumn(vector(to), numbers(from).name())));
    params
        .getArgMaxDict()
        .forEach((from, to) -> results.add(new ArgmaxColumn(number(to), numbers(from).name())));
    params.getMeanPoolingDict().forEach((from, to) -> results.add(pooled(from, to, inputs)));
    checkNames(results);
    return new NetworkPlan(inputs, results, network.batching(), paddedOutputs(inputs));
  }

  private List<InputColumn> inputs() {
    Map<String, String> feed = params.getFeedDict();
    for (String name : feed.keySet()) {
      require(network.input(name).isPresent(), "feedDict", "input", name, inputNames());
    }
    List<String> padded = params.getPaddedInputs();
    for (String name : padded) {
      require(network.input(name).isPresent(), "paddedInputs", "input", name, inputNames());
    }
    return network.inputs().stream()
        .map(
            input ->
                input(
                    input,
                    feed.getOrDefault(input.name(), input.name()),
                    padded.contains(input.name())))
        .toList();
  }

  private InputColumn input(TensorSpec input, String column, boolean isPadded) {
    if (!Arrays.asList(columns.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          "input '%s' of the network takes %s of the column '%s', which is not there; the columns are %s; setFeedDict maps inputs to columns"
              .formatted(
                  input.name(), input.text(), column, String.join(", ", columns.fieldNames())));
    }
    return InputColumn.of(input, column, columns.apply(column).dataType(), hasRows, isPadded);
  }

  private static void require(
      boolean holds, String param, String kind, String name, List<String> known) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s names the %s '%s', which the network does not have; it has %s"
              .formatted(param, kind, name, String.join(", ", known)));
    }
  }

  private List<String> inputNames() {
    return network.inputs().stream().map(TensorSpec::name).toList();
  }

  private List<String> outputNames() {
    return network.outputs().stream().map(ValueSpec::name).toList();
  }

  /** Columns and outputs; without a param, all outputs of which nothing else is made. */
  private Map<String, String> fetched() {
    if (!params.getFetchDict().isEmpty()) {
      return params.getFetchDict();
    }
    Set<String> used =
        Stream.of(params.getSoftMaxDict(), params.getArgMaxDict(), params.getMeanPoolingDict())
            .flatMap(names -> names.keySet().stream())
            .collect(Collectors.toSet());
    Map<String, String> fetched = new LinkedHashMap<>();
    outputNames().stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> fetched.put(name, name));
    return fetched;
  }

  private NetworkColumn fetched(String column, String output) {
    ValueSpec spec = output("fetchDict", output);
    if (spec instanceof MapsSpec maps) {
      DataType type =
          DataTypes.createMapType(
              SliceValue.type(maps.key()), SliceValue.type(maps.value()), false);
      return new MapColumn(field(column, type), output);
    }
    TensorSpec tensor = (TensorSpec) spec;
    int axes = axes(tensor);
    boolean isVector = params.getVectorCols().contains(column);
    if (isVector && (axes != 1 || tensor.type() == OnnxJavaType.STRING)) {
      throw new IllegalArgumentException(
          "vectorCols names '%s', but output '%s' is %s, and a vector is one axis of numbers in each row"
              .formatted(column, output, tensor.text()));
    }
    StructField field =
        isVector
            ? vector(column)
            : sized(tensor, field(column, SliceValue.type(tensor.type(), axes)));
    return new FetchedColumn(field, output, axes);
  }

  /** With the size of its arrays, if they have one axis whose length is known. */
  private StructField sized(TensorSpec tensor, StructField column) {
    long length = tensor.shape().isEmpty() ? -1 : tensor.shape().get(tensor.shape().size() - 1);
    return axes(tensor) == 1 && length >= 0
        ? ArraySizes.sized(column, Math.toIntExact(length))
        : column;
  }

  /** How many axes it has in a row. */
  private int axes(TensorSpec tensor) {
    return tensor.shape().size() - (hasRows && !tensor.shape().isEmpty() ? 1 : 0);
  }

  private ValueSpec output(String param, String name) {
    require(network.output(name).isPresent(), param, "output", name, outputNames());
    return network.output(name).orElseThrow();
  }

  /** An output of one axis of numbers, by its name or by that of the column that fetches it. */
  private TensorSpec numbers(String from) {
    TensorSpec tensor = tensor(from);
    if (axes(tensor) != 1) {
      throw new IllegalArgumentException(
          "softmax and argmax are of one axis in each row, but output '%s' is %s"
              .formatted(tensor.name(), tensor.text()));
    }
    return tensor;
  }

  private TensorSpec tensor(String from) {
    String name = params.getFetchDict().getOrDefault(from, from);
    if (output("one of the params", name) instanceof TensorSpec tensor
        && tensor.type() != OnnxJavaType.STRING) {
      return tensor;
    }
    throw new IllegalArgumentException("output '" + name + "' of the network has no numbers");
  }

  private PooledColumn pooled(String from, String to, List<InputColumn> inputs) {
    TensorSpec tensor = tensor(from);
    if (axes(tensor) != 2) {
      throw new IllegalArgumentException(
          "a mean is of tokens and features in each row, but output '%s' is %s"
              .formatted(tensor.name(), tensor.text()));
    }
    int mask = mask(inputs);
    ArrayType maskType = mask < 0 ? null : (ArrayType) inputs.get(mask).type();
    DataType type = DataTypes.createArrayType(DataTypes.FloatType, false);
    long features = tensor.shape().get(tensor.shape().size() - 1);
    StructField field = field(to, type);
    return new PooledColumn(
        features < 0 ? field : ArraySizes.sized(field, Math.toIntExact(features)),
        tensor.name(),
        mask,
        maskType,
        params.getNormalizeMean());
  }

  /** The place of the mask among the inputs; negative if the network has none. */
  private int mask(List<InputColumn> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).input().name().equals(params.getMaskInput())) {
        requireMask(inputs.get(i));
        return i;
      }
    }
    return -1;
  }

  private static void requireMask(InputColumn mask) {
    boolean isMask =
        mask.type() instanceof ArrayType array
            && (array.elementType() instanceof LongType
                || array.elementType() instanceof IntegerType);
    if (!isMask) {
      throw new IllegalArgumentException(
          "the mask of mean pooling must be an array of INT or BIGINT, but column '%s' is %s"
              .formatted(mask.column(), mask.type().sql()));
    }
  }

  private static StructField vector(String name) {
    return field(name, SQLDataTypes.VectorType());
  }

  private static StructField number(String name) {
    return field(name, DataTypes.DoubleType);
  }

  private static StructField field(String name, DataType type) {
    return new StructField(name, type, true, Metadata.empty());
  }

  private void checkNames(List<NetworkColumn> results) {
    Set<String> names = new HashSet<>(Arrays.asList(columns.fieldNames()));
    for (NetworkColumn result : results) {
      if (!names.add(result.field().name())) {
        throw new IllegalArgumentException(
            "the network would add the column '%s', which is there already; setFetchDict gives its outputs other names"
                .formatted(result.field().name()));
      }
    }
  }

  /** Outputs whose second axis has the name that the second axis of padded inputs has. */
  private Set<String> paddedOutputs(List<InputColumn> inputs) {
    Set<String> axes =
        inputs.stream()
            .filter(InputColumn::isPadded)
            .map(column -> axis(column.input()))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    return network.outputs().stream()
        .filter(output -> output instanceof TensorSpec tensor && axes.contains(axis(tensor)))
        .map(ValueSpec::name)
        .collect(Collectors.toSet());
  }

  private static String axis(TensorSpec tensor) {
    return tensor.axes().size() > 1 ? tensor.axes().get(1) : "";
  }
}
