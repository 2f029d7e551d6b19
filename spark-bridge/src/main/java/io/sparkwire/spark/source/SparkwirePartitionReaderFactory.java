package io.sparkwire.spark.source;

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
    return new SparkwirePartitionReader((SparkwireInputPartition) partition);
  }

  /** The same for the continuous trigger. */
  static final class Continuous implements ContinuousPartitionReaderFactory {

    @Override
    public ContinuousPartitionReader<InternalRow> createReader(InputPartition partition) {
      return new SparkwireContinuousPartitionReader((SparkwireInputPartition) partition);
    }
  }
}
