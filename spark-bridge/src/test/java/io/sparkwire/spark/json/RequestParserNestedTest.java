package io.sparkwire.spark.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values inside values: the same rules, and the path in the message. */
class RequestParserNestedTest {
  @Test
  void nestedValuesFollowTheSameRules() {
    ParserProbe probe =
        ParserProbe.of("a ARRAY<ARRAY<INT>>, m MAP<STRING, STRUCT<x: INT, y: STRING>>");

    assertThat(probe.parse("{'a':[[1,null],[],null],'m':{'k':{'x':1,'z':0},'':null}}"))
        .hasToString(
            probe.parse("{'m':{'k':{'y':null,'x':1.0},'':null},'a':[[1,null],[],null]}").toString())
        .extracting(row -> row.getList(0).size(), row -> row.getJavaMap(1).size())
        .containsExactly(3, 2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'address':{}} | 'address.zip' is missing, but the schema declares it NOT NULL",
        "{'address':{'zip':null}} | 'address.zip' is null, but the schema declares it NOT NULL",
        "{'address':{'zip':1}} | 'address.zip' must be STRING, got the number 1",
        "{'address':{'zip':{}}} | 'address.zip' must be STRING, got an object",
        "{'address':{'zip':'','zip':''}} | 'address.zip' must be given once, but was given again",
        "{'items':[{'price':1},{'price':2},{'price':3},{'price':{}}]}"
            + " | 'items[3].price' must be DOUBLE, got an object",
        "{'items':[{'price':1},{}]} | 'items[1].price' is missing, but the schema declares it NOT NULL",
        "{'items':[{'price':1},null]} | 'items[1]' is null, but the schema declares it NOT NULL",
        "{'items':[[]]} | 'items[0]' must be STRUCT, a JSON object, got an array",
        "{'items':[{'price':1,'x':[[]],'price':2}]} | 'items[0].price' must be given once, but was given again",
        "{'stock':{'a':1,'b':null}} | 'stock.b' is null, but the schema declares it NOT NULL",
        "{'stock':{'a':1,'a':2}} | 'stock.a' must be given once, but was given again",
        "{'matrix':[[1],[2,{}]]} | 'matrix[1][1]' must be INT, got an object",
      })
  void badNestedValuesAreNamedByTheirPath(String body, String message) {
    StructType address = new StructType().add("zip", DataTypes.StringType, false);
    StructType item = new StructType().add("price", DataTypes.DoubleType, false);
    StructType schema =
        new StructType()
            .add("address", address)
            .add("items", DataTypes.createArrayType(item, false))
            .add("matrix", "ARRAY<ARRAY<INT>>")
            .add("stock", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false));

    assertThat(ParserProbe.of(schema).refusal(body)).hasMessage("field " + message);
  }

  @Test
  void aMapKeyWithHalfASurrogatePairIsRefused() {
    assertThat(ParserProbe.of("m MAP<STRING, INT>").refusal("{'m':{'\\ud800':1}}"))
        .hasMessageContaining("surrogate pair");
  }
}
