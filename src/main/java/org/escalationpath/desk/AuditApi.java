package org.escalationpath.desk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.audit.Export;
import org.escalationpath.audit.Seal;
import org.escalationpath.audit.Seals;
import org.escalationpath.audit.Verification;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.FreeText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For auditors and their programs: what was recorded, taken out and verified. */
@RestController
@RequestMapping("/api/audit")
@Tag(
    name = "audit",
    description = "Exports of what was recorded, and whether anybody has altered it")
class AuditApi {

  private static final int MOST_DAYS = 3_660;

  private final Export export;
  private final Seals seals;
  private final Verification verification;
  private final Cases cases;
  private final CaseQuery query;
  private final DataProtection protection;
  private final Rights rights;
  private final Clock clock;

  AuditApi(
      Export export,
      Seals seals,
      Verification verification,
      Cases cases,
      CaseQuery query,
      DataProtection protection,
      Rights rights,
      Clock clock) {
    this.protection = protection;
    this.export = export;
    this.seals = seals;
    this.verification = verification;
    this.cases = cases;
    this.query = query;
    this.rights = rights;
    this.clock = clock;
  }

  record Root(LocalDate day, int seal, Instant sealedAt, String root) {

    static Root of(Seal seal) {
      return new Root(seal.day(), seal.no(), seal.sealedAt(), seal.root());
    }
  }

  @GetMapping("/roots")
  @Operation(
      summary = "The last root of each day",
      description =
          "Days in UTC, both included; without them the last 31. A root covers all that was recorded until then")
  List<Root> roots(
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to) {
    rights.mustAudit();
    var last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
    var first = from == null ? last.minusDays(30) : from;
    if (first.isAfter(last) || first.plusDays(MOST_DAYS).isBefore(last)) {
      throw new BadInput(
          "from", "no-period", "'from' must be a day before 'to', at most ten years");
    }
    return seals.ofDays(first, last).stream().map(Root::of).toList();
  }

  @GetMapping("/verification")
  @Operation(
      summary = "Has anybody altered what was recorded?",
      description =
          "Checks one case, or everything, against its hashes, its seals and the roots kept"
              + " outside. Names the first row that is not as it was written")
  Verification.Report verification(
      @RequestParam(name = "case", required = false) @Nullable String number) {
    rights.mustAudit();
    if (number == null) {
      return verification.record();
    }
    return verification.of(cases.require(CaseNumber.of(number)).number());
  }

  record ErasureRequest(@Nullable String email, @Nullable String why) {}

  record Erased(int cases) {}

  @PostMapping("/erasures")
  @Operation(
      summary = "Erase a customer's personal data",
      description =
          "All of their cases must have ended and none be on legal hold. Ledgers keep their rows and stay valid")
  Erased erase(@RequestBody ErasureRequest request) {
    rights.mustAdminister();
    return new Erased(protection.erase(
        FreeText.requireLine("email", request.email(), 254),
        FreeText.require("why", request.why(), 2_000)));
  }

  record HoldRequest(@Nullable Boolean held, @Nullable String why) {}

  @PutMapping("/holds/{number}")
  @Operation(
      summary = "Place a case on legal hold, or lift that",
      description = "What is on hold is neither erased nor cleaned up")
  HoldRequest hold(@PathVariable String number, @RequestBody HoldRequest request) {
    rights.mustAdminister();
    var of = cases.require(CaseNumber.of(number)).number();
    var why = FreeText.require("why", request.why(), 2_000);
    if (request.held() == null) {
      throw new BadInput("held", "missing", "'held' is missing; say true or false");
    }
    if (request.held()) {
      protection.hold(of, why);
    } else {
      protection.lift(of, why);
    }
    return request;
  }

  @GetMapping("/export")
  @Operation(
      summary = "Ledgers as CSV, JSON or XES",
      description =
          "Of one case (case), or of all that the filters of GET /api/cases let through, each whole;"
              + " from and to are days on which something was recorded. JSON can be verified by"
              + " java -jar escalation-path.jar verify. The journal says who exported what")
  void export(@RequestParam Map<String, String> asked, HttpServletResponse response)
      throws IOException {
    rights.mustAudit();
    var words = new HashMap<>(asked);
    var format = Export.Format.of(words.getOrDefault("format", "json"));
    words.remove("format");
    var number = words.remove("case");
    query.mustBeKnown(words);
    var request = new Export.Request(
        format,
        number == null ? null : cases.require(CaseNumber.of(number)).number(),
        query.filter(words),
        words);
    export.write(request, () -> {
      response.setContentType(format.type());
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment()
              .filename(
                  (number == null ? "ledgers" : number) + "." + format.ending(),
                  StandardCharsets.UTF_8)
              .build()
              .toString());
      return response.getOutputStream();
    });
  }
}
