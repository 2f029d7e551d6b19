package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.Tokenizer;
import org.junit.jupiter.api.Test;

class KnownLabelsTest {

  @Test
  void eachIndexedColumnHasTheMostFrequentText() {
    StringIndexerModel both =
        new StringIndexerModel(new String[][] {{"Biscoe", "Dream"}, {"male", "female"}})
            .setInputCols(new String[] {"island", "sex"});
    assertThat(KnownLabels.of(both)).containsEntry("island", "Biscoe").containsEntry("sex", "male");
    StringIndexerModel one = new StringIndexerModel(new String[] {"red"}).setInputCol("colour");
    assertThat(KnownLabels.of(one)).containsOnlyKeys("colour").containsEntry("colour", "red");
  }

  @Test
  void anIndexOfNothingHasNoText() {
    assertThat(KnownLabels.of(new StringIndexerModel(new String[0]).setInputCol("empty")))
        .isEmpty();
  }

  @Test
  void otherModelsKnowNoTexts() {
    assertThat(KnownLabels.of(new Tokenizer())).isEmpty();
    assertThat(KnownLabels.of(null)).isEmpty();
  }
}
