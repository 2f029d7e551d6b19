package io.sparkwire.onnx;

import io.sparkwire.onnx.session.NetworkId;
import io.sparkwire.onnx.session.NetworkSignature;
import io.sparkwire.spark.DeclaredColumns;
import io.sparkwire.spark.batch.BatchStep;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A deep network in the format ONNX, as a stage of a pipeline: columns go into its inputs, and its
 * outputs become columns. ONNX Runtime computes it.
 *
 * <p>Rows that wait are computed together, up to {@link #setMiniBatchSize}, and wait for no more:
 * in a service a row goes alone at low load, and batches grow with the load. All tasks of a JVM
 * share one session of a network. The network lies in the stage's directory as {@value #FILE}.
 *
 * <p>A network is at most 2 GB and has no external data. Its first axis is that of rows if it is
 * dynamic, or 1, in all inputs; otherwise each row is a whole run. Names of params are those of
 * SynapseML's {@code ONNXModel} where both have them. Runs on: driver. Not thread-safe.
 */
public final class OnnxModel extends NetworkParams<OnnxModel>
    implements DeclaredColumns, MLWritable {

  private static final long serialVersionUID = 1;

  static final String FILE = "network.onnx";

  private transient NetworkFile network;

  public OnnxModel(String uid) {
    super(uid);
  }

  public OnnxModel() {
    this("onnx_" + UUID.randomUUID().toString().substring(0, 12));
  }

  /**
   * Reads the network.
   *
   * @param path a file of this machine, or an address that Spark reads, such as {@code hdfs://…}
   * @throws IllegalArgumentException if it cannot be read, or is no network; says why
   */
  public OnnxModel setModelFile(String path) {
    return setModelBytes(FileContent.read(SparkSession.active(), path));
  }

  /**
   * Takes the network from memory.
   *
   * @throws IllegalArgumentException if it is no network; says why
   */
  public OnnxModel setModelBytes(byte[] bytes) {
    network = new NetworkFile(bytes.clone());
    return this;
  }

  /**
   * What the network reads and gives.
   *
   * @throws IllegalStateException if there is no network
   */
  public NetworkSignature signature() {
    return network().signature();
  }

  private NetworkFile network() {
    if (network == null) {
      throw new IllegalStateException(
          "there is no network; give it by setModelFile or setModelBytes");
    }
    return network;
  }

  /** What the sessions of the network are told apart by. */
  NetworkId id() {
    return network().id(settings());
  }

  private NetworkPlan plan(StructType columns) {
    return new NetworkPlanner(signature(), this, columns).plan();
  }

  /** The columns of the network's inputs: numbers and texts, arrays, or flat arrays of a size. */
  @Override
  public StructType columnsRead() {
    return NaturalColumns.of(signature(), getFeedDict());
  }

  @Override
  public List<String> columnsWritten() {
    return List.of(plan(columnsRead()).results().fieldNames());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType result = schema;
    for (var field : plan(schema).results().fields()) {
      result = result.add(field);
    }
    return result;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    NetworkPlan plan = plan(rows.schema());
    NetworkFile file = network();
    return BatchStep.over(
        rows,
        arguments(plan),
        plan.results(),
        new NetworkFunctions(plan, id(), file.sent(rows.sparkSession())),
        getMiniBatchSize());
  }

  /** The columns of the inputs, under names that rows do not have yet. */
  private List<Column> arguments(NetworkPlan plan) {
    return IntStream.range(0, plan.inputs().size())
        .mapToObj(i -> StageColumns.named(plan.inputs().get(i).column()).as("__" + uid() + "_" + i))
        .toList();
  }

  @Override
  public OnnxModel copy(ParamMap extra) {
    OnnxModel copy = defaultCopy(extra);
    copy.network = network;
    return copy;
  }

  @Override
  public MLWriter write() {
    return new FileWriter(this, FILE, network().bytes());
  }

  public static MLReader<OnnxModel> read() {
    return new FileReader<>(FILE, (OnnxModel model, byte[] bytes) -> model.setModelBytes(bytes));
  }

  public static OnnxModel load(String path) {
    return read().load(path);
  }
}
