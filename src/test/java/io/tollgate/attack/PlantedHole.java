package io.tollgate.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Two pages with a hole each, so that a scan can show that it would see one: what is
 * searched for comes back as it is, and becomes part of a query. Never in the jar.
 */
public final class PlantedHole {

	private PlantedHole() {
	}

	/** Listens on the loopback address, at the port that is given. */
	public static void main(String[] arguments) throws IOException, SQLException {
		var database = DriverManager.getConnection("jdbc:h2:mem:hole;MODE=PostgreSQL;DB_CLOSE_DELAY=-1");
		try (var statement = database.createStatement()) {
			statement.execute("create table phone (id integer, name varchar(40))");
			statement.execute("insert into phone values (1, 'Reception'), (2, 'Warehouse')");
		}
		var server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
		server.createContext("/",
				(exchange) -> answer(exchange, "<a href=\"/search?q=one\">Search</a> <a href=\"/phone?id=1\">Phone</a>"
						+ "<form action=\"/search\"><input name=\"q\"><button>Search</button></form>"));
		server.createContext("/search",
				(exchange) -> answer(exchange, "Nothing found for " + parameters(exchange).get("q")));
		server.createContext("/phone", (exchange) -> answer(exchange, phone(database, parameters(exchange).get("id"))));
		server.start();
	}

	private static String phone(Connection database, String id) {
		try (var statement = database.createStatement();
				var rows = statement.executeQuery("select name from phone where id = " + id)) {
			return rows.next() ? rows.getString(1) : "No such phone";
		}
		catch (SQLException ex) {
			return ex.toString();
		}
	}

	private static Map<String, String> parameters(HttpExchange exchange) {
		var parameters = new TreeMap<String, String>();
		var query = exchange.getRequestURI().getRawQuery();
		for (var pair : (query != null) ? query.split("&") : new String[0]) {
			int equals = pair.indexOf('=');
			if (equals > 0) {
				parameters.put(pair.substring(0, equals),
						URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
			}
		}
		return parameters;
	}

	private static void answer(HttpExchange exchange, String body) throws IOException {
		var bytes = ("<!doctype html><html><body>" + body + "</body></html>").getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
		exchange.sendResponseHeaders(200, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
