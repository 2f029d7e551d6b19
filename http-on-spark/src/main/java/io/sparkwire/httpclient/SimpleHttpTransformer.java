package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.when;

import io.sparkwire.httpclient.calls.Batching;
import java.time.Duration;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/**
 * A stage that sends a column of values to a web service, and adds a column of its answers.
 *
 * <p>An input parser turns values into requests, an output parser turns responses into values. Only
 * a response of status 200 to 299 has a value. With mini-batches, the bodies of several rows travel
 * as one JSON array, and each row gets its element of the returned array. Runs on: driver. Not
 * thread-safe.
 */
public final class SimpleHttpTransformer extends HttpStage<SimpleHttpTransformer> {

  private static final long serialVersionUID = 1;

  private final Param<String> url;
  private final Param<String> method;

  @SuppressWarnings("rawtypes")
  private final StageParam<HttpInputParser> inputParser;

  @SuppressWarnings("rawtypes")
  private final StageParam<HttpOutputParser> outputParser;

  private final IntParam batchSize;
  private final LongParam batchWait;
  private final BooleanParam flattenOutput;

  public SimpleHttpTransformer(String uid) {
    super(uid);
    url = new Param<>(this, "url", "the service's URL, unless the input parser has one");
    method = new Param<>(this, "method", "the HTTP method, unless the input parser has one");
    inputParser =
        new StageParam<>(this, "inputParser", "turns values into requests", HttpInputParser.class);
    outputParser =
        new StageParam<>(
            this, "outputParser", "turns responses into values", HttpOutputParser.class);
    batchSize = new IntParam(this, "batchSize", "rows in one request; 1 for no mini-batches");
    batchWait = new LongParam(this, "batchWait", "ms that a batch waits until it is full");
    flattenOutput =
        new BooleanParam(
            this, "flattenOutput", "whether each row of a batch gets its element of the answer");
    setDefault(inputParser, new JsonInputParser());
    setDefault(outputParser, new StringOutputParser());
    setDefault(batchSize, 1);
    setDefault(batchWait, 5L);
    setDefault(flattenOutput, true);
  }

  public SimpleHttpTransformer() {
    this(HttpParser.randomUid("simpleHttp"));
  }

  public static MLReader<SimpleHttpTransformer> read() {
    return new DefaultParamsReader<>();
  }

  public static SimpleHttpTransformer load(String path) {
    return read().load(path);
  }

  public Param<String> url() {
    return url;
  }

  public Param<String> method() {
    return method;
  }

  public Param<?> inputParser() {
    return inputParser;
  }

  public Param<?> outputParser() {
    return outputParser;
  }

  public IntParam batchSize() {
    return batchSize;
  }

  public LongParam batchWait() {
    return batchWait;
  }

  public BooleanParam flattenOutput() {
    return flattenOutput;
  }

  public SimpleHttpTransformer setUrl(String value) {
    return with(url, value);
  }

  public SimpleHttpTransformer setMethod(String value) {
    return with(method, value);
  }

  public SimpleHttpTransformer setInputParser(HttpInputParser<?> value) {
    return with(inputParser, value);
  }

  public SimpleHttpTransformer setOutputParser(HttpOutputParser<?> value) {
    return with(outputParser, value);
  }

  /** How many rows travel in one request at most; 1, the default, for no mini-batches. */
  public SimpleHttpTransformer setBatchSize(int value) {
    return with(batchSize, value);
  }

  /** How long the first row of a mini-batch waits for others. */
  public SimpleHttpTransformer setBatchWait(Duration value) {
    return with(batchWait, value.toMillis());
  }

  /** Whether each row of a mini-batch gets its element of the answer; if not, it gets all of it. */
  public SimpleHttpTransformer setFlattenOutput(boolean value) {
    return with(flattenOutput, value);
  }

  /** The input parser, with what it takes from this stage. */
  private HttpInputParser<?> requests() {
    HttpInputParser<?> parser = ((HttpInputParser<?>) $(inputParser)).copy(ParamMap.empty());
    if (isDefined(url) && !parser.isDefined(parser.url())) {
      parser.setUrl($(url));
    }
    if (isDefined(method) && !parser.isSet(parser.method())) {
      parser.setMethod($(method));
    }
    return parser;
  }

  @Override
  void check(String column, DataType type) {
    requests().check(column, type);
    if (batching().isOn() && !requests().sendsJson()) {
      throw new IllegalArgumentException(
          "mini-batches are made of JSON, but '"
              + requests().getClass().getSimpleName()
              + "' may make anything; use JsonInputParser, or leave batchSize at 1");
    }
  }

  @Override
  Column call(Column input, DataType type) {
    Column parsed = requests().parse(input, type);
    return RequestColumn.call(
        parsed.getField(ParsedStruct.VALUE),
        HttpSchema.REQUEST,
        parsed.getField(ParsedStruct.EXCEPTION),
        parsed.getField(ParsedStruct.MESSAGE));
  }

  @Override
  Batching batching() {
    return new Batching((int) $(batchSize), (long) $(batchWait), (boolean) $(flattenOutput));
  }

  @Override
  DataType valueType() {
    return ((HttpOutputParser<?>) $(outputParser)).valueType();
  }

  @Override
  Column parse(Column outcome) {
    Column response = when(outcome.getField("error").isNull(), outcome.getField("response"));
    return ((HttpOutputParser<?>) $(outputParser)).parse(response, HttpSchema.RESPONSE);
  }
}
