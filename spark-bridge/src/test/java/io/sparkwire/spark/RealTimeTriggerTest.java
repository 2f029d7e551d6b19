package io.sparkwire.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

class RealTimeTriggerTest extends TriggerContract {

  RealTimeTriggerTest(SparkSession spark) {
    super(spark);
  }

  @Override
  Trigger trigger() {
    return Trigger.RealTime("5 seconds");
  }
}
