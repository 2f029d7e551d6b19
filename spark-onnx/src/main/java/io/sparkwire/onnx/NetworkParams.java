package io.sparkwire.onnx;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sparkwire.onnx.session.SessionSettings;
import io.sparkwire.onnx.session.SessionSettings.ExecutionProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of a network's stage.
 *
 * <p>Values are checked when the stage is used. Runs on: driver. Not thread-safe.
 */
public abstract class NetworkParams<S extends NetworkParams<S>> extends Transformer {

  /** How many rows are computed at once, unless another number is set. */
  public static final int DEFAULT_MINI_BATCH = 64;

  private static final long serialVersionUID = 1;

  private final String uid;
  private final DictParam feedDict;
  private final DictParam fetchDict;
  private final DictParam softMaxDict;
  private final DictParam argMaxDict;
  private final DictParam meanPoolingDict;
  private final Param<String> maskInput;
  private final BooleanParam normalizeMean;
  private final StringArrayParam paddedInputs;
  private final StringArrayParam vectorCols;
  private final IntParam miniBatchSize;
  private final IntParam threads;
  private final Param<String> executionProvider;
  private final Param<String> optimizationLevel;

  NetworkParams(String uid) {
    this.uid = uid;
    feedDict = new DictParam(this, "feedDict", "inputs of the network and their columns");
    fetchDict = new DictParam(this, "fetchDict", "columns and the outputs that they get");
    softMaxDict = new DictParam(this, "softMaxDict", "outputs and columns of their softmax");
    argMaxDict = new DictParam(this, "argMaxDict", "outputs and columns of their argmax");
    meanPoolingDict = new DictParam(this, "meanPoolingDict", "outputs and columns of their mean");
    maskInput = new Param<>(this, "maskInput", "the input that says which tokens count in a mean");
    normalizeMean = new BooleanParam(this, "normalizeMean", "whether means have length 1");
    paddedInputs = new StringArrayParam(this, "paddedInputs", "inputs whose rows may be padded");
    vectorCols = new StringArrayParam(this, "vectorCols", "fetched columns that are ML vectors");
    miniBatchSize = new IntParam(this, "miniBatchSize", "rows that are computed at once at most");
    threads = new IntParam(this, "threads", "threads for one operator; 0 for one on each core");
    executionProvider = new Param<>(this, "executionProvider", "CPU or CUDA");
    optimizationLevel =
        new Param<>(this, "optimizationLevel", "ALL_OPT, EXTENDED_OPT, BASIC_OPT or NO_OPT");
    setDefault(feedDict, Map.of());
    setDefault(fetchDict, Map.of());
    setDefault(softMaxDict, Map.of());
    setDefault(argMaxDict, Map.of());
    setDefault(meanPoolingDict, Map.of());
    setDefault(maskInput, "attention_mask");
    setDefault(normalizeMean, false);
    setDefault(paddedInputs, new String[0]);
    setDefault(vectorCols, new String[0]);
    setDefault(miniBatchSize, DEFAULT_MINI_BATCH);
    setDefault(threads, 1);
    setDefault(executionProvider, ExecutionProvider.CPU.name());
    setDefault(optimizationLevel, OptLevel.ALL_OPT.name());
  }

  @Override
  public final String uid() {
    return uid;
  }

  public final Param<Map<String, String>> feedDict() {
    return feedDict;
  }

  public final Param<Map<String, String>> fetchDict() {
    return fetchDict;
  }

  public final Param<Map<String, String>> softMaxDict() {
    return softMaxDict;
  }

  public final Param<Map<String, String>> argMaxDict() {
    return argMaxDict;
  }

  public final Param<Map<String, String>> meanPoolingDict() {
    return meanPoolingDict;
  }

  public final Param<String> maskInput() {
    return maskInput;
  }

  public final BooleanParam normalizeMean() {
    return normalizeMean;
  }

  public final StringArrayParam paddedInputs() {
    return paddedInputs;
  }

  public final StringArrayParam vectorCols() {
    return vectorCols;
  }

  public final IntParam miniBatchSize() {
    return miniBatchSize;
  }

  public final IntParam threads() {
    return threads;
  }

  public final Param<String> executionProvider() {
    return executionProvider;
  }

  public final Param<String> optimizationLevel() {
    return optimizationLevel;
  }

  @SuppressWarnings("unchecked")
  private <T> S with(Param<T> param, T value) {
    set(param, value);
    return (S) this;
  }

  /** Inputs of the network and their columns; an input without one has the column of its name. */
  public final S setFeedDict(Map<String, String> value) {
    return with(feedDict, new LinkedHashMap<>(value));
  }

  /**
   * Columns and the outputs of the network that they get. By default each output has a column of
   * its name, but for those of which softmax, argmax or a mean is made.
   */
  public final S setFetchDict(Map<String, String> value) {
    return with(fetchDict, new LinkedHashMap<>(value));
  }

  /** Outputs, or the columns that fetch them, and the columns of their softmax: ML vectors. */
  public final S setSoftMaxDict(Map<String, String> value) {
    return with(softMaxDict, new LinkedHashMap<>(value));
  }

  /**
   * Outputs, or the columns that fetch them, and the columns of the place of their largest number,
   * from 0: doubles.
   */
  public final S setArgMaxDict(Map<String, String> value) {
    return with(argMaxDict, new LinkedHashMap<>(value));
  }

  /**
   * Outputs of the axes row, token and feature, or the columns that fetch them, and the columns of
   * their means over tokens: arrays of floats.
   */
  public final S setMeanPoolingDict(Map<String, String> value) {
    return with(meanPoolingDict, new LinkedHashMap<>(value));
  }

  /**
   * The input of the network that says which tokens count in a mean: those where it is not 0. If
   * the network has none of that name, all count. Default: {@code attention_mask}.
   */
  public final S setMaskInput(String value) {
    return with(maskInput, value);
  }

  /** Whether means are divided by their Euclidean length. Default: not. */
  public final S setNormalizeMean(boolean value) {
    return with(normalizeMean, value);
  }

  /**
   * Inputs whose arrays, where a batch has some of several lengths, get zeros at their ends until
   * all are as long as the longest. It is right for networks that have a mask among these inputs.
   * Without it only rows of the same lengths are computed at once. Outputs whose second axis has
   * the name of that of these inputs are cut back to the length of each row.
   */
  public final S setPaddedInputs(String... value) {
    return with(paddedInputs, value.clone());
  }

  /** Fetched columns that are ML vectors, and not arrays; their outputs have one axis in a row. */
  public final S setVectorCols(String... value) {
    return with(vectorCols, value.clone());
  }

  /** How many rows are computed at once at most, from 1. Default: {@value #DEFAULT_MINI_BATCH}. */
  public final S setMiniBatchSize(int value) {
    return with(miniBatchSize, value);
  }

  /**
   * How many threads share the work of one operator of the network, from 1; 0 for one on each core.
   * Default: 1, because each task computes batches of its own.
   */
  public final S setThreads(int value) {
    return with(threads, value);
  }

  /** What computes the network: {@code CPU}, the default, or {@code CUDA}. */
  public final S setExecutionProvider(String value) {
    return with(executionProvider, value);
  }

  /**
   * How far ONNX Runtime changes the network before it computes it: {@code ALL_OPT}, the default,
   * {@code EXTENDED_OPT}, {@code BASIC_OPT} or {@code NO_OPT}.
   */
  public final S setOptimizationLevel(String value) {
    return with(optimizationLevel, value);
  }

  public final Map<String, String> getFeedDict() {
    return $(feedDict);
  }

  public final Map<String, String> getFetchDict() {
    return $(fetchDict);
  }

  public final Map<String, String> getSoftMaxDict() {
    return $(softMaxDict);
  }

  public final Map<String, String> getArgMaxDict() {
    return $(argMaxDict);
  }

  public final Map<String, String> getMeanPoolingDict() {
    return $(meanPoolingDict);
  }

  public final String getMaskInput() {
    return $(maskInput);
  }

  public final boolean getNormalizeMean() {
    return (boolean) $(normalizeMean);
  }

  public final List<String> getPaddedInputs() {
    return List.of($(paddedInputs));
  }

  public final List<String> getVectorCols() {
    return List.of($(vectorCols));
  }

  /**
   * How many rows are computed at once at most.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public final int getMiniBatchSize() {
    int rows = (int) $(miniBatchSize);
    if (rows < 1) {
      throw new IllegalArgumentException("miniBatchSize must be 1 or more, got " + rows);
    }
    return rows;
  }

  /**
   * @throws IllegalArgumentException if a param has a value that it cannot have
   */
  final SessionSettings settings() {
    return new SessionSettings(
        (int) $(threads),
        named(ExecutionProvider.class, executionProvider),
        named(OptLevel.class, optimizationLevel));
  }

  private <E extends Enum<E>> E named(Class<E> type, Param<String> param) {
    for (E value : type.getEnumConstants()) {
      if (value.name().equalsIgnoreCase($(param))) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "%s must be one of %s, got '%s'"
            .formatted(param.name(), java.util.Arrays.toString(type.getEnumConstants()), $(param)));
  }
}
