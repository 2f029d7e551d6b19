package io.sparkwire.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

class ContinuousTriggerTest extends TriggerContract {

  ContinuousTriggerTest(SparkSession spark) {
    super(spark);
  }

  @Override
  Trigger trigger() {
    return Trigger.Continuous("1 second");
  }
}
