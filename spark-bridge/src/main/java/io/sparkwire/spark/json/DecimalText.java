package io.sparkwire.spark.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A decimal number in text, measured before anything computes with it.
 *
 * <p>The value is {@code 0.d1d2…dn × 10^magnitude}, where d1 and dn are not 0. Measuring is linear
 * in the length of the text, whatever its exponent: {@code 1e99999999} costs as much as {@code 1}.
 * Only {@link #exactly} makes a number, and its caller knows then how many digits that has.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param digits d1 to dn; empty for zero
 * @param magnitude how many digits are before the point; 0 or less if the first digit that is not 0
 *     is after it
 */
record DecimalText(boolean negative, String digits, long magnitude) {
  /** Exponents beyond stay here, so that sums with them are exact. */
  private static final long MOST = 1L << 40;

  /**
   * Measures a number as JSON writes it, or with a plus sign in front of it.
   *
   * @return null if the text is no such number
   */
  static DecimalText of(char[] chars, int offset, int length) {
    int end = offset + length;
    int at = offset;
    boolean negative = at < end && chars[at] == '-';
    if (negative || (at < end && chars[at] == '+')) {
      at++;
    }
    int mantissaEnd = at;
    while (mantissaEnd < end && (isDigit(chars[mantissaEnd]) || chars[mantissaEnd] == '.')) {
      mantissaEnd++;
    }
    Long exponent = mantissaEnd == end ? Long.valueOf(0) : exponent(chars, mantissaEnd, end);
    return exponent == null ? null : of(negative, chars, at, mantissaEnd, exponent);
  }

  /** The exponent that begins at {@code at} with its letter; null if none does. */
  private static Long exponent(char[] chars, int at, int end) {
    boolean isLetter = chars[at] == 'e' || chars[at] == 'E';
    int first = at + 1;
    boolean negative = first < end && chars[first] == '-';
    if (negative || (first < end && chars[first] == '+')) {
      first++;
    }
    if (!isLetter || first == end) {
      return null;
    }
    long exponent = 0;
    for (int i = first; i < end; i++) {
      if (!isDigit(chars[i])) {
        return null;
      }
      exponent = Math.min(MOST, 10 * exponent + (chars[i] - '0'));
    }
    return negative ? -exponent : exponent;
  }

  private static DecimalText of(boolean negative, char[] chars, int at, int end, long exponent) {
    StringBuilder digits = new StringBuilder(Math.min(end - at, 40));
    int point = -1;
    int leadingZeros = 0;
    int length = 0; // without the zeros at the end
    for (int i = at; i < end; i++) {
      if (chars[i] == '.') {
        if (point >= 0) {
          return null;
        }
        point = i - at;
      } else if (chars[i] == '0' && digits.isEmpty()) {
        leadingZeros++;
      } else {
        digits.append(chars[i]);
        length = chars[i] == '0' ? length : digits.length();
      }
    }
    int before = point >= 0 ? point : end - at;
    boolean hasDigits = end - at > (point >= 0 ? 1 : 0);
    digits.setLength(length);
    return hasDigits
        ? new DecimalText(negative, digits.toString(), before - leadingZeros + exponent)
        : null;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  boolean isZero() {
    return digits.isEmpty();
  }

  /** How many digits are after the point; 0 or less if it is a whole number. */
  long scale() {
    return digits.length() - magnitude;
  }

  /**
   * The number itself.
   *
   * @throws ArithmeticException if its exponent is beyond {@link BigDecimal}
   */
  BigDecimal exactly() {
    if (isZero()) {
      return BigDecimal.ZERO;
    }
    BigDecimal value = new BigDecimal(new BigInteger(digits), Math.toIntExact(scale()));
    return negative ? value.negate() : value;
  }
}
