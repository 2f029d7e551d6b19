package io.sparkwire.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.SqlFunction;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.MadeReply;
import io.sparkwire.spark.source.ReplyColumns;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The SQL functions {@code parse_request}, {@code make_reply} and {@code send_reply}: the steps of
 * the facade for queries that have only a format name.
 *
 * <p>Runs on: driver. Stateless.
 */
final class ServingSqlFunctions {

  private static final String HEADERS = "ARRAY<STRUCT<name: STRING, value: STRING>>";

  private static final List<SqlFunction> ALL =
      List.of(
          function("parse_request", "(request, schema[, id])", 2, 3, ServingSqlFunctions::parse),
          function("make_reply", "(value[, status[, headers]])", 1, 3, ServingSqlFunctions::make),
          function("send_reply", "(service, reply, id)", 3, 3, ServingSqlFunctions::send));

  private ServingSqlFunctions() {}

  private static SqlFunction function(
      String name, String usage, int least, int most, Function<List<Expression>, Expression> made) {
    return new SqlFunction(ServingFunctions.class, name, usage, least, most, made);
  }

  /** Adds them to sessions that are made with these extensions. */
  static void install(SparkSessionExtensions extensions) {
    ALL.forEach(function -> function.install(extensions));
  }

  /** Adds them to a session that was made before Sparkwire was there. */
  static void install(SparkSession session) {
    FunctionRegistry registry =
        ((org.apache.spark.sql.classic.SparkSession) session).sessionState().functionRegistry();
    SqlFunction.install(ALL, registry);
  }

  private static Expression parse(List<Expression> given) {
    String ddl =
        SqlFunction.constant("the second argument of parse_request", given.get(1)).toString();
    return new ParseRequest(
        given.get(0),
        given.size() > 2 ? given.get(2) : idBeside(given.get(0)),
        Ddl.columns(ddl),
        DateTimeUtils.getZoneId(SQLConf.get().sessionLocalTimeZone()));
  }

  /** The column of that name in the same rows. */
  private static Expression idBeside(Expression request) {
    Stream<String> qualifier =
        request instanceof Attribute column
            ? CollectionConverters.asJava(column.qualifier()).stream()
            : Stream.of();
    List<String> name = Stream.concat(qualifier, Stream.of(RowSchema.ID)).toList();
    return new UnresolvedAttribute(CollectionConverters.asScala(name).toSeq());
  }

  private static Expression make(List<Expression> given) {
    String name =
        given.get(0) instanceof NamedExpression column ? column.name() : ReplyColumns.REPLY;
    return expression(
        struct(
            ExpressionUtils.column(given.get(0)).as(name),
            column(given, 1).cast(DataTypes.IntegerType).as(MadeReply.STATUS),
            column(given, 2).cast(Ddl.type(HEADERS)).as(MadeReply.HEADERS)));
  }

  private static Expression send(List<Expression> given) {
    String service =
        SqlFunction.constant("the first argument of send_reply", given.get(0)).toString();
    return expression(ServingFunctions.sendReply(service, column(given, 1), column(given, 2)));
  }

  private static Column column(List<Expression> given, int place) {
    return place < given.size() ? ExpressionUtils.column(given.get(place)) : lit(null);
  }

  private static Expression expression(Column column) {
    return ColumnNodeToExpressionConverter$.MODULE$.apply(column.node());
  }
}
