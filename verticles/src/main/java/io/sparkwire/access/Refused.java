package io.sparkwire.access;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;

/** What clients get that do not get in, with the challenges of RFC 7235 and RFC 6750. Stateless. */
public final class Refused {

  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String BEARER = "Bearer realm=\"sparkwire\"";
  private static final Header BASIC =
      new Header(CHALLENGE, "Basic realm=\"sparkwire\", charset=\"UTF-8\"");
  private static final String NONE =
      "send an API key as X-API-Key or as the password of Authorization: Basic, or an API key or a"
          + " token as Authorization: Bearer";

  private Refused() {}

  static ServiceReply withoutCredentials() {
    return unauthenticated(BEARER, NONE);
  }

  /**
   * @param why without quotes and backslashes
   */
  static ServiceReply with(String why) {
    return unauthenticated(
        BEARER + ", error=\"invalid_token\", error_description=\"" + why + "\"", why);
  }

  private static ServiceReply unauthenticated(String bearer, String detail) {
    return ServiceFailure.of(FailureCode.UNAUTHENTICATED, detail)
        .toReply()
        .with(new Header(CHALLENGE, bearer))
        .with(BASIC);
  }

  /** To a known client that may not do it. */
  public static ServiceReply forbidden(Access access) {
    return ServiceFailure.of(
            FailureCode.FORBIDDEN, "the client does not have the scope '" + access.scope() + "'")
        .toReply()
        .with(
            new Header(
                CHALLENGE,
                BEARER + ", error=\"insufficient_scope\", scope=\"" + access.scope() + "\""));
  }
}
