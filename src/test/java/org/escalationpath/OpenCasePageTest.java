package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The public form: whoever fills it in right has a case, whoever does not is told what to change, and nobody loses what they typed. */
class OpenCasePageTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private Verification verification;

  private static final String HOSTILE = "<script>alert(1)</script>";

  private static Map<String, String> form() {
    var fields = new HashMap<String, String>();
    fields.put("form", UUID.randomUUID().toString());
    fields.put("subject", "Lamp flickers");
    fields.put("description", "Since yesterday it flickers.");
    fields.put("customerName", "Eva Probe");
    fields.put(
        "customerEmail", "open-" + UUID.randomUUID().toString().substring(0, 8) + "@example.org");
    return fields;
  }

  private HttpResponse<String> send(Map<String, String> fields, Http.File... files) {
    return Http.anonymous(port).upload("/open", "/open", fields, List.of(files));
  }

  private static Http.File file(String name, String content) {
    return new Http.File(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private List<CustomerCase> casesOf(Map<String, String> fields) {
    return desk.search
        .page(CaseFilter.ofCustomer(fields.get("customerEmail")), CaseSearch.Order.NEWEST, null, 10)
        .cases();
  }

  private CustomerCase caseOf(Map<String, String> fields) {
    var all = casesOf(fields);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
  }

  @Test
  void aCaseIsOpenedWithItsFilesAndShownBehindItsPrivateLink() {
    var fields = form();

    var status = location(send(fields, file("lamp.txt", "It flickers at night.")));
    desk.settle();

    var opened = caseOf(fields);
    assertThat(opened.channel()).isEqualTo("web");
    assertThat(desk.entries(opened.number(), What.OPENED)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("customer");
      assertThat(entry.details()).containsEntry("files", 1);
    });
    assertThat(verification.of(opened.number()).problems()).isEmpty();
    var customer = Http.anonymous(port);
    var page = customer.get(status).body();
    assertThat(page).contains(opened.number().value(), "Lamp flickers", "lamp.txt");
    var link = page.replaceFirst("(?s).*href=\"(/status/[^\"]+/files/[^\"]+)\".*", "$1");
    var file = customer.get(link);
    assertThat(file.body()).isEqualTo("It flickers at night.");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment")
        .contains("lamp.txt");
    assertThat(file.headers().allValues("Content-Security-Policy"))
        .anySatisfy(policy -> assertThat(policy).contains("sandbox"));
    assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(Http.signedIn(port, "agent").get("/cases/" + opened.number()).body())
        .contains("lamp.txt");
  }

  @Test
  void aFormThatIsSentTwiceOpensOneCaseAndAChangedOneAnother() {
    var fields = form();

    send(fields, file("a.txt", "a"));
    location(send(fields, file("a.txt", "a")));

    assertThat(casesOf(fields)).hasSize(1);
    fields.put("description", "And now it smells.");
    send(fields);
    assertThat(casesOf(fields)).hasSize(2);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndWhatWasTypedStays() {
    var fields = form();
    fields.put("customerEmail", "no address");
    fields.put("subject", "");
    fields.put("description", "The whole long story.");

    var answer = send(fields);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("What is it about?: please fill it in.")
        .contains("E-mail address: please enter a single address like name@example.org.")
        .contains("The whole long story.", "Eva Probe", "no address", "aria-invalid=\"true\"");
    assertThat(casesOf(fields)).isEmpty();
  }

  @Test
  void mistakesAreSaidInTheReadersLanguage() {
    var german = Http.anonymous(port);
    german.get("/open?lang=de");
    var fields = form();
    fields.remove("subject");

    assertThat(german.upload("/open", "/open", fields, List.of()).body())
        .contains("lang=\"de\"", "Worum geht es?: bitte ausfüllen.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject       | LONG 201      | it has 201 characters; at most 200",
        "subject       | two\\nlines   | a single line",
        "subject       | nul\\0byte    | control characters",
        "description   | LONG 10001    | it has 10,001 characters; at most 10,000",
        "customerName  | Bob\\r\\nBcc: x@example.org | a single line",
        "customerName  | LONG 201      | it has 201 characters",
        "customerEmail | a@b.c,d@e.f   | single address",
        "customerEmail | a@b.c>        | single address",
        "customerPhone | call me       | a number like",
        "website       | http://spam   | leave the last field empty"
      })
  void whatCannotBeIsRefusedWithItsField(String field, String value, String saying) {
    var fields = form();
    var email = fields.get("customerEmail");
    fields.put(
        field,
        value.startsWith("LONG ")
            ? "x".repeat(Integer.parseInt(value.substring(5)))
            : value.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0"));

    var answer = send(fields);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(saying)
        .contains("Since yesterday".substring(0, field.equals("description") ? 0 : 5));
    assertThat(desk.search
            .page(CaseFilter.ofCustomer(email), CaseSearch.Order.NEWEST, null, 1)
            .cases())
        .isEmpty();
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndTheTextStays() {
    var fields = form();

    var answer = send(fields, new Http.File("film.png", new byte[11_000_000]));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .contains("The file “film.png” is larger than 10 MB", "Since yesterday it flickers.");
    assertThat(casesOf(fields)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "photo.png        | MZ program        | is of a type that we do not take (application/x-msdownload",
        "letter.txt       | <html><body>x</body></html> | text/html",
        "macro.js         | alert(1)          | is of a type that we do not take",
        "{0}{a}it's {.js  | alert(1)          | The file “{0}{a}it's {.js” is of a type",
        "empty.txt        | ''                | is empty"
      })
  void aFileIsJudgedByItsContent(String name, String content, String saying) {
    var fields = form();
    var bytes = content.startsWith("MZ") ? program() : content.getBytes(StandardCharsets.UTF_8);

    var answer = send(fields, new Http.File(name, bytes));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(saying.replace("'", "&#39;"));
    assertThat(casesOf(fields)).isEmpty();
  }

  /** The head of a Windows program. */
  private static byte[] program() {
    var bytes = new byte[512];
    bytes[0] = 'M';
    bytes[1] = 'Z';
    bytes[0x3c] = (byte) 0x80;
    bytes[0x80] = 'P';
    bytes[0x81] = 'E';
    return bytes;
  }

  @Test
  void whatIsMuchTooLargeIsRefusedBeforeItIsRead() {
    var fields = form();

    var answer = send(fields, new Http.File("film.png", new byte[56 * 1024 * 1024]));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(casesOf(fields)).isEmpty();
  }

  @Test
  void whoeverOnlyLooksGetsNoSession() {
    for (var page : List.of("/open", "/login", "/")) {
      assertThat(Http.anonymous(port).get(page).headers().allValues("Set-Cookie"))
          .as(page)
          .noneSatisfy(cookie -> assertThat(cookie).startsWith("JSESSIONID"));
    }
  }

  @Test
  void moreThanFiveFilesAreTooMany() {
    var fields = form();
    var one = file("a.txt", "a");

    var answer = send(fields, one, one, one, one, one, one);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("6 files are too many; at most 5 at once.");
    assertThat(casesOf(fields)).isEmpty();
  }

  @Test
  void hostileNamesOfFilesAreOnlyNames() {
    var fields = form();

    var status = location(send(
        fields,
        file("../../etc/passwd", "root"),
        file("x<img src=x onerror=alert(1)>.txt", "text"),
        file(
            "drawing.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")));

    var page = Http.anonymous(port).get(status).body();
    assertThat(page).contains(">passwd<").doesNotContain("<img src=x").doesNotContain("../..");
    var drawing = page.replaceFirst("(?s).*href=\"([^\"]+)\">drawing.svg.*", "$1");
    var headers = Http.anonymous(port).get(drawing).headers();
    assertThat(headers.firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(headers.firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
  }

  @Test
  void hostileTextIsShownAsText() {
    var fields = form();
    fields.put("subject", HOSTILE);
    fields.put("description", HOSTILE);
    fields.put("customerName", HOSTILE);

    var status = location(send(fields));

    var number = caseOf(fields).number();
    for (var page : List.of(
        Http.anonymous(port).get(status).body(),
        Http.signedIn(port, "agent").get("/cases/" + number).body(),
        Http.signedIn(port, "agent").get("/cases?text=" + number).body())) {
      assertThat(page).contains("&lt;script&gt;").doesNotContain(HOSTILE);
    }
  }

  @Test
  void nothingThatAStrangerTypedIsMailedUntilTheAddressIsConfirmed() {
    var fields = form();
    fields.put("subject", "Buy at evil.example");
    fields.put("customerName", "Click evil.example");
    var shown = location(send(fields));
    desk.settle();
    var number = caseOf(fields).number();
    assertThat(desk.mailsToCustomer(number))
        .singleElement()
        .asString()
        .contains(number.value(), "your request")
        .doesNotContain("evil.example");

    // by the link on the page anybody could go on; the one in the mail proves the address
    Http.anonymous(port).submit(shown, shown + "/messages", Map.of("text", "Hello?"));
    assertThat(desk.theCase(number).isConfirmed()).isFalse();
    var mailed = URI.create(desk.lastLink(number)).getPath();
    Http.anonymous(port).submit(mailed, mailed + "/messages", Map.of("text", "It is me."));

    assertThat(desk.theCase(number).isConfirmed()).isTrue();
    desk.resolves(number);
    assertThat(desk.mailsToCustomer(number)).last().asString().contains("Buy at evil.example");
  }

  @Test
  void aStrangerChangesNothingOfAKnownCustomer() {
    var known = desk.opens(aCase());
    var fields = form();
    fields.put("customerEmail", desk.theCase(known).customer().email());
    fields.put("customerName", "Somebody Else");
    fields.put("customerPhone", "+49 1");

    location(send(fields));

    assertThat(desk.theCase(known).customer().name()).isEqualTo("Erika Muster");
    assertThat(desk.theCase(known).customer().phone()).isEqualTo("+49 30 1234");
  }

  @Test
  void oneAddressGetsAtMostThreeCasesAnHour() {
    var fields = form();
    for (var n = 0; n < 3; n++) {
      fields.put("form", UUID.randomUUID().toString());
      location(send(fields));
    }
    fields.put("form", UUID.randomUUID().toString());

    var answer = send(fields);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("within an hour", "Since yesterday it flickers.");
    assertThat(casesOf(fields)).hasSize(3);
  }

  @Test
  void aFormThatNobodyWasShownIsRefused() {
    var fields = form();

    assertThat(Http.anonymous(port).submit("/css/pages.css", "/open", fields).statusCode())
        .isEqualTo(403);
    assertThat(casesOf(fields)).isEmpty();
  }
}
