package io.sparkwire.spark.row;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.GeographyVal;
import org.apache.spark.unsafe.types.GeometryVal;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;

/**
 * A read-only row that makes each of its values when it is asked for.
 *
 * <p>What it is made from never changes, so it is its own copy.
 */
abstract class LazyRow extends InternalRow {

  private static final long serialVersionUID = 1;

  /** The value of one field as Catalyst holds it; null if the field is null. */
  abstract Object value(int ordinal);

  @Override
  public final InternalRow copy() {
    return this;
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return value(ordinal) == null;
  }

  @Override
  public final Object get(int ordinal, DataType type) {
    return value(ordinal);
  }

  @Override
  public final void setNullAt(int ordinal) {
    throw readOnly();
  }

  @Override
  public final void update(int ordinal, Object value) {
    throw readOnly();
  }

  private static IllegalStateException readOnly() {
    return new IllegalStateException("rows of the source are read-only");
  }

  @Override
  public final boolean getBoolean(int ordinal) {
    return (Boolean) value(ordinal);
  }

  @Override
  public final byte getByte(int ordinal) {
    return (Byte) value(ordinal);
  }

  @Override
  public final short getShort(int ordinal) {
    return (Short) value(ordinal);
  }

  @Override
  public final int getInt(int ordinal) {
    return (Integer) value(ordinal);
  }

  @Override
  public final long getLong(int ordinal) {
    return (Long) value(ordinal);
  }

  @Override
  public final float getFloat(int ordinal) {
    return (Float) value(ordinal);
  }

  @Override
  public final double getDouble(int ordinal) {
    return (Double) value(ordinal);
  }

  @Override
  public final Decimal getDecimal(int ordinal, int precision, int scale) {
    return (Decimal) value(ordinal);
  }

  @Override
  public final UTF8String getUTF8String(int ordinal) {
    return (UTF8String) value(ordinal);
  }

  @Override
  public final byte[] getBinary(int ordinal) {
    return (byte[]) value(ordinal);
  }

  @Override
  public final GeographyVal getGeography(int ordinal) {
    return (GeographyVal) value(ordinal);
  }

  @Override
  public final GeometryVal getGeometry(int ordinal) {
    return (GeometryVal) value(ordinal);
  }

  @Override
  public final CalendarInterval getInterval(int ordinal) {
    return (CalendarInterval) value(ordinal);
  }

  @Override
  public final VariantVal getVariant(int ordinal) {
    return (VariantVal) value(ordinal);
  }

  @Override
  public final InternalRow getStruct(int ordinal, int numFields) {
    return (InternalRow) value(ordinal);
  }

  @Override
  public final ArrayData getArray(int ordinal) {
    return (ArrayData) value(ordinal);
  }

  @Override
  public final MapData getMap(int ordinal) {
    return (MapData) value(ordinal);
  }
}
