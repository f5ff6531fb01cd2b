package org.escalationpath.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.escalationpath.cases.Attachment;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.FileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.multipart.MultipartFile;

/** Files as they come from forms and go to browsers. */
final class Uploads {

  private Uploads() {}

  /**
   * The files of a form, whose number and sizes are looked at before any is read. A form without a chosen file sends one without a name.
   *
   * @throws org.escalationpath.cases.BadInput or {@link FileRules.TooLarge} if they are not to be taken
   */
  static List<FileUpload> of(@Nullable List<MultipartFile> files, FileRules rules) {
    var chosen = chosen(files);
    rules.checkCount(chosen.size());
    chosen.forEach(
        file -> rules.checkSize(String.valueOf(file.getOriginalFilename()), file.getSize()));
    return chosen.stream()
        .map(file -> new FileUpload(String.valueOf(file.getOriginalFilename()), content(file)))
        .toList();
  }

  private static List<MultipartFile> chosen(@Nullable List<MultipartFile> files) {
    return files == null
        ? List.of()
        : files.stream()
            .filter(file -> file.getOriginalFilename() != null
                && !file.getOriginalFilename().isEmpty())
            .toList();
  }

  private static byte[] content(MultipartFile file) {
    try {
      return file.getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To be saved and never shown by the browser, whatever it holds. */
  static ResponseEntity<byte[]> download(Attachment attachment, byte[] content) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(CacheControl.noStore())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(attachment.name(), StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .body(content);
  }

  /** The path of one of our own links, so that a redirect stays with the server that was asked. */
  static String pathOf(String link) {
    return URI.create(link).getRawPath();
  }
}
