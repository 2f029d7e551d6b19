package io.sparkwire.secret;

/**
 * What protects the values that a node keeps in maps which nodes share. Thread-safe.
 *
 * <p>A place is the map and the key of a value. A value that was moved to another place does not
 * open.
 */
public interface ValueSeal {

  /** For a cluster without a secret: values are kept as they are. */
  ValueSeal NONE =
      new ValueSeal() {
        @Override
        public byte[] seal(byte[] value, String... place) {
          return value;
        }

        @Override
        public byte[] open(byte[] sealed, String... place) {
          return sealed;
        }

        @Override
        public String sealText(String text, String... place) {
          return text;
        }

        @Override
        public String openText(String sealed, String... place) {
          return sealed;
        }
      };

  /** The form in which a value is kept at a place. */
  byte[] seal(byte[] value, String... place);

  /** The value again; null if no node that knows the secret has sealed it for this place. */
  byte[] open(byte[] sealed, String... place);

  /** The form in which a text is kept at a place, which is a text. */
  String sealText(String text, String... place);

  /** The text again; null if no node that knows the secret has sealed it for this place. */
  String openText(String sealed, String... place);
}
