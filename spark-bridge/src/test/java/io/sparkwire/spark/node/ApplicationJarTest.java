package io.sparkwire.spark.node;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.SparkwireProvider;
import io.sparkwire.spark.TestSpark;
import io.sparkwire.spark.row.RowSchema;
import java.net.URL;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.util.ChildFirstURLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
class ApplicationJarTest {

  ApplicationJarTest(SparkSession spark) {
    SparkSession.setActiveSession(spark);
  }

  private static void use(TableProvider provider) {
    provider.getTable(RowSchema.ROW_TYPE, null, Map.of());
  }

  @Test
  void theClassesOfTheApplicationServe() {
    assertThatNoException().isThrownBy(() -> use(new SparkwireProvider()));
  }

  @Test
  void aSecondCopyOfTheClassesIsRefused() throws Exception {
    Class<?> known = SparkwireProvider.class;
    URL[] ours = {known.getProtectionDomain().getCodeSource().getLocation()};
    try (ChildFirstURLClassLoader ofSession =
        new ChildFirstURLClassLoader(ours, known.getClassLoader())) {
      TableProvider copy =
          (TableProvider)
              ofSession.loadClass(known.getName()).getDeclaredConstructor().newInstance();

      assertThatThrownBy(() -> use(copy))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("give the jar to Spark when it starts");
    }
  }
}
