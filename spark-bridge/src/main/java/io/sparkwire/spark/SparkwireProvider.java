package io.sparkwire.spark;

import io.sparkwire.spark.node.ApplicationJar;
import io.sparkwire.spark.plan.OneRowPerRequest;
import io.sparkwire.spark.plan.RowStep;
import io.sparkwire.spark.plan.ServedPlanRule;
import io.sparkwire.spark.python.PythonStrategy;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.QueryWatch;
import io.sparkwire.spark.source.ServedWriteRule;
import io.sparkwire.spark.source.ShuffledRowsRule;
import io.sparkwire.spark.source.SparkwireTable;
import io.sparkwire.spark.source.TakenRowsRule;
import io.sparkwire.spark.version.RealTime;
import io.sparkwire.spark.version.SparkRelease;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The data source {@code sparkwire}, as in {@code spark.readStream().format("sparkwire")}.
 *
 * <p>Made by Spark through its service loader. Stateless.
 */
public final class SparkwireProvider implements TableProvider, DataSourceRegister {

  /** The format's short name. */
  public static final String FORMAT = SparkwireTable.FORMAT;

  @Override
  public String shortName() {
    return FORMAT;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    SparkRelease.current().check();
    return RowSchema.ROW_TYPE;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    SparkRelease.current().check();
    ApplicationJar.check(SparkSession.active());
    RealTime.writeProgressAtOnce(SparkSession.active().conf());
    ServedPlanRule.install(SparkSession.active());
    PythonStrategy.install(SparkSession.active());
    new ServedWriteRule().install(SparkSession.active());
    new TakenRowsRule().install(SparkSession.active());
    new ShuffledRowsRule().install(SparkSession.active());
    QueryWatch.install(SparkSession.active());
    ServingSqlFunctions.install(SparkSession.active());
    return new SparkwireTable(OneRowPerRequest::check, RowStep::prepare);
  }
}
