package io.sparkwire.onnx;

import io.sparkwire.spark.catalyst.Invocations;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What generated code calls to turn an image into numbers.
 *
 * <p>Public only because generated code lives in a package of Spark. Immutable. Runs on: task
 * thread. Thread-safe.
 */
public final class DecodedImage implements Serializable {

  static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.FloatType, false);

  private static final long serialVersionUID = 1;

  private final long maxPixels;
  private final ResizedImage size;
  private final ChannelValues values;

  private DecodedImage(long maxPixels, ResizedImage size, ChannelValues values) {
    this.maxPixels = maxPixels;
    this.size = size;
    this.values = values;
  }

  /** An array of numbers; null if the image is null. */
  static Column of(Column image, long maxPixels, ResizedImage size, ChannelValues values) {
    return Invocations.pure(new DecodedImage(maxPixels, size, values), "decode", NUMBERS, image);
  }

  /**
   * The numbers of an image.
   *
   * @param image the content of a file
   * @throws IllegalArgumentException if it is no image, or too large; says so in a line
   */
  public ArrayData decode(byte[] image) {
    PixelRows pixels = new PixelRows(new ImageFile(maxPixels).read(image));
    return UnsafeArrayData.fromPrimitiveArray(values.of(size.of(pixels)));
  }
}
