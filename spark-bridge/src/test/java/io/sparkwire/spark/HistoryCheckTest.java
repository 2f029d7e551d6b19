package io.sparkwire.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Nested;

class HistoryCheckTest {

  @Nested
  class UnderTheMicroBatchTrigger extends HistoryCheck {

    UnderTheMicroBatchTrigger(SparkSession spark) {
      super(spark);
    }

    @Override
    Trigger trigger() {
      return Trigger.ProcessingTime(0);
    }

    @Override
    boolean canShuffle() {
      return true;
    }
  }

  @Nested
  class UnderTheRealTimeTrigger extends HistoryCheck {

    UnderTheRealTimeTrigger(SparkSession spark) {
      super(spark);
    }

    @Override
    Trigger trigger() {
      return Trigger.RealTime("5 seconds");
    }
  }

  @Nested
  class UnderTheContinuousTrigger extends HistoryCheck {

    UnderTheContinuousTrigger(SparkSession spark) {
      super(spark);
    }

    @Override
    Trigger trigger() {
      return Trigger.Continuous("1 second");
    }
  }
}
