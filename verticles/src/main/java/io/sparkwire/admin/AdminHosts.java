package io.sparkwire.admin;

import io.netty.util.NetUtil;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/**
 * The hosts that a request to the admin port may name: any IP address, {@code localhost}, and the
 * interface it listens on.
 *
 * <p>A web page elsewhere may point its own host name to this address, and a browser then lets it
 * read the responses; but the browser sends that name. Immutable.
 *
 * @param own the interface, as configured
 */
record AdminHosts(String own) {

  void check(HttpServerRequest request, Handler<HttpServerRequest> next) {
    HostAndPort named = request.authority();
    if (named == null || isOurs(named.host())) { // HTTP/1.0 names none, and no browser speaks it
      next.handle(request);
      return;
    }
    StrictHttp.answer(
        request,
        ServiceFailure.of(
            FailureCode.MISDIRECTED_REQUEST,
            "the admin port answers to an IP address, to localhost and to '" + own + "'"));
  }

  boolean isOurs(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equalsIgnoreCase(own)
        || NetUtil.isValidIpV4Address(host)
        || NetUtil.isValidIpV6Address(host);
  }
}
