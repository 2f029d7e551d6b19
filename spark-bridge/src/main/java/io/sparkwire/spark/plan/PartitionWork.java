package io.sparkwire.spark.plan;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a {@link RowStep} does with the rows of one partition on the thread of its task. */
@FunctionalInterface
public interface PartitionWork extends Serializable {

  /** The rows that the step gives for those of a partition, as they are asked for. */
  Iterator<InternalRow> rows(Iterator<InternalRow> rows);
}
