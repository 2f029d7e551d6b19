package io.sparkwire.spark;

import io.sparkwire.spark.json.BoundedFromJson;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Installs Sparkwire's SQL functions, and its bound on the work of {@code from_json}, in a session
 * that is made with {@code spark.sql.extensions=io.sparkwire.spark.SparkwireExtensions}.
 *
 * <p>Runs on: driver. Stateless.
 */
public final class SparkwireExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    ServiceLoader.load(SqlFunctions.class, SparkwireExtensions.class.getClassLoader())
        .forEach(functions -> functions.install(extensions));
    extensions.injectOptimizerRule(
        new AbstractFunction1<>() {
          @Override
          public BoundedFromJson apply(SparkSession session) {
            return new BoundedFromJson();
          }
        });
    return BoxedUnit.UNIT;
  }
}
