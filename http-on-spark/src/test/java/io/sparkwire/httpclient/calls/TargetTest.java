package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "http://a,a,80,false,/",
    "https://a,a,443,true,/",
    "HTTP://a:8080/p/q,a,8080,false,/p/q",
    "https://a?x=1,a,443,true,/?x=1",
    "http://a/p%20q?x=%2F&y,a,80,false,/p%20q?x=%2F&y",
    "http://a/p#part,a,80,false,/p",
    "http://[::1]:81/p,::1,81,false,/p",
    "http://user:secret@a/p,a,80,false,/p"
  })
  void aUrlIsReadAsItsParts(String url, String host, int port, boolean tls, String uri) {
    assertThat(Target.of(url)).isEqualTo(new Target(host, port, tls, uri));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/p", "ftp://a/", "http:///p", "http://a b/", "http://a/{x}"})
  void anyOtherUrlIsRefusedByName(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.of(url))
        .withMessageStartingWith("the URL '" + url + "' ");
  }

  @ParameterizedTest
  @CsvSource({
    "/other?z=1,http://a:81/other?z=1",
    "other,http://a:81/p/other",
    "../other,http://a:81/other",
    "//b/other,http://b/other",
    "https://b:82/other,https://b:82/other"
  })
  void aRedirectIsResolvedAgainstItsTarget(String location, String url) {
    assertThat(Target.of("http://a:81/p/q?x=1").redirected(location)).hasValue(Target.of(url));
  }

  @Test
  void aRedirectOfAnIpv6HostStaysThere() {
    assertThat(Target.of("http://[::1]:81/p").redirected("/q"))
        .hasValue(Target.of("http://[::1]:81/q"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://b/", "ftp://b/", "http://[", "mailto:a@b"})
  void fromTlsNothingButTlsIsFollowed(String location) {
    assertThat(Target.of("https://a/p").redirected(location)).isEmpty();
  }

  @Test
  void schemeHostAndPortAreTheOrigin() {
    Target target = Target.of("http://a:81/p");
    assertThat(target.isSameOrigin(Target.of("http://a:81/q"))).isTrue();
    assertThat(target.isSameOrigin(Target.of("http://b:81/p"))).isFalse();
    assertThat(target.isSameOrigin(Target.of("http://a:82/p"))).isFalse();
    assertThat(target.isSameOrigin(Target.of("https://a:81/p"))).isFalse();
  }
}
