package io.sparkwire.spark.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparkMasterTest {

  @Test
  void aMasterIsLocalIfTasksRunInTheDriversJvm() {
    for (String local :
        new String[] {"local", "local[4]", "local[*]", "local[2,3]", "local[*, 9]"}) {
      assertThat(SparkMaster.isLocal(local)).as(local).isTrue();
    }
    for (String remote :
        new String[] {"local-cluster[2,1,1024]", "spark://h:7077", "yarn", "k8s://https://h"}) {
      assertThat(SparkMaster.isLocal(remote)).as(remote).isFalse();
    }
  }

  @Test
  void aLocalMasterRetriesOnlyWhenItIsTold() {
    for (String once : new String[] {"local", "local[4]", "local[*]", "local[2,1]"}) {
      assertThat(SparkMaster.retries(once)).as(once).isFalse();
    }
    for (String often :
        new String[] {"local[2,3]", "local[*, 1000000]", "spark://h:7077", "yarn"}) {
      assertThat(SparkMaster.retries(often)).as(often).isTrue();
    }
  }

  @Test
  void aLocalMasterSaysHowManyTasksRunAtOnce() {
    assertThat(SparkMaster.localThreads("local")).isEqualTo(1);
    assertThat(SparkMaster.localThreads("local[4,2]")).isEqualTo(4);
    assertThat(SparkMaster.localThreads("local[*]"))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
