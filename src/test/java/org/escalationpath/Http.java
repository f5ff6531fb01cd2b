package org.escalationpath;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Speaks HTTP to the application as programs and browsers do; follows no redirect. */
public final class Http {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final String base;
  private final HttpClient client;
  private final String authorization;

  private Http(String base, String authorization) {
    this.base = base;
    this.authorization = authorization;
    this.client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  public static Http anonymous(int port) {
    return new Http("http://localhost:" + port, null);
  }

  public static Http as(int port, String person) {
    return as(port, person, "demo");
  }

  public static Http as(int port, String person, String password) {
    var credentials = Base64.getEncoder()
        .encodeToString((person + ":" + password).getBytes(StandardCharsets.UTF_8));
    return new Http("http://localhost:" + port, "Basic " + credentials);
  }

  public HttpResponse<String> get(String path) {
    return sendBody("GET", path, BodyPublishers.noBody(), Map.of());
  }

  /** A file. */
  public HttpResponse<byte[]> bytes(String path) {
    var request = HttpRequest.newBuilder(URI.create(base + path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path, e);
    }
  }

  public HttpResponse<String> post(String path, String json) {
    return send("POST", path, json, Map.of("Content-Type", "application/json"));
  }

  public HttpResponse<String> put(String path, String json) {
    return send("PUT", path, json, Map.of("Content-Type", "application/json"));
  }

  public HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers) {
    return sendBody(
        method,
        path,
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(body, StandardCharsets.UTF_8),
        headers);
  }

  private HttpResponse<String> sendBody(
      String method, String path, HttpRequest.BodyPublisher body, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
    headers.forEach(request::header);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  /** Posts a form as a browser does that has opened {@code page} before: with its session and CSRF token. */
  public HttpResponse<String> submit(String page, String path, Map<String, String> fields) {
    var token = CSRF.matcher(get(page).body());
    var all = new java.util.HashMap<>(fields);
    if (token.find()) {
      all.put("_csrf", token.group(1));
    }
    var body = all.entrySet().stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
    return send("POST", path, body, Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  /** A file to be uploaded. */
  public record File(String name, byte[] content) {}

  /** As {@link #submit}, with files. */
  public HttpResponse<String> upload(
      String page, String path, Map<String, String> fields, List<File> files) {
    var token = CSRF.matcher(get(page).body());
    var all = new java.util.HashMap<>(fields);
    if (token.find()) {
      all.put("_csrf", token.group(1));
    }
    var boundary = "----a-boundary-that-is-nowhere-else";
    var body = new ByteArrayOutputStream();
    all.forEach((name, value) -> body.writeBytes(("--" + boundary
            + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
        .getBytes(StandardCharsets.UTF_8)));
    files.forEach(file -> {
      body.writeBytes(("--" + boundary
              + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + file.name()
              + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
          .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(file.content());
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    });
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return sendBody(
        "POST",
        path,
        BodyPublishers.ofByteArray(body.toByteArray()),
        Map.of("Content-Type", "multipart/form-data; boundary=" + boundary));
  }

  /** Signed in on the page, as people are. */
  public static Http signedIn(int port, String person) {
    var browser = anonymous(port);
    browser.submit("/login", "/login", Map.of("username", person, "password", "demo"));
    return browser;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
