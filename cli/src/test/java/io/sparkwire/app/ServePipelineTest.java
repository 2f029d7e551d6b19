package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServePipelineTest {

  @Test
  void namesCompareWithoutCaseAndKeepThatOfTheResult() {
    assertThat(ServePipeline.named(List.of("SCORE", "id"), List.of("id", "score")))
        .containsExactly("score", "id");
  }

  @Test
  void aNameThatIsMissingIsRefused() {
    assertThatThrownBy(() -> ServePipeline.named(List.of("scor"), List.of("id", "score")))
        .hasMessage("--reply asks for a column 'scor', but the result has only id, score");
  }

  @Test
  void aColumnIsNamedByItsWholeName() {
    String sql = "SELECT Age AS years FROM requests";
    assertThat(ServePipeline.names(sql, List.of(), "age")).isTrue();
    assertThat(ServePipeline.names(sql, List.of(), "year")).isFalse();
    assertThat(ServePipeline.names(null, List.of("AGE"), "age")).isTrue();
    assertThat(ServePipeline.names(null, List.of(), "age")).isFalse();
  }
}
