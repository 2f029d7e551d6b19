package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aClosedConnectionIsTheSocketExceptionOfJava() {
    assertThat(Failures.plain(new HttpClosedException("x")))
        .isExactlyInstanceOf(SocketException.class);
    assertThat(Failures.plain(new StreamResetException(8)))
        .isExactlyInstanceOf(SocketException.class);
  }

  @Test
  void aBodyThatCannotBeDecodedIsInvalid() {
    assertThat(Failures.plain(new DecoderException("bad gzip")))
        .isInstanceOf(InvalidBodyException.class)
        .hasMessage("the body cannot be decoded: bad gzip");
  }

  @Test
  void anyOtherFailureStaysAsItIs() {
    IOException other = new IOException("x");
    assertThat(Failures.plain(other)).isSameAs(other);
  }

  @Test
  void aFailureIsNamedAfterTheNearestClassOfJavaOrOurs() {
    assertThat(Failures.name(new ConnectException("x"))).isEqualTo("java.net.ConnectException");
    assertThat(Failures.name(new VertxException("x"))).isEqualTo("java.lang.RuntimeException");
    assertThat(Failures.name(new IOException("x") {})).isEqualTo("java.io.IOException");
  }

  @Test
  void ourFailuresKeepTheirDocumentedNames() {
    assertThat(Failures.name(new CallTimeoutException(1)))
        .isEqualTo("io.sparkwire.httpclient.CallTimeoutException");
    assertThat(Failures.name(BodyTooLargeException.class))
        .isEqualTo("io.sparkwire.httpclient.BodyTooLargeException");
  }

  @Test
  void aMessageHasTheCauseUnlessItSaysTheSame() {
    assertThat(Failures.message(new IOException("outer", new IOException("inner"))))
        .isEqualTo("outer: inner");
    assertThat(Failures.message(new IOException(new IOException("inner"))))
        .isEqualTo("java.io.IOException: inner");
    assertThat(Failures.message(new IOException("outer"))).isEqualTo("outer");
  }

  @Test
  void aFailureWithoutAMessageSaysItsName() {
    assertThat(Failures.message(new IOException())).isEqualTo("java.io.IOException");
  }
}
