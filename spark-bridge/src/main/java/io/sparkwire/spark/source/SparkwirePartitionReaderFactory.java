package io.sparkwire.spark.source;

import io.sparkwire.spark.version.RealTime;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.ContinuousPartitionReader;
import org.apache.spark.sql.connector.read.streaming.ContinuousPartitionReaderFactory;

/** Makes readers on workers. Stateless; everything comes with the partition. */
final class SparkwirePartitionReaderFactory implements PartitionReaderFactory {

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    SparkwireInputPartition share = (SparkwireInputPartition) partition;
    if (RealTime.EXISTS) {
      return new RealTimePartitionReader(share);
    }
    return new SparkwirePartitionReader(share);
  }

  /** The same for the continuous trigger. */
  static final class Continuous implements ContinuousPartitionReaderFactory {

    @Override
    public ContinuousPartitionReader<InternalRow> createReader(InputPartition partition) {
      return new SparkwireContinuousPartitionReader((SparkwireInputPartition) partition);
    }
  }
}
