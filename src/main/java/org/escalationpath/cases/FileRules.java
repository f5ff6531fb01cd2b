package org.escalationpath.cases;

import java.util.List;
import java.util.Set;
import org.apache.tika.Tika;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Which files we take: how many, how large, and of which types, judged by their content and not by what their names say. */
@Component
public class FileRules {

  private static final int LONGEST_NAME = 120;

  private final Tika tika = new Tika();
  private final Set<String> types;
  private final long largest;
  private final int most;

  FileRules(
      @Value("${escalation.files.types}") Set<String> types,
      @Value("${escalation.files.largest}") org.springframework.util.unit.DataSize largest,
      @Value("${escalation.files.most}") int most) {
    this.types = types;
    this.largest = largest.toBytes();
    this.most = most;
  }

  /** A file that is too large to be taken. */
  public static final class TooLarge extends IllegalArgumentException {

    private final String name;
    private final long megabytes;

    TooLarge(String name, long megabytes) {
      super("The file '%s' is larger than %d MB".formatted(name, megabytes));
      this.name = name;
      this.megabytes = megabytes;
    }

    public String name() {
      return name;
    }

    public long megabytes() {
      return megabytes;
    }
  }

  /** A file that we take, under a name that is only a name. */
  record Accepted(String name, String type, byte[] content) {}

  /** In megabytes. */
  public long largestMegabytes() {
    return largest / 1_000_000;
  }

  public int most() {
    return most;
  }

  /**
   * @throws BadInput if there are too many, one is empty, or one is of a type that we do not take
   * @throws TooLarge if one is too large
   */
  public void check(List<FileUpload> files) {
    accept(files);
  }

  /** @throws BadInput if so many are too many */
  public void checkCount(int count) {
    if (count > most) {
      throw new BadInput(
          "files",
          "too-many-files",
          "%d files are too many; at most %d at once".formatted(count, most),
          count,
          most);
    }
  }

  /** @throws TooLarge if so many bytes are too many */
  public void checkSize(String name, long bytes) {
    if (bytes > largest) {
      throw new TooLarge(nameOf(name), largestMegabytes());
    }
  }

  List<Accepted> accept(List<FileUpload> files) {
    checkCount(files.size());
    return files.stream().map(this::accept).toList();
  }

  private Accepted accept(FileUpload file) {
    var name = nameOf(file.name());
    checkSize(file.name(), file.content().length);
    if (file.content().length == 0) {
      throw new BadInput("files", "empty-file", "The file '" + name + "' is empty", name);
    }
    var type = tika.detect(file.content(), name);
    if (!types.contains(type)) {
      throw new BadInput(
          "files",
          "file-type",
          "The file '%s' is %s by its content; we take pictures, PDF, office documents, text and mails"
              .formatted(name, type),
          name,
          type);
    }
    return new Accepted(name, type, file.content());
  }

  /** The last part of a path, without anything that is no letter of a name; its ending stays. */
  public static String nameOf(String given) {
    var last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    var clean = last.codePoints()
        .filter(each -> Character.getType(each) != Character.SURROGATE
            && Character.getType(each) != Character.FORMAT
            && !Character.isISOControl(each)
            && "\"<>|:*?".indexOf(each) < 0)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
    var name = clean.isEmpty() || clean.chars().allMatch(each -> each == '.') ? "file" : clean;
    return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
  }
}
