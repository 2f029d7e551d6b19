package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields and rows; bodies, types and nesting have tests of their own. */
class RequestParserTest {
  private final ParserProbe penguins =
      ParserProbe.of("species STRING NOT NULL, bill_length_mm DOUBLE, sex STRING");

  @Test
  void aBodyBecomesARowInTheOrderOfTheSchema() {
    Row row = penguins.parse("{'sex':'male', 'bill_length_mm':39.1, 'species':'Adelie'}");

    assertThat(row).isEqualTo(RowFactory.create("Adelie", 39.1, "male"));
  }

  @Test
  void missingAndNullFieldsAreNullWhereTheSchemaAllowsIt() {
    assertThat(penguins.parse("{'species':'Adelie','sex':null}"))
        .isEqualTo(RowFactory.create("Adelie", null, null));
  }

  @Test
  void anEmptyObjectIsARowOfNulls() {
    assertThat(ParserProbe.of("a INT, b STRING").parse(" {} \n"))
        .isEqualTo(RowFactory.create(null, null));
  }

  @Test
  void unknownFieldsAreSkippedWhateverTheyHold() {
    String body = "{'x':{'species':[1,{'y':null}]},'species':'Adelie','x':1e999,'Species':7}";

    assertThat(penguins.parse(body)).isEqualTo(RowFactory.create("Adelie", null, null));
  }

  @Test
  void aMissingFieldThatMustNotBeNullIsNamed() {
    BadInputException refusal = penguins.refusal("{'sex':'male'}");

    assertThat(refusal)
        .hasMessage("field 'species' is missing, but the schema declares it NOT NULL");
    assertThat(refusal.field()).isEqualTo("species");
    assertThat(refusal.expected()).isEqualTo("STRING NOT NULL");
    assertThat(refusal.found()).isEqualTo("nothing");
  }

  @Test
  void aNullFieldThatMustNotBeNullIsNamed() {
    BadInputException refusal = penguins.refusal("{'species':null}");

    assertThat(refusal).hasMessage("field 'species' is null, but the schema declares it NOT NULL");
    assertThat(refusal.field()).isEqualTo("species");
    assertThat(refusal.expected()).isEqualTo("STRING NOT NULL");
    assertThat(refusal.found()).isEqualTo("null");
  }

  @Test
  void aWrongValueIsNamedWithWhatIsAllowedAndWhatItGot() {
    BadInputException refusal = penguins.refusal("{'bill_length_mm':'abc'}");

    assertThat(refusal).hasMessage("field 'bill_length_mm' must be DOUBLE, got a string \"abc\"");
    assertThat(refusal.field()).isEqualTo("bill_length_mm");
    assertThat(refusal.expected()).isEqualTo("DOUBLE");
    assertThat(refusal.found()).isEqualTo("a string \"abc\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':1,'a':2}", "{'a':null,'a':2}", "{'a':1,'a':null}"})
  void aFieldThatComesTwiceIsRefused(String body) {
    BadInputException refusal = ParserProbe.of("a INT").refusal(body);

    assertThat(refusal).hasMessage("field 'a' must be given once, but was given again");
    assertThat(refusal.field()).isEqualTo("a");
  }

  @Test
  void whatIsShownIsShortAndPrintable() {
    assertThat(penguins.refusal("{'sex':" + "1".repeat(100) + "}").found())
        .isEqualTo("the number " + "1".repeat(39) + "…");
    assertThat(penguins.refusal("{'bill_length_mm':'a\\n\\u0000\\ud800b'}").found())
        .isEqualTo("a string \"a\uFFFD\uFFFD\uFFFDb\"");
    assertThat(penguins.refusal("{'bill_length_mm':'" + "😀".repeat(30) + "'}").found())
        .isEqualTo("a string \"" + "😀".repeat(19) + "\uFFFD…\"");
    assertThat(ParserProbe.of("m MAP<STRING, INT>").refusal("{'m':{'" + "k".repeat(99) + "':''}}"))
        .extracting(BadInputException::field)
        .isEqualTo("m." + "k".repeat(39) + "…");
  }

  @Test
  void aRefusalHasNoStackTrace() {
    assertThat(penguins.refusal("")).hasNoCause();
    assertThat(penguins.refusal("").getStackTrace()).isEmpty();
    assertThat(penguins.refusal("{").getStackTrace()).isEmpty();
  }

  @Test
  void aParserIsGoodAfterABadBody() {
    String good = "{'species':'Adelie','sex':'male'}";
    for (String bad :
        new String[] {"", "{'species':'Ad", "{'species':1}", "{'species':'A'", "[["}) {
      penguins.refusal(bad);
      assertThat(penguins.parse(good)).isEqualTo(RowFactory.create("Adelie", null, "male"));
    }
  }

  @Test
  void rowsDoNotShareMemory() {
    Row first = penguins.parse("{'species':'Adelie'}");
    penguins.parse("{'species':'Gentoo','sex':'male'}");

    assertThat(first).isEqualTo(RowFactory.create("Adelie", null, null));
  }

  @Test
  void aDeserialisedParserReadsAsTheOriginal() throws Exception {
    StructType schema = StructType.fromDDL("t TIMESTAMP, v ARRAY<DOUBLE>");
    RequestParser original = new RequestParser(schema, ParserProbe.ZONE, NonFinite.REFUSE);
    byte[] body = "{\"t\":\"2026-01-31T12:30:00\",\"v\":[1,2]}".getBytes(UTF_8);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(original);
    RequestParser copy =
        (RequestParser)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy.parse(body)).isEqualTo(original.parse(body));
    assertThat(catchThrowableOfType(BadInputException.class, () -> copy.parse(new byte[0])))
        .hasMessage("the body is empty, but one JSON object is expected");
  }

  @Test
  void aSchemaThatJsonCannotCarryIsRefusedAtOnce() {
    assertThatThrownBy(
            () -> ParserProbe.of("a INT, waits ARRAY<STRUCT<w: INTERVAL DAY TO SECOND>>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "field 'waits[].w' has the type INTERVAL DAY TO SECOND, which cannot be read from JSON;"
                + " supported are BOOLEAN, TINYINT,");
    assertThatThrownBy(() -> ParserProbe.of("m MAP<INT, STRING>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("field 'm' has the type MAP<INT, STRING>, which");
    StructType twice = new StructType().add("a", DataTypes.LongType).add("a", DataTypes.DateType);
    assertThatThrownBy(() -> new RequestParser(twice, ParserProbe.ZONE, NonFinite.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the schema has two fields named 'a'");
  }

  @Test
  void namesThatDifferInCaseAreTwoFields() {
    StructType schema = new StructType().add("a", DataTypes.LongType).add("A", DataTypes.LongType);

    assertThat(ParserProbe.of(schema).parse("{'A':2,'a':1}")).isEqualTo(RowFactory.create(1L, 2L));
  }
}
