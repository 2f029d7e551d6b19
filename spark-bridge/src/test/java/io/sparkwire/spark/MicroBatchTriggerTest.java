package io.sparkwire.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

class MicroBatchTriggerTest extends TriggerContract {

  MicroBatchTriggerTest(SparkSession spark) {
    super(spark);
  }

  @Override
  Trigger trigger() {
    return Trigger.ProcessingTime(0);
  }
}
