package io.sparkwire.onnx;

import static io.sparkwire.onnx.TestImages.file;
import static io.sparkwire.onnx.TestImages.image;
import static io.sparkwire.onnx.TestImages.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkwire.spark.TestSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestSpark.class)
@Timeout(120)
class ImageTensorTest {

  private static final byte[] FOUR = png(2, 2, 0xFF0000, 0x00FF00, 0x0000FF, 0x102030);

  private final SparkSession spark;
  @TempDir Path directory;

  ImageTensorTest(SparkSession spark) {
    this.spark = spark;
  }

  private static ImageTensor stage(int width, int height) {
    return new ImageTensor()
        .setInputCol("image")
        .setOutputCol("pixels")
        .setWidth(width)
        .setHeight(height)
        .setScale(1);
  }

  private Dataset<Row> rows(byte[]... images) {
    return spark
        .createDataset(Arrays.asList(images), Encoders.BINARY())
        .repartition(1)
        .toDF("image");
  }

  /** What is thrown for an image, by the driver: tasks of this session are repeated for long. */
  private Throwable failure(ImageTensor stage, byte[] image) {
    Dataset<Row> row = spark.createDataset(List.of(image), Encoders.BINARY()).toDF("image");
    return catchThrowable(() -> stage.transform(row).collect());
  }

  private List<Float> pixels(ImageTensor stage, byte[] image) {
    return stage.transform(rows(image)).head().getList(1);
  }

  private static List<Float> floats(double... values) {
    return Arrays.stream(values).mapToObj(value -> (float) value).toList();
  }

  @Test
  void anImageOfTheSizeStaysAsItIs() {
    List<Float> byChannel = floats(255, 0, 0, 16, 0, 255, 0, 32, 0, 0, 255, 48);
    assertThat(pixels(stage(2, 2), FOUR)).isEqualTo(byChannel);
    assertThat(pixels(stage(2, 2).setResize("stretch"), FOUR)).isEqualTo(byChannel);
    assertThat(pixels(stage(2, 2).setLayout("HWC"), FOUR))
        .isEqualTo(floats(255, 0, 0, 0, 255, 0, 0, 0, 255, 16, 32, 48));
    assertThat(pixels(stage(2, 2).setChannelOrder("BGR"), FOUR))
        .isEqualTo(floats(0, 0, 255, 48, 0, 255, 0, 32, 255, 0, 0, 16));
  }

  @Test
  void valuesAreScaledThenNormalized() {
    ImageTensor stage = stage(1, 1).setScale(0.5).setMean(2, 0, 8).setStd(0.5, 2, 4);
    byte[] image = png(1, 1, 0xFF3300);
    assertThat(pixels(stage, image)).isEqualTo(floats(251, 12.75, -2));
    assertThat(pixels(stage.setChannelOrder("BGR"), image)).isEqualTo(floats(-4, 12.75, 29.875));
  }

  @Test
  void fewerPixelsAreMeansOfAllTheyStandFor() {
    byte[] image = png(4, 1, 0x000000, 0x080000, 0x100000, 0x180000);
    // The triangle around x = 1 reaches 2 to either side: 0.75, 0.75, 0.25 at 0.5, 1.5 and 2.5.
    List<Float> pixels = pixels(stage(2, 1).setResize("stretch"), image);
    assertThat(pixels.get(0)).isCloseTo((0.75f * 8 + 0.25f * 16) / 1.75f, within(1e-5f));
    assertThat(pixels.get(1)).isCloseTo(24 - pixels.get(0), within(1e-5f));
  }

  @Test
  void morePixelsAreBetweenTheNearestTwo() {
    byte[] image = png(2, 1, 0x000000, 0x640000);
    assertThat(pixels(stage(4, 2).setResize("stretch"), image).subList(0, 8))
        .isEqualTo(floats(0, 25, 75, 100, 0, 25, 75, 100));
  }

  @Test
  void aCropIsCutFromTheMiddle() {
    byte[] wide = png(5, 1, 0x010000, 0x020000, 0x030000, 0x040000, 0x050000);
    assertThat(pixels(stage(1, 1), wide)).isEqualTo(floats(3, 0, 0));
    assertThat(pixels(stage(3, 1), wide).subList(0, 3)).isEqualTo(floats(2, 3, 4));
    byte[] tall = png(1, 4, 0x010000, 0x020000, 0x030000, 0x040000);
    assertThat(pixels(stage(1, 2), tall).subList(0, 2)).isEqualTo(floats(2, 3));
    assertThat(pixels(stage(1, 2).setResize("stretch"), tall).get(0)).isNotEqualTo(2f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void everyFormatIsRead(String format) {
    int[] colors = new int[64];
    Arrays.fill(colors, 0xC86432);
    byte[] file = file(format, image(BufferedImage.TYPE_3BYTE_BGR, 8, 8, colors));
    List<Float> pixels = pixels(stage(1, 1), file);
    assertThat(pixels.get(0)).isCloseTo(200, within(3f));
    assertThat(pixels.get(1)).isCloseTo(100, within(3f));
    assertThat(pixels.get(2)).isCloseTo(50, within(3f));
  }

  @Test
  void greyIsNotBrightened() {
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 100);
    assertThat(pixels(stage(1, 1), file("png", grey))).isEqualTo(floats(100, 100, 100));
    assertThat(pixels(stage(1, 1), file("jpg", grey)).get(0)).isCloseTo(100, within(2f));
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 100 * 257);
    assertThat(pixels(stage(1, 1), file("png", deep))).isEqualTo(floats(100, 100, 100));
  }

  @Test
  void transparencyIsIgnored() {
    BufferedImage clear = image(BufferedImage.TYPE_INT_ARGB, 1, 1, 0x40102030);
    assertThat(pixels(stage(1, 1), file("png", clear))).isEqualTo(floats(16, 32, 48));
    assertThat(pixels(stage(1, 1), file("png", image(BufferedImage.TYPE_BYTE_INDEXED, 1, 1, -1))))
        .isEqualTo(floats(255, 255, 255));
  }

  @Test
  void nullBecomesNull() {
    assertThat(stage(1, 1).transform(rows(FOUR, null)).collectAsList())
        .extracting(row -> row.isNullAt(1))
        .containsExactly(false, true);
  }

  @Test
  void theDefaultsAreThoseOfMostNetworks() {
    byte[] image = file("jpg", new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR));
    ImageTensor stage = new ImageTensor().setInputCol("image").setOutputCol("pixels");
    Dataset<Row> result = stage.transform(rows(image));
    assertThat(result.schema()).isEqualTo(stage.transformSchema(rows(image).schema()));
    assertThat(result.schema().apply("pixels").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.FloatType, false));
    assertThat(result.head().<Float>getList(1)).hasSize(3 * 224 * 224).containsOnly(0f);
  }

  @Test
  void whatIsNoImageFailsInALine() {
    assertThat(failure(stage(1, 1), new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the image must be JPEG, PNG, GIF or BMP, got 3 bytes of something else");
    assertThat(failure(stage(1, 1), file("tiff", image(BufferedImage.TYPE_INT_RGB, 1, 1, 0))))
        .hasMessageContaining("the image must be JPEG, PNG, GIF or BMP");
    assertThat(failure(stage(1, 1), Arrays.copyOf(FOUR, FOUR.length / 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the image cannot be decoded: ");
  }

  @Test
  void aJpegThatEndsEarlyFails() {
    BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(3);
    noise.setRGB(0, 0, 64, 64, random.ints(64 * 64).toArray(), 0, 64);
    byte[] whole = file("jpg", noise);
    assertThat(failure(stage(1, 1), Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the image cannot be decoded: the file ends early");
    assertThat(pixels(stage(1, 1), Arrays.copyOf(whole, whole.length + 9))).hasSize(3);
  }

  @Test
  void damagedImagesFailAsNoImages() {
    ImageFile images = new ImageFile(10_000);
    Random random = new Random(7);
    for (String format : List.of("png", "jpg", "gif", "bmp")) {
      byte[] whole = file(format, new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR));
      for (int i = 0; i < 500; i++) {
        byte[] damaged = whole.clone();
        for (int n = 0; n < 3; n++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(images.read(damaged)).isNotNull();
        } catch (IllegalArgumentException e) {
          assertThat(e.getMessage()).startsWith("the image ").hasLineCount(1);
        }
      }
    }
  }

  @Test
  void aLargeImageIsRefusedBeforeItIsDecoded() {
    assertThat(failure(stage(1, 1), head(60_000, 60_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the image must have at most 50000000 pixels and no side over 65535, got 60000 x 60000");
    assertThat(failure(stage(1, 1), head(100_000, 1))).hasMessageContaining("got 100000 x 1");
    assertThat(failure(stage(1, 1).setMaxPixels(3), FOUR)).hasMessageContaining("got 2 x 2");
    assertThat(pixels(stage(2, 2).setMaxPixels(4), FOUR)).hasSize(12);
  }

  /** A PNG that ends behind its head. */
  private static byte[] head(int width, int height) {
    byte[] chunk = new byte[17];
    ByteBuffer.wrap(chunk)
        .put("IHDR".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
        .putInt(width)
        .putInt(height)
        .put((byte) 8)
        .put((byte) 2);
    CRC32 sum = new CRC32();
    sum.update(chunk);
    return ByteBuffer.allocate(33)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .put(chunk)
        .putInt((int) sum.getValue())
        .array();
  }

  @Test
  void aSavedPipelineGivesTheSame() throws IOException {
    ImageTensor stage =
        stage(3, 2)
            .setResize("stretch")
            .setChannelOrder("BGR")
            .setLayout("HWC")
            .setMean(1, 2, 3)
            .setStd(4, 5, 6)
            .setMaxPixels(100);
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {stage}).fit(rows(FOUR));
    String path = directory.resolve("model").toString();
    model.write().overwrite().save(path);
    ImageTensor loaded = (ImageTensor) PipelineModel.load(path).stages()[0];
    assertThat(pixels(loaded, FOUR)).isEqualTo(pixels(stage, FOUR));
    assertThat(loaded.getOrDefault(loaded.maxPixels())).isEqualTo(100L);
  }

  @Test
  void whatCannotWorkIsReportedBeforeAnythingRuns() {
    Dataset<Row> rows = rows(FOUR).selectExpr("image", "1 AS n");
    ImageTensor stage = stage(1, 1);
    assertThatThrownBy(() -> stage.setInputCol("n").transform(rows))
        .hasMessage("column 'n' must be BINARY, got INT; check inputCol");
    stage.setInputCol("image");
    assertThatThrownBy(() -> stage.setOutputCol("n").transform(rows))
        .hasMessage("there is a column 'n' already; choose another name with outputCol");
    stage.setOutputCol("pixels");
    assertThatThrownBy(() -> stage(0, 1).transform(rows))
        .hasMessage("param 'width' must be 1 to 4096, got '0'");
    assertThatThrownBy(() -> stage(1, 4097).transform(rows))
        .hasMessage("param 'height' must be 1 to 4096, got '4097'");
    assertThatThrownBy(() -> stage(1, 1).setResize("pad").transform(rows))
        .hasMessage("param 'resize' must be crop or stretch, got 'pad'");
    assertThatThrownBy(() -> stage(1, 1).setMean(1).transform(rows))
        .hasMessage("param 'mean' must be 3 numbers, got '[1.0]'");
    assertThatThrownBy(() -> stage(1, 1).setStd(1, 0, 1).transform(rows))
        .hasMessage("param 'std' must be 3 numbers over 0, got '[1.0, 0.0, 1.0]'");
    assertThatThrownBy(() -> stage(1, 1).setMaxPixels(0).transform(rows))
        .hasMessage("param 'maxPixels' must be at least 1, got '0'");
  }
}
