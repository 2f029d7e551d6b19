package io.sparkwire.framing;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Fields whose values are lists, on one line or several: RFC 9110, 5.6.1. Stateless. */
final class HeaderLists {

  private HeaderLists() {}

  /** The elements of all fields of that name, in order; empty ones are left out. */
  static List<String> elements(HttpHeaders headers, CharSequence name) {
    List<String> elements = new ArrayList<>();
    for (String line : headers.getAll(name)) {
      for (String element : line.split(",", -1)) {
        if (!element.isBlank()) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }

  /** Where the first element is that equals the text without regard to case, or -1. */
  static int indexOf(List<String> elements, String text) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).equalsIgnoreCase(text)) {
        return i;
      }
    }
    return -1;
  }
}
