package io.sparkwire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFileTest {

  private static final ApiKey KEY = ApiKey.random(new SecureRandom());
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private static ClientList parse(String text) {
    return ClientFile.parse(Buffer.buffer(text));
  }

  private static String key(String more) {
    return "{'id':'%s','sha256':'%s','principal':'alice','scopes':['serve:iris','admin']%s}"
        .formatted(KEY.id(), HexFormat.of().formatHex(KEY.digest()), more)
        .replace('\'', '"');
  }

  @Test
  void aKeyNamesItsPrincipalAndWhatItMayDo() {
    Verdict verdict = parse("{\"keys\":[" + key("") + "]}").key(KEY.text(), NOW);
    assertThat(verdict.principal().name()).isEqualTo("alice");
    assertThat(verdict.principal().may("serve:iris")).isTrue();
    assertThat(verdict.principal().may("admin")).isTrue();
    assertThat(verdict.principal().may("serve:other")).isFalse();
  }

  @Test
  void aKeyIsOfUseUntilItExpires() {
    ClientList clients = parse("{\"keys\":[" + key(",'expires':'2026-12-01T00:00:00Z'") + "]}");
    Instant end = Instant.parse("2026-12-01T00:00:00Z");
    assertThat(clients.key(KEY.text(), end.minusMillis(1)).isKnown()).isTrue();
    assertThat(clients.key(KEY.text(), end).refusal()).isEqualTo(ClientList.EXPIRED_KEY);
  }

  @Test
  void otherKeysAreNotKnown() {
    ClientList clients = parse("{\"keys\":[" + key("") + "]}");
    String text = KEY.text();
    char last = text.charAt(text.length() - 1) == 'A' ? 'E' : 'A';
    for (String wrong :
        new String[] {
          "",
          text.substring(0, text.length() - 1),
          text + "A",
          text.substring(0, text.length() - 1) + last,
          text.toUpperCase(Locale.ROOT),
          ApiKey.random(new SecureRandom()).text()
        }) {
      assertThat(clients.key(wrong, NOW).refusal()).isEqualTo(ClientList.UNKNOWN_KEY);
    }
  }

  @Test
  void aSubjectIsComparedAsADistinguishedNameIs() {
    ClientList clients =
        parse(
            "{\"subjects\":[{\"subject\":\"CN=batch, O = Example\",\"principal\":\"batch\","
                + "\"scopes\":[\"serve:*\"]}]}");
    assertThat(clients.subject("CN=batch,O=Example", NOW).principal().may("serve:any")).isTrue();
    assertThat(clients.subject("CN=batch,O=Example", NOW).principal().may("admin")).isFalse();
    assertThat(clients.subject("CN=batch", NOW).refusal()).isEqualTo(ClientList.UNKNOWN_SUBJECT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | the file of clients is no JSON object",
        "{ | the file of clients is no JSON object",
        "{'key':[]} | unknown member 'key' in the file of clients",
        "{'keys':{}} | 'keys' must be an array",
        "{'keys':['x']} | 'keys[0]' must be an object",
        "{'keys':[{'id':'x'}]} | 'id' must be 12 hexadecimal digits in lower case",
        "{'keys':[{'id':'0123456789ab','sha256':'secret'}]} | 'sha256' must be 64 hexadecimal",
        "{'keys':[{'scope':['admin']}]} | unknown member 'scope' in keys[0]",
        "{'subjects':[{'subject':'nobody'}]} | 'nobody' is no distinguished name",
        "{'subjects':[{'subject':'CN=a'}]} | 'principal' must be 1 to 255 characters",
        "{'subjects':[{'subject':'CN=a','principal':'a'}]} | 'scopes' must be an array",
        "{'subjects':[{'subject':'CN=a','principal':'a','scopes':['root']}]}"
            + " | a scope must be 'admin', 'serve:*' or 'serve:NAME', got 'root'",
        "{'subjects':[{'subject':'CN=a','principal':'a','scopes':[],'expires':'soon'}]}"
            + " | 'expires' must be a time such as 2027-01-01T00:00:00Z, got 'soon'",
        "{'subjects':[{'subject':'CN=a','principal':'a','scopes':[]},"
            + "{'subject':'cn=a','principal':'b','scopes':[]}]}"
            + " | the file of clients has 'CN=a' twice",
      })
  void aFileThatIsWrongSaysWhere(String text, String message) {
    assertThatThrownBy(() -> parse(text.replace('\'', '"')))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("secret");
  }
}
