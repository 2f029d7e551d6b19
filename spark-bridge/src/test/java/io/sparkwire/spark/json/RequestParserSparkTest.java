package io.sparkwire.spark.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.CreateJacksonParser;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A good body gives the very row that Spark's {@code from_json} gives. */
class RequestParserSparkTest {
  private static final Seq<Filter> NO_FILTERS =
      CollectionConverters.asScala(List.<Filter>of()).toSeq();
  private static final String FLAT =
      "a TINYINT, b SMALLINT, c INT, d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(10,3), h DECIMAL(38,9), i"
          + " BOOLEAN, j DATE, k TIMESTAMP, l TIMESTAMP_NTZ, m BINARY, n STRING";
  private static final String NESTED =
      "id BIGINT NOT NULL, customer STRUCT<name: STRING, address: STRUCT<zip: STRING, since: DATE>>,"
          + " items ARRAY<STRUCT<sku: STRING, price: DECIMAL(9,2), tags: ARRAY<STRING>>>, prices"
          + " MAP<STRING, DOUBLE>, matrix ARRAY<ARRAY<FLOAT>>, deep MAP<STRING, ARRAY<MAP<STRING,"
          + " TIMESTAMP>>>";

  @Test
  void flatBodiesReadAsFromJsonReadsThem() {
    agreeOn(
        FLAT,
        "{}",
        "{'a':null,'n':null}",
        "{'a':-128,'b':32767,'c':-2147483648,'d':9223372036854775807}",
        "{'e':0.1,'f':0.1}",
        "{'e':16777217,'f':9007199254740993}",
        "{'e':1e-45,'f':2.2250738585072011e-308}",
        "{'e':-0.0,'f':123456789012345678901234567890}",
        "{'f':0.30000000000000004,'g':1234567.125,'h':12345678901234567890123456789.987654321}",
        "{'g':1e3,'h':-0.000000001}",
        "{'g':0,'h':0.0}",
        "{'i':true,'j':'2026-01-31','k':'2026-01-31T12:30:00.123456Z','l':'2026-01-31T12:30:00'}",
        "{'i':false,'j':'1582-10-14','k':'2026-01-31 12:30:00','l':'0001-01-01 00:00:00.1'}",
        "{'j':'9999-12-31','k':'2026-03-29T02:30:00 Europe/Berlin','l':'2026-01-31'}",
        "{'k':'2026-01-31T12:30:00+05:30'}",
        "{'m':'aGVsbG8=','n':''}",
        "{'m':'','n':'Gr\\u00fc\\u00dfe 😀 \\ud83d\\ude00 \\\\ \\/ \\b\\f\\n\\r\\t'}",
        "{'unknown':{'a':[1,2,{'a':3}]},'n':'x','A':1}",
        "  {  'n'  :  'white space'  }  ");
  }

  @Test
  void nestedBodiesReadAsFromJsonReadsThem() {
    agreeOn(
        NESTED,
        "{'id':1}",
        "{'id':1,'customer':{},'items':[],'prices':{},'matrix':[[]],'deep':{}}",
        "{'id':1,'customer':{'name':'Ada','address':{'zip':'10115','since':'2020-02-29','x':0}}}",
        "{'id':1,'customer':{'address':null},'items':[null,{},{'price':1.5,'tags':['a',null]}]}",
        "{'id':1,'prices':{'a':1,'':2.5,'ü':null},'matrix':[[1,2.5],null,[null]]}",
        "{'deep':{'x':[{'t':'2026-01-31T00:00:00Z'},{}],'y':null},'id':1}");
  }

  private static void agreeOn(String ddl, String... bodies) {
    ParserProbe probe = ParserProbe.of(ddl);
    for (String body : bodies) {
      assertThat(probe.parse(body)).as(body).isEqualTo(fromJson(probe, body));
    }
  }

  /** The implementation of the expression {@code from_json}. */
  private static Row fromJson(ParserProbe probe, String body) {
    JSONOptions options = new JSONOptions(new HashMap<>(), ParserProbe.ZONE.getId(), "corrupt");
    JacksonParser spark = new JacksonParser(probe.schema(), options, false, NO_FILTERS);
    InternalRow row =
        spark
            .<UTF8String>parse(
                UTF8String.fromBytes(ParserProbe.bytes(body)),
                (factory, text) -> CreateJacksonParser.utf8String(factory, text),
                text -> text)
            .head();
    return probe.external(row);
  }
}
