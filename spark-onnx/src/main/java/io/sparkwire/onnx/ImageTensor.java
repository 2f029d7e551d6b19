package io.sparkwire.onnx;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.spark.DeclaredColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns an image, the content of a JPEG, PNG, GIF or BMP file, into the numbers that a network
 * reads.
 *
 * <p>It adds a column of {@code ARRAY<FLOAT>} without null elements, with {@code 3 * height *
 * width} numbers: by default all of red, then green, then blue, each row by row from the top left
 * ({@code CHW}). Each is {@code (value * scale - mean) / std}, where the value is 0 to 255, and
 * mean and std are those of its channel. Networks that were trained on ImageNet by PyTorch want
 * {@code setMean(0.485, 0.456, 0.406)} and {@code setStd(0.229, 0.224, 0.225)}. Where the image is
 * null, so is the array.
 *
 * <p>Sizes are changed by bilinear interpolation, as Pillow's {@code BILINEAR} does; {@code crop}
 * scales and cuts as torchvision's {@code Resize} and {@code CenterCrop} of one size do. Colours
 * are those in the file: colour profiles and transparency are ignored, grey is equal parts of all
 * three. Of an animation, the first frame counts. EXIF orientation is not handled: an image that a
 * camera stored lying on its side stays so. A JPEG in CMYK is refused.
 *
 * <p>A row whose image is broken, of another format, or larger than allowed fails with an {@code
 * IllegalArgumentException} that says so in a line. The size is known before anything is decoded;
 * an image takes up to 8 bytes of memory for each pixel while it is decoded. The stage computes row
 * by row, and always the same. Runs on: driver. Not thread-safe.
 */
public final class ImageTensor extends Transformer
    implements DeclaredColumns, DefaultParamsWritable {

  /** The largest height and width of what a network reads. */
  public static final int MAX_SIZE = 4096;

  public static final int DEFAULT_SIZE = 224;
  public static final long DEFAULT_MAX_PIXELS = 50_000_000;

  private static final long serialVersionUID = 1;
  private static final int CHANNELS = PixelRows.CHANNELS;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam height;
  private final IntParam width;
  private final Param<String> resize;
  private final DoubleParam scale;
  private final DoubleArrayParam mean;
  private final DoubleArrayParam std;
  private final Param<String> channelOrder;
  private final Param<String> layout;
  private final LongParam maxPixels;

  public ImageTensor(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "the column of images' files");
    outputCol = new Param<>(this, "outputCol", "the column of numbers that is added");
    height = new IntParam(this, "height", "rows of pixels, 1 to 4096");
    width = new IntParam(this, "width", "columns of pixels, 1 to 4096");
    resize = new Param<>(this, "resize", "crop: in proportion, then cut; stretch: out of it");
    scale = new DoubleParam(this, "scale", "by what values of 0 to 255 are multiplied");
    mean = new DoubleArrayParam(this, "mean", "what is then subtracted in each channel");
    std = new DoubleArrayParam(this, "std", "by what the rest is divided in each channel");
    channelOrder = new Param<>(this, "channelOrder", "RGB: red is first; BGR: blue is");
    layout = new Param<>(this, "layout", "CHW: channel by channel; HWC: pixel by pixel");
    maxPixels = new LongParam(this, "maxPixels", "the most pixels of an image that is decoded");
    setDefaults();
  }

  public ImageTensor() {
    this(Identifiable$.MODULE$.randomUID("imageTensor"));
  }

  private void setDefaults() {
    setDefault(height, DEFAULT_SIZE);
    setDefault(width, DEFAULT_SIZE);
    setDefault(resize, "crop");
    setDefault(scale, 1 / 255.0);
    setDefault(mean, new double[CHANNELS]);
    setDefault(std, new double[] {1, 1, 1});
    setDefault(channelOrder, "RGB");
    setDefault(layout, "CHW");
    setDefault(maxPixels, DEFAULT_MAX_PIXELS);
  }

  public static MLReader<ImageTensor> read() {
    return new DefaultParamsReader<>();
  }

  public static ImageTensor load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public IntParam height() {
    return height;
  }

  public IntParam width() {
    return width;
  }

  public Param<String> resize() {
    return resize;
  }

  public DoubleParam scale() {
    return scale;
  }

  public DoubleArrayParam mean() {
    return mean;
  }

  public DoubleArrayParam std() {
    return std;
  }

  public Param<String> channelOrder() {
    return channelOrder;
  }

  public Param<String> layout() {
    return layout;
  }

  public LongParam maxPixels() {
    return maxPixels;
  }

  public ImageTensor setInputCol(String value) {
    return with(inputCol, value);
  }

  public ImageTensor setOutputCol(String value) {
    return with(outputCol, value);
  }

  /** 1 to 4096, by default 224. */
  public ImageTensor setHeight(int value) {
    return with(height, value);
  }

  /** 1 to 4096, by default 224. */
  public ImageTensor setWidth(int value) {
    return with(width, value);
  }

  /**
   * How an image gets the size: {@code crop}, the default, scales it in proportion until it covers
   * the size, and cuts off equal parts on both sides; {@code stretch} scales both sides by
   * themselves.
   */
  public ImageTensor setResize(String value) {
    return with(resize, value);
  }

  /** By what values of 0 to 255 are multiplied, by default 1/255. */
  public ImageTensor setScale(double value) {
    return with(scale, value);
  }

  /** What is then subtracted, in the order of the channels of the result; by default 0. */
  public ImageTensor setMean(double... value) {
    return with(mean, value);
  }

  /** By what the rest is divided, in the same order; over 0, by default 1. */
  public ImageTensor setStd(double... value) {
    return with(std, value);
  }

  /** {@code RGB}, the default, or {@code BGR}. */
  public ImageTensor setChannelOrder(String value) {
    return with(channelOrder, value);
  }

  /** {@code CHW}, the default, or {@code HWC}. */
  public ImageTensor setLayout(String value) {
    return with(layout, value);
  }

  /** The most pixels of an image, by default 50 million; no side may be over 65,535 either. */
  public ImageTensor setMaxPixels(long value) {
    return with(maxPixels, value);
  }

  private <T> ImageTensor with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    boolean isCropped = $(resize).equals("crop");
    Column numbers =
        DecodedImage.of(
            StageColumns.named($(inputCol)),
            (long) $(maxPixels),
            new ResizedImage((int) $(height), (int) $(width), isCropped),
            values());
    return dataset.toDF().select(col("*"), numbers.as($(outputCol)));
  }

  private ChannelValues values() {
    return new ChannelValues(
        $(channelOrder).equals("BGR"), $(layout).equals("CHW"), (double) $(scale), $(mean), $(std));
  }

  @Override
  public StructType columnsRead() {
    return new StructType().add($(inputCol), DataTypes.BinaryType, false);
  }

  @Override
  public List<String> columnsWritten() {
    return List.of($(outputCol));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StageColumns.check(schema, "inputCol", $(inputCol), BinaryType.class);
    check(height, isIn((int) $(height), MAX_SIZE), "1 to 4096", $(height));
    check(width, isIn((int) $(width), MAX_SIZE), "1 to 4096", $(width));
    check(maxPixels, isIn((long) $(maxPixels), Long.MAX_VALUE), "at least 1", $(maxPixels));
    checkOneOf(resize, "crop", "stretch");
    checkOneOf(channelOrder, "RGB", "BGR");
    checkOneOf(layout, "CHW", "HWC");
    check(scale, Double.isFinite((double) $(scale)), "a number", $(scale));
    checkChannels(mean, Arrays.stream($(mean)).allMatch(Double::isFinite), "3 numbers");
    checkChannels(
        std, Arrays.stream($(std)).allMatch(s -> s > 0 && Double.isFinite(s)), "3 numbers over 0");
    return StageColumns.adding(schema, "outputCol", $(outputCol), DecodedImage.NUMBERS);
  }

  private static boolean isIn(long value, long most) {
    return value >= 1 && value <= most;
  }

  private void checkOneOf(Param<String> param, String... allowed) {
    check(param, List.of(allowed).contains($(param)), String.join(" or ", allowed), $(param));
  }

  private void checkChannels(DoubleArrayParam param, boolean areAllowed, String allowed) {
    double[] given = $(param);
    check(param, given.length == CHANNELS && areAllowed, allowed, Arrays.toString(given));
  }

  private static void check(Param<?> param, boolean isAllowed, String allowed, Object given) {
    if (!isAllowed) {
      throw new IllegalArgumentException(
          "param '%s' must be %s, got '%s'".formatted(param.name(), allowed, given));
    }
  }

  @Override
  public ImageTensor copy(ParamMap extra) {
    return (ImageTensor) defaultCopy(extra);
  }
}
