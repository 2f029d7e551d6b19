package io.sparkwire.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * What every session has that is made with Sparkwire on its class path, without a setting: the
 * functions of {@link ServingSqlFunctions}, and the check of queries that start.
 *
 * <p>Made by Spark through its service loader. Runs on: driver. Stateless.
 */
public final class ServingExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit>
    implements SparkSessionExtensionsProvider {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    ServingSqlFunctions.install(extensions);
    extensions.injectCheckRule(
        new AbstractFunction1<>() {
          @Override
          public Function1<LogicalPlan, BoxedUnit> apply(SparkSession session) {
            return new StartCheck();
          }
        });
    return BoxedUnit.UNIT;
  }
}
