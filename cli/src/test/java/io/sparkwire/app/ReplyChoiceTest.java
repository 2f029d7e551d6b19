package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyChoiceTest {

  @Test
  void namesCompareWithoutCaseAndKeepThatOfTheResult() {
    assertThat(ReplyChoice.named(List.of("SCORE", "id"), List.of("id", "score")))
        .containsExactly("score", "id");
  }

  @Test
  void aNameThatIsMissingIsRefused() {
    assertThatThrownBy(() -> ReplyChoice.named(List.of("scor"), List.of("id", "score")))
        .hasMessage("--reply asks for a column 'scor', but the result has only id, score");
  }

  @Test
  void aClassifierRepliesWithItsProbabilitiesToo() {
    assertThat(ReplyChoice.predicted(List.of("x", "probability", "prediction")))
        .containsExactly("prediction", "probability");
    assertThat(ReplyChoice.predicted(List.of("x", "prediction"))).containsExactly("prediction");
  }

  @Test
  void whatPredictsNothingHasNoUsualReply() {
    assertThatThrownBy(() -> ReplyChoice.predicted(List.of("x", "y")))
        .hasMessage(
            "the result has no column 'prediction', so name the reply's columns by --reply: x, y");
  }
}
