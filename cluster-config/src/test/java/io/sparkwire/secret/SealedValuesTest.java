package io.sparkwire.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.RecordingLogger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SealedValuesTest {

  private static final String OLD = "the old secret of this test";
  private static final String NEW = "the new secret of this test";
  private static final byte[] VALUE = "a value".getBytes(StandardCharsets.UTF_8);

  private final RecordingLogger log = new RecordingLogger();
  private final AtomicLong clock = new AtomicLong();
  private final SealedValues values = values(OLD);

  private SealedValues values(String... secrets) {
    ClusterSecret secret = ClusterSecret.of("a test", String.join("\n", secrets));
    return new SealedValues(secret, new SecureRandom(), clock::get, log);
  }

  @Test
  void aValueOpensWhereItWasSealedByAnyNodeThatKnowsTheSecret() {
    byte[] sealed = values.seal(VALUE, "map", "key");

    assertThat(values(OLD).open(sealed, "map", "key")).isEqualTo(VALUE);
    assertThat(values(OLD).openText(values.sealText("ä", "map", "key"), "map", "key"))
        .isEqualTo("ä");
    assertThat(log.lines).isEmpty();
  }

  @Test
  void nothingOfAValueIsInItsSealedForm() {
    byte[] zeros = new byte[100];
    byte[] sealed = values.seal(zeros, "map", "key");

    assertThat(HexFormat.of().formatHex(sealed)).doesNotContain("00".repeat(9));
    assertThat(values.seal(zeros, "map", "key")).isNotEqualTo(sealed);
  }

  @Test
  void aValueDoesNotOpenElsewhere() {
    byte[] sealed = values.seal(VALUE, "map", "key", "x");

    assertThat(values.open(sealed, "map", "other", "x")).isNull();
    assertThat(values.open(sealed, "other", "key", "x")).isNull();
    assertThat(values.open(sealed, "map", "keyx")).isNull();
    assertThat(values.open(sealed, "map", "key", "x")).isEqualTo(VALUE);
  }

  @Test
  void noChangedOrShortenedValueOpens() {
    byte[] sealed = values.seal(VALUE, "map", "key");

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(values.open(changed, "map", "key")).as("byte %d", i).isNull();
      assertThat(values.open(Arrays.copyOf(sealed, i), "map", "key")).as("length %d", i).isNull();
    }
  }

  @Test
  void aValueOfAnotherSecretOrOfNoneDoesNotOpen() {
    assertThat(values.open(values(NEW).seal(VALUE, "map", "key"), "map", "key")).isNull();
    assertThat(values.open(VALUE, "map", "key")).isNull();
    assertThat(values.openText("{\"version\":2}", "map", "key")).isNull();
  }

  @Test
  void nodesReadEachOthersValuesWhileASecretIsReplaced() {
    SealedValues both = values(NEW, OLD);
    byte[] old = values.seal(VALUE, "map", "key");
    byte[] ofBoth = both.seal(VALUE, "map", "key");
    byte[] next = values(NEW).seal(VALUE, "map", "key");

    assertThat(both.open(old, "map", "key")).isEqualTo(VALUE);
    assertThat(both.open(next, "map", "key")).isEqualTo(VALUE);
    assertThat(values.open(ofBoth, "map", "key")).isEqualTo(VALUE);
    assertThat(values(NEW).open(ofBoth, "map", "key")).isEqualTo(VALUE);
    assertThat(values(NEW).open(old, "map", "key")).isNull();
  }

  @Test
  void whatIsDroppedIsLoggedOnceAMinute() {
    values.open(VALUE, "sparkwire.history", "key");
    values.open(VALUE, "sparkwire.history", "key");
    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    values.open(VALUE, "sparkwire.kept", "key");

    assertThat(log.lines)
        .containsExactly(
            "WARN event=value-not-authentic dropped 1 value(s) that no node with a secret of this"
                + " one has written, the last one in map 'sparkwire.history'",
            "WARN event=value-not-authentic dropped 2 value(s) that no node with a secret of this"
                + " one has written, the last one in map 'sparkwire.kept'");
  }

  /** Nodes of other releases read it, so the form is fixed. */
  @Test
  void theFormOfASealedValueIsFixed() {
    byte[] sealed =
        HexFormat.of()
            .parseHex(
                "010184d34aa2840aa96c6120a77d6e1b06f27d2281b7719a2ca7deab6f5443cf271fe122743278d7"
                    + "d964aabd8b70f933562e887281efa5d13293b19d8ca5dbbd86b000000000000000013831239a90ab"
                    + "aba4c0faf0699b3a7baf510a2d6e794139");

    assertThat(values.open(sealed, "map", "key")).isEqualTo(VALUE);
  }
}
