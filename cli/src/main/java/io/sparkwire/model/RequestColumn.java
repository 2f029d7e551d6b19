package io.sparkwire.model;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * A column that a request must have, because a stage reads it and no earlier one makes it.
 * Immutable.
 *
 * @param reader the first stage that reads it, for messages
 * @param inTrainingData whether training data have such a column
 * @param declared as that stage declares it; empty if it does not
 * @param note what a user should know of its type; empty if nothing
 */
record RequestColumn(
    String name,
    DataType type,
    String reader,
    boolean inTrainingData,
    Optional<StructField> declared,
    Optional<String> note) {

  /** The column as a schema of requests has it. */
  StructField field() {
    return declared
        .filter(known -> known.dataType().equals(type))
        .orElseGet(() -> new StructField(name, type, true, Metadata.empty()));
  }

  /** The column as stages get it: the size of a vector is in the metadata. */
  StructField inPlan() {
    OptionalInt size = Ddl.vectorSize(type);
    return size.isPresent()
        ? new AttributeGroup(name, size.getAsInt()).toStructField()
        : new StructField(name, Ddl.inPlan(type), true, Metadata.empty());
  }
}
