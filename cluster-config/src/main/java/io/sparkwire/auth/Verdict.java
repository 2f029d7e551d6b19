package io.sparkwire.auth;

/**
 * What came of checking credentials. Immutable.
 *
 * @param principal whose they are; null if they are of no use
 * @param refusal why they are of no use, for the client; null if they are
 */
public record Verdict(Principal principal, String refusal) {

  static Verdict of(Principal principal) {
    return new Verdict(principal, null);
  }

  static Verdict refused(String why) {
    return new Verdict(null, why);
  }

  public boolean isKnown() {
    return principal != null;
  }
}
