package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnShareTest {

  private final OwnShare share = new OwnShare(1600);

  @Test
  void nothingGoesWithinTheBound() {
    assertThat(share.excess(1600, 0)).isZero();
    assertThat(share.excess(800, 800)).isZero();
    assertThat(share.excess(0, 1600)).isZero();
  }

  @Test
  void aSixteenthOfTheBoundIsFreeAfterwards() {
    assertThat(share.excess(2000, 0)).isEqualTo(500);
    assertThat(share.excess(1000, 1000)).isEqualTo(250);
    assertThat(share.excess(1500, 500)).isEqualTo(375);
  }

  @Test
  void aMemberWithLessThanHalfKeepsHalfOfTheBoundWhileTheOthersAreSlow() {
    for (int check = 0; check < OwnShare.PATIENCE; check++) {
      assertThat(share.excess(700, 2100)).isZero();
    }
    assertThat(share.excess(700, 2100)).isEqualTo(325);
  }

  @Test
  void aMemberWaitsAgainOnceItHasBeenWithinTheBound() {
    for (int check = 0; check < OwnShare.PATIENCE; check++) {
      share.excess(700, 2100);
    }
    share.excess(700, 700);
    assertThat(share.excess(700, 2100)).isZero();
  }

  @Test
  void twoMembersReachTheirBoundWhicheverLetsGoFirst() {
    OwnShare other = new OwnShare(1600);
    long few = 700;
    long many = 3000;
    few -= share.excess(few, many);
    for (int check = 0; check < 5; check++) {
      many -= other.excess(many, few);
    }
    assertThat(few).isEqualTo(700);
    assertThat(few + many).isLessThanOrEqualTo(1600);
  }
}
