package io.sparkwire.onnx;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.spark.DeclaredColumns;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Turns a text, or a pair of texts, into the tokens that a network of Hugging Face's reads, by the
 * {@code tokenizer.json} that comes with the network: WordPiece, BPE, Unigram or WordLevel.
 *
 * <p>It adds three columns, {@code ARRAY<BIGINT>} without null elements and of one length in a row:
 * the tokens' ids, the attention mask, which is 1 for each, and the type ids, which tell the second
 * text from the first. Where a text is null, all three are.
 *
 * <p>Rows leave with their own length, whatever the file says of padding. They are truncated as the
 * file says, or at {@code maxLength} tokens; where neither does, a long text becomes long arrays.
 * The file's own strategy and direction hold for {@code maxLength}, too. Text after the cut is
 * lost.
 *
 * <p>The stage computes row by row, and always the same. The file is part of the stage: it is read
 * when it is set, saved as {@code tokenizer.json} beside the stage's metadata, and broadcast to
 * executors. Nothing is downloaded. A JVM has one native tokenizer for all stages and tasks with
 * equal files, outside of its heap; it is freed when the driver and then the executor have
 * collected the garbage of the last stage and plan that used it. Until then there may be those of a
 * few earlier versions of a model.
 *
 * <p>Runs on: driver. Not thread-safe.
 */
public final class TextTokenizer extends Transformer implements DeclaredColumns, MLWritable {

  private static final long serialVersionUID = 1;
  private static final String FILE = "tokenizer.json";

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> pairCol;
  private final Param<String> idsCol;
  private final Param<String> maskCol;
  private final Param<String> typesCol;
  private final IntParam maxLength;
  private final BooleanParam addSpecialTokens;
  private transient TokenizerFile file;

  public TextTokenizer(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "the column of texts");
    pairCol = new Param<>(this, "pairCol", "the column of second texts, for a network of pairs");
    idsCol = new Param<>(this, "idsCol", "the column of tokens' ids that is added");
    maskCol = new Param<>(this, "maskCol", "the column of attention masks that is added");
    typesCol = new Param<>(this, "typesCol", "the column of type ids that is added");
    maxLength =
        new IntParam(
            this,
            "maxLength",
            "the most tokens of a row, special ones included; 0: what the tokenizer's file says");
    addSpecialTokens =
        new BooleanParam(
            this, "addSpecialTokens", "whether tokens such as [CLS] are added, as the file says");
    setDefault(idsCol, "input_ids");
    setDefault(maskCol, "attention_mask");
    setDefault(typesCol, "token_type_ids");
    setDefault(maxLength, 0);
    setDefault(addSpecialTokens, true);
  }

  public TextTokenizer() {
    this(Identifiable$.MODULE$.randomUID("textTokenizer"));
  }

  public static MLReader<TextTokenizer> read() {
    return new FileReader<>(FILE, TextTokenizer::setTokenizerBytes);
  }

  public static TextTokenizer load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new FileWriter(this, FILE, file().content());
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> pairCol() {
    return pairCol;
  }

  public Param<String> idsCol() {
    return idsCol;
  }

  public Param<String> maskCol() {
    return maskCol;
  }

  public Param<String> typesCol() {
    return typesCol;
  }

  public IntParam maxLength() {
    return maxLength;
  }

  public BooleanParam addSpecialTokens() {
    return addSpecialTokens;
  }

  public TextTokenizer setInputCol(String value) {
    return with(inputCol, value);
  }

  /** Tokenizes pairs: the text of {@code inputCol}, and this column's. */
  public TextTokenizer setPairCol(String value) {
    return with(pairCol, value);
  }

  public TextTokenizer setIdsCol(String value) {
    return with(idsCol, value);
  }

  public TextTokenizer setMaskCol(String value) {
    return with(maskCol, value);
  }

  public TextTokenizer setTypesCol(String value) {
    return with(typesCol, value);
  }

  /**
   * The most tokens of a row, special ones included. More than the special ones; 0, which is the
   * default, for what the tokenizer's file says. Checked when the stage is used.
   */
  public TextTokenizer setMaxLength(int value) {
    return with(maxLength, value);
  }

  public TextTokenizer setAddSpecialTokens(boolean value) {
    return with(addSpecialTokens, value);
  }

  /**
   * Reads a {@code tokenizer.json}, now.
   *
   * @param path a file of this machine, or an address that Spark reads, such as {@code hdfs://…}
   * @throws IllegalArgumentException if it cannot be read, or is none; says why
   */
  public TextTokenizer setTokenizerFile(String path) {
    return setTokenizerBytes(FileContent.read(SparkSession.active(), path));
  }

  /**
   * The same from its content.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  public TextTokenizer setTokenizerBytes(byte[] content) {
    file = new TokenizerFile(content);
    return this;
  }

  private <T> TextTokenizer with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  private TokenizerFile file() {
    if (file == null) {
      throw new IllegalArgumentException(
          "stage '" + uid + "' has no tokenizer; call setTokenizerFile");
    }
    return file;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Broadcast<SharedTokenizer> sent = file().broadcast(dataset.sparkSession().sparkContext());
    Column tokens = TokenizedText.of(sent, truncation(), template(), texts());
    // A step of its own: Spark does not repeat what three columns need, if it is not cheap.
    String name = "__tokens_" + uid;
    Column computed = StageColumns.named(name);
    return dataset
        .toDF()
        .withColumn(name, tokens)
        .select(
            col("*"),
            computed.getField(TokenizedText.IDS).as($(idsCol)),
            computed.getField(TokenizedText.MASK).as($(maskCol)),
            computed.getField(TokenizedText.TYPES).as($(typesCol)))
        .drop(name);
  }

  private TokenTemplate template() {
    return file().template(isDefined(pairCol), (boolean) $(addSpecialTokens));
  }

  private Truncation truncation() {
    return file().truncation((int) $(maxLength), template().specialTokens());
  }

  private Column[] texts() {
    Column text = StageColumns.named($(inputCol));
    return isDefined(pairCol)
        ? new Column[] {text, StageColumns.named($(pairCol))}
        : new Column[] {text};
  }

  @Override
  public StructType columnsRead() {
    StructType read = new StructType().add($(inputCol), DataTypes.StringType, false);
    return isDefined(pairCol) ? read.add($(pairCol), DataTypes.StringType, false) : read;
  }

  @Override
  public List<String> columnsWritten() {
    return List.of($(idsCol), $(maskCol), $(typesCol));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StageColumns.check(schema, "inputCol", $(inputCol), StringType.class);
    if (isDefined(pairCol)) {
      StageColumns.check(schema, "pairCol", $(pairCol), StringType.class);
    }
    truncation();
    StructType withIds = adding(schema, idsCol);
    return adding(adding(withIds, maskCol), typesCol);
  }

  private StructType adding(StructType schema, Param<String> name) {
    return StageColumns.adding(schema, name.name(), $(name), TokenizedText.NUMBERS);
  }

  @Override
  public TextTokenizer copy(ParamMap extra) {
    TextTokenizer copy = (TextTokenizer) defaultCopy(extra);
    copy.file = file;
    return copy;
  }
}
